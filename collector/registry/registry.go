package registry

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"path/filepath"
	"time"

	"thermie/collector/sqlite"
)

// DB is an open registry. It may be used by many at once.
type DB struct {
	db   *sql.DB
	file string // empty: in memory
	now  func() time.Time
}

// Open opens or makes the registry of a data folder; an empty folder is a
// registry in memory.
func Open(ctx context.Context, dir string, now func() time.Time) (*DB, error) {
	file := ""
	if dir != "" {
		file = filepath.Join(dir, FileName)
	}
	db, err := openToWrite(ctx, file)
	if err != nil {
		return nil, fmt.Errorf("open the registry %s: %w", file, err)
	}
	return &DB{db, file, now}, nil
}

// OpenToRead reads the registry of a data folder, which a running collector
// does not mind. What is declared to it afterwards stays in memory.
func OpenToRead(ctx context.Context, dir string, now func() time.Time) (*DB, error) {
	file := ""
	if dir != "" {
		file = filepath.Join(dir, FileName)
	}
	db, err := openToRead(ctx, file)
	if err != nil {
		return nil, fmt.Errorf("read the registry %s: %w", file, err)
	}
	return &DB{db, file, now}, nil
}

// Close closes the registry.
func (db *DB) Close() error { return db.db.Close() }

// NotOwner refuses a change of a copy: only the owner's registry takes it.
// An HTTP door answers it with 409.
type NotOwner struct {
	Owner  string
	Copied time.Time
}

// Error names the owner.
func (e *NotOwner) Error() string {
	return fmt.Sprintf("this registry is a copy of that of %s, made on %s, and takes no change (hint: declare it there, and copy again)",
		e.Owner, e.Copied.UTC().Format(time.DateOnly))
}

// owner returns the *NotOwner with which a copy refuses changes, nil for a
// registry that is its own.
func owner(ctx context.Context, db sqlite.Querier) (*NotOwner, error) {
	var e NotOwner
	var copied int64
	err := db.QueryRowContext(ctx, "SELECT name, copied FROM owner").Scan(&e.Owner, &copied)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	e.Copied = time.Unix(copied, 0)
	return &e, err
}

// refuseCopy returns the *NotOwner of a copy as an error.
func refuseCopy(ctx context.Context, db sqlite.Querier) error {
	e, err := owner(ctx, db)
	if err == nil && e != nil {
		err = e
	}
	return err
}
