package sqlite

import (
	"context"
	"errors"
)

// Sound is the error of a database in which something is wrong; see Faults.
func Sound(ctx context.Context, db Querier) error {
	faults, err := Faults(ctx, db)
	for _, fault := range faults {
		err = errors.Join(err, errors.New(fault))
	}
	return err
}

// Faults asks SQLite to look at every page and index, and returns the first
// twenty that it finds wrong: a disk that dies damages everything.
func Faults(ctx context.Context, db Querier) (faults []string, err error) {
	rows, err := db.QueryContext(ctx, "PRAGMA integrity_check(20)")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var answer string
		if err := rows.Scan(&answer); err != nil {
			return nil, err
		}
		if answer != "ok" {
			faults = append(faults, answer)
		}
	}
	return faults, rows.Err()
}
