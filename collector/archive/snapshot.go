package archive

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"path/filepath"

	_ "modernc.org/sqlite" // registers the driver "sqlite"
)

// openDatabase opens an SQLite file for reading.
func openDatabase(file string) (*sql.DB, error) {
	path, err := filepath.Abs(file)
	if err != nil {
		return nil, err
	}
	uri := url.URL{Scheme: "file", Path: filepath.ToSlash(path), RawQuery: url.Values{"mode": {"ro"}, "_pragma": {"busy_timeout(5000)"}}.Encode()}
	return sql.Open("sqlite", uri.String())
}

// snapshot writes a database as it is at one moment into a new file. Who
// writes to it meanwhile is not held up.
func snapshot(ctx context.Context, file, into string) (err error) {
	db, err := openDatabase(file)
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
	db, err := openDatabase(file)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	var answer string
	if err := db.QueryRowContext(ctx, "PRAGMA integrity_check(1)").Scan(&answer); err != nil {
		return fmt.Errorf("check %s: %w", filepath.Base(file), err)
	}
	if answer != "ok" {
		return fmt.Errorf("check %s: %s", filepath.Base(file), answer)
	}
	return nil
}
