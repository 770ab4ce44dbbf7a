package registry

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"

	"thermie/collector/sqlite"
)

// FileName is the registry within the collector's data folder.
const FileName = "registry.db"

// openToWrite opens or makes the file. A commit is on the disk when it
// returns, and other processes may read and write meanwhile.
func openToWrite(ctx context.Context, file string) (*sql.DB, error) {
	db, err := sqlite.Open(file, sqlite.Shared(4))
	if err != nil {
		return nil, err
	}
	if err := sqlite.Migrate(ctx, db, migrations); err != nil {
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
	name, err := sqlite.URI(file, sqlite.Settings{ReadOnly: true})
	if err != nil {
		return err
	}
	if _, err := db.ExecContext(ctx, "ATTACH ? AS file", name); err != nil {
		return err
	}
	if err := sqlite.Current(ctx, db, "file.", migrations); err != nil {
		return err
	}
	return sqlite.Change(ctx, db, func(conn *sql.Conn) error {
		for _, t := range tables {
			text := fmt.Sprintf("INSERT INTO main.%[1]s (%[2]s) SELECT %[2]s FROM file.%[1]s", t.name, t.columns)
			if _, err := conn.ExecContext(ctx, text); err != nil {
				return err
			}
		}
		return nil
	})
}
