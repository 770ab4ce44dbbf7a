package sqlite

import (
	"context"
	"database/sql"
	"fmt"
)

// Step leads a database from one version to the next, whole or not at all. The
// version is the number of its steps, kept in user_version. What is released
// is never edited: a file of every version is kept as a fixture, and opens.
type Step struct {
	Tables string                                 // statements
	Move   func(context.Context, *sql.Conn) error // what statements cannot do; nil for nothing
	After  string                                 // statements that remove what is left behind
}

// Migrate runs the steps that a database has not seen, each in a transaction
// of its own: of several processes that open it at once, one does.
func Migrate(ctx context.Context, db *sql.DB, steps []Step) error {
	for done := false; !done; {
		err := Change(ctx, db, func(conn *sql.Conn) error {
			v, err := version(ctx, conn, "", len(steps))
			if done = v == len(steps); done || err != nil {
				return err
			}
			if err := steps[v].run(ctx, conn, v+1); err != nil {
				return fmt.Errorf("bring it from version %d to %d: %w", v, v+1, err)
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func (s Step) run(ctx context.Context, conn *sql.Conn, to int) error {
	if _, err := conn.ExecContext(ctx, s.Tables); err != nil {
		return err
	}
	if s.Move != nil {
		if err := s.Move(ctx, conn); err != nil {
			return err
		}
	}
	_, err := conn.ExecContext(ctx, fmt.Sprintf("%s PRAGMA user_version = %d", s.After, to))
	return err
}

// Current refuses a database of another version than that of all steps: a
// reader may not bring it up to date. The schema is that of an attached file
// with its dot, or empty.
func Current(ctx context.Context, db Querier, schema string, steps []Step) error {
	v, err := version(ctx, db, schema, len(steps))
	if err == nil && v < len(steps) {
		err = fmt.Errorf("it is of version %d of %d (hint: start this version's collector on it once, which brings it up to date)", v, len(steps))
	}
	return err
}

// version refuses a later program's database rather than guess.
func version(ctx context.Context, db Querier, schema string, known int) (v int, err error) {
	if err := db.QueryRowContext(ctx, "PRAGMA "+schema+"user_version").Scan(&v); err != nil {
		return 0, fmt.Errorf("read its version: %w", err)
	}
	if v > known {
		err = fmt.Errorf("it is of version %d and this program knows %d (hint: use the newer program that wrote it)", v, known)
	}
	return v, err
}
