package registry

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"

	_ "modernc.org/sqlite" // registers the driver "sqlite"
)

// FileName is the registry within the collector's data folder.
const FileName = "registry.db"

// openDatabase opens an SQLite file, or for an empty name a database in
// memory that is gone when it is closed.
func openDatabase(file string, parameters url.Values) (*sql.DB, error) {
	name, conns := ":memory:", 1
	if file != "" {
		path, err := filepath.Abs(file)
		if err != nil {
			return nil, err
		}
		name, conns = (&url.URL{Scheme: "file", Path: filepath.ToSlash(path), RawQuery: parameters.Encode()}).String(), 4
	}
	db, err := sql.Open("sqlite", name)
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(conns)
	db.SetMaxIdleConns(conns)
	return db, nil
}

// openToWrite opens or makes the file. A commit is on the disk when it
// returns, and other processes may read and write meanwhile.
func openToWrite(ctx context.Context, file string) (*sql.DB, error) {
	db, err := openDatabase(file, url.Values{"_txlock": {"immediate"},
		"_pragma": {"busy_timeout(10000)", "journal_mode(WAL)", "synchronous(FULL)"}})
	if err != nil {
		return nil, err
	}
	if err := migrate(ctx, db); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return db, nil
}

// openToRead copies the file into memory, so that what is declared there
// meanwhile, and what a configuration says beside it, meet without a write.
// A file that is not there is an empty registry.
func openToRead(ctx context.Context, file string) (*sql.DB, error) {
	db, err := openToWrite(ctx, "")
	if err != nil {
		return nil, err
	}
	if _, err := os.Stat(file); errors.Is(err, fs.ErrNotExist) || file == "" {
		return db, nil
	}
	if err := takeOver(ctx, db, file); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return db, nil
}

// takeOver fills db with what the file holds.
func takeOver(ctx context.Context, db *sql.DB, file string) error {
	path, err := filepath.Abs(file)
	if err != nil {
		return err
	}
	name := (&url.URL{Scheme: "file", Path: filepath.ToSlash(path), RawQuery: "mode=ro"}).String()
	if _, err := db.ExecContext(ctx, "ATTACH ? AS file", name); err != nil {
		return err
	}
	if err := known(ctx, db, "file."); err != nil {
		return err
	}
	return inTransaction(ctx, db, func(tx *sql.Tx) error {
		for _, t := range tables {
			text := fmt.Sprintf("INSERT INTO main.%[1]s (%[2]s) SELECT %[2]s FROM file.%[1]s", t.name, t.columns)
			if _, err := tx.ExecContext(ctx, text); err != nil {
				return err
			}
		}
		return nil
	})
}

// version returns the version of a database, refusing one from a later
// program rather than guess.
func version(ctx context.Context, db querier, schema string) (version int, err error) {
	if err := db.QueryRowContext(ctx, "PRAGMA "+schema+"user_version").Scan(&version); err != nil {
		return 0, err
	}
	if version > len(migrations) {
		err = fmt.Errorf("it is of version %d and this program knows %d (hint: use the newer program that wrote it)", version, len(migrations))
	}
	return version, err
}

// known refuses a file that an earlier version wrote: a reader may not bring
// it up to date.
func known(ctx context.Context, db *sql.DB, schema string) error {
	v, err := version(ctx, db, schema)
	if err == nil && v < len(migrations) {
		err = fmt.Errorf("it is of version %d of %d (hint: start this version's collector on it once, which brings it up to date)", v, len(migrations))
	}
	return err
}

// migrate runs the steps that the database has not seen, each in a
// transaction of its own.
func migrate(ctx context.Context, db *sql.DB) error {
	for done := false; !done; {
		err := inTransaction(ctx, db, func(tx *sql.Tx) error {
			v, err := version(ctx, tx, "")
			if done = v == len(migrations); done || err != nil {
				return err
			}
			_, err = tx.ExecContext(ctx, fmt.Sprintf("%s PRAGMA user_version = %d", migrations[v], v+1))
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// querier is a database or a transaction.
type querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// inTransaction runs do between BEGIN and COMMIT.
func inTransaction(ctx context.Context, db *sql.DB, do func(*sql.Tx) error) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	if err := do(tx); err != nil {
		_ = tx.Rollback() // the error that led here is the one to tell
		return err
	}
	return tx.Commit()
}
