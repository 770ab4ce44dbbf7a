package registry

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"thermie/configs"
)

// Version is one declaration that stands: what held from one moment on.
type Version[T any] struct {
	ID        string
	ValidFrom time.Time // the zero time: since ever
	Says      *T        // nil: from then on it is no more

	Recorded       time.Time
	Person, Origin string
	said           int64
}

// standing reads the declarations of a table that stand as of a time, of one
// id or of all, by id and valid_from. Of those of one valid_from the last one
// stands.
func standing[T any](ctx context.Context, db querier, table, id string, asOf time.Time) ([]Version[T], error) {
	query := `SELECT id, valid_from, recorded, person, origin, said, says FROM (
	    SELECT *, row_number() OVER (PARTITION BY id, valid_from ORDER BY said DESC) AS place
	    FROM ` + table + ` WHERE recorded <= ? AND (? = '' OR id = ?))
	  WHERE place = 1 ORDER BY id, valid_from`
	args := []any{asOf.Unix(), id, id}
	if id != "" { // else the planner would walk the whole table
		query = `SELECT id, valid_from, recorded, person, origin, said, says FROM ` + table + ` s
		  WHERE id = ? AND recorded <= ? AND said = (SELECT max(said) FROM ` + table + ` l
		    WHERE l.id = s.id AND l.valid_from = s.valid_from AND l.recorded <= ?) ORDER BY valid_from`
		args = []any{id, asOf.Unix(), asOf.Unix()}
	}
	rows, err := db.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, fmt.Errorf("registry: read %s %s: %w", table, id, err)
	}
	defer rows.Close()
	var all []Version[T]
	for rows.Next() {
		v, err := scan[T](rows)
		if err != nil {
			return nil, fmt.Errorf("registry: read %s %s: %w", table, id, err)
		}
		all = append(all, v)
	}
	return all, rows.Err()
}

func scan[T any](rows *sql.Rows) (v Version[T], err error) {
	var from, recorded int64
	var says sql.NullString
	if err := rows.Scan(&v.ID, &from, &recorded, &v.Person, &v.Origin, &v.said, &says); err != nil {
		return v, err
	}
	v.Recorded = time.Unix(recorded, 0).UTC()
	if from != 0 {
		v.ValidFrom = time.Unix(from, 0).UTC()
	}
	if !says.Valid {
		return v, nil
	}
	v.Says = new(T)
	return v, configs.DecodeStrict(v.ID, []byte(says.String), v.Says)
}

// at picks, of the versions of all ids, what holds at a time.
func at[T any](versions []Version[T], when time.Time) (holding []Version[T]) {
	for i, v := range versions {
		last := i+1 == len(versions) || versions[i+1].ID != v.ID || versions[i+1].ValidFrom.After(when)
		if last && !v.ValidFrom.After(when) && v.Says != nil {
			holding = append(holding, v)
		}
	}
	return holding
}
