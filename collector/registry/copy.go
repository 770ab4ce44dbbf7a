package registry

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"

	"thermie/collector/sqlite"
)

// Copy writes a copy of the registry for another collector, which then
// names owner and takes no changes. A file that is there already is replaced
// once the new one is whole.
func (db *DB) Copy(ctx context.Context, file, owner string) (err error) {
	if err := refuseCopy(ctx, db.db); err != nil {
		return err
	}
	part := file + ".part"
	if err := os.Remove(part); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("copy the registry: %w", err)
	}
	if _, err := db.db.ExecContext(ctx, "VACUUM INTO ?", part); err != nil {
		return fmt.Errorf("copy the registry to %s: %w", file, err)
	}
	if err := sign(ctx, part, owner, db.now().Unix()); err != nil {
		return fmt.Errorf("copy the registry to %s: %w", file, err)
	}
	return os.Rename(part, file)
}

// sign writes into a copy whose it is. The journal stays beside it no longer
// than this, so that the one file is all there is.
func sign(ctx context.Context, file, owner string, at int64) (err error) {
	db, err := sqlite.Open(file, sqlite.Settings{})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	_, err = db.ExecContext(ctx, "INSERT INTO owner (name, copied) VALUES (?, ?)", owner, at)
	return err
}
