package registry

import (
	"context"
	"errors"
	"fmt"
	"os"

	"thermie/collector/sqlite"
	"thermie/configs"
)

// Verify checks the registry at path: that the file is sound, of a version
// that this program knows, and that every declaration in it can be read. It
// writes nothing, and the registry may be in use.
func Verify(ctx context.Context, path string) (err error) {
	if _, err := os.Stat(path); err != nil {
		return fmt.Errorf("verify the registry: %w", err)
	}
	db, err := sqlite.Open(path, sqlite.Settings{Connections: 4, ReadOnly: true, Pragmas: []string{"query_only(1)"}})
	if err != nil {
		return fmt.Errorf("verify the registry: %w", err)
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	if err := sqlite.Current(ctx, db, "", migrations); err != nil {
		return fmt.Errorf("verify the registry %s: %w", path, err)
	}
	if err := sqlite.Sound(ctx, db); err != nil {
		return fmt.Errorf("verify the registry %s: %w", path, err)
	}
	var faults []error
	for _, check := range []error{
		eachSaid[configs.SiteEntry](ctx, db, "site"), eachSaid[configs.Territory](ctx, db, "territory"),
		eachSaid[configs.Network](ctx, db, "network"), eachSaid[configs.Factor](ctx, db, "factor"),
		verifyHours(ctx, db),
	} {
		if check != nil {
			faults = append(faults, fmt.Errorf("verify the registry %s: %w", path, check))
		}
	}
	return errors.Join(faults...)
}

// eachSaid reads every declaration of a table, the outdated ones too.
func eachSaid[T any](ctx context.Context, db sqlite.Querier, table string) error {
	rows, err := db.QueryContext(ctx, "SELECT id, said, says FROM "+table+" WHERE says IS NOT NULL")
	if err != nil {
		return err
	}
	defer rows.Close()
	var faults []error
	for rows.Next() {
		var id, says string
		var said int64
		if err := rows.Scan(&id, &said, &says); err != nil {
			return err
		}
		if err := read(id, []byte(says), new(T)); err != nil {
			faults = append(faults, fmt.Errorf("%s, declaration %d: %w", table, said, err))
		}
	}
	return errors.Join(append(faults, rows.Err())...)
}
