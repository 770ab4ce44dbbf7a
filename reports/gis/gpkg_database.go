package gis

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	_ "modernc.org/sqlite" // registers the driver "sqlite"
)

// buildDatabase runs the statements on an empty SQLite database in memory and
// returns its file. No clock and no chance enters it: the same statements
// give the same bytes.
func buildDatabase(statements []statement) (file []byte, err error) {
	ctx := context.Background()
	db, err := sql.Open("sqlite", ":memory:")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	conn, err := db.Conn(ctx) // one connection: each has its own memory
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, conn.Close()) }()
	for _, s := range statements {
		if _, err := conn.ExecContext(ctx, s.sql, s.args...); err != nil {
			return nil, fmt.Errorf("%.60s: %w", s.sql, err)
		}
	}
	err = conn.Raw(func(driver any) error {
		serializer, ok := driver.(interface{ Serialize() ([]byte, error) })
		if !ok {
			return fmt.Errorf("the SQLite driver %T cannot write its database out", driver)
		}
		file, err = serializer.Serialize()
		return err
	})
	return file, err
}
