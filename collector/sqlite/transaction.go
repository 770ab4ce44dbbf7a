package sqlite

import (
	"context"
	"database/sql"
	"fmt"
)

// Querier is a database, one of its connections or a transaction, to be read.
type Querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// Change runs do in a transaction, on a connection that is its own until it
// returns.
func Change(ctx context.Context, db *sql.DB, do func(*sql.Conn) error) error {
	conn, err := db.Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close() // what is committed does not depend on it
	return InTransaction(conn, func() error { return do(conn) })
}

// InTransaction runs do between BEGIN IMMEDIATE and COMMIT; what an error or a
// panic left behind is rolled back.
func InTransaction(conn *sql.Conn, do func() error) error {
	// A transaction is not cut short: those who wait decide for themselves.
	ctx := context.Background()
	if _, err := conn.ExecContext(ctx, "BEGIN IMMEDIATE"); err != nil {
		return fmt.Errorf("begin: %w", err)
	}
	committed := false
	defer func() {
		if !committed { // SQLite may have done so itself, as when the disk is full
			_, _ = conn.ExecContext(ctx, "ROLLBACK")
		}
	}()
	if err := do(); err != nil {
		return err
	}
	if _, err := conn.ExecContext(ctx, "COMMIT"); err != nil {
		return fmt.Errorf("commit: %w", err)
	}
	committed = true
	return nil
}
