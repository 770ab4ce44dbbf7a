package archive

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"

	"thermie/collector/sqlite"
)

// toRead opens a database that others may be writing to.
var toRead = sqlite.Settings{ReadOnly: true, Pragmas: []string{"busy_timeout(5000)"}}

// snapshot writes a database as it is at one moment into a new file. Who
// writes to it meanwhile is not held up.
func snapshot(ctx context.Context, file, into string) (err error) {
	db, err := sqlite.Open(file, toRead)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	if _, err := db.ExecContext(ctx, "VACUUM INTO ?", into); err != nil {
		return fmt.Errorf("copy %s: %w", file, err)
	}
	return nil
}

// sound asks SQLite to look at every page of a database.
func sound(ctx context.Context, file string) (err error) {
	db, err := sqlite.Open(file, toRead)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	if err := sqlite.Sound(ctx, db); err != nil {
		return fmt.Errorf("check %s: %w", filepath.Base(file), err)
	}
	return nil
}
