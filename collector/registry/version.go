package registry

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"time"

	"thermie/collector/sqlite"
	"thermie/configs"
	"thermie/interval"
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

// standing reads the declarations of a table that stand as of a time, by id
// and valid_from. Of those of one valid_from the last one stands.
func standing[T any](ctx context.Context, db sqlite.Querier, table string, asOf time.Time) ([]Version[T], error) {
	rows, err := db.QueryContext(ctx, `SELECT id, valid_from, recorded, person, origin, said, says FROM (
	    SELECT *, row_number() OVER (PARTITION BY id, valid_from ORDER BY said DESC) AS place
	    FROM `+table+` WHERE recorded <= ?)
	  WHERE place = 1 ORDER BY id, valid_from`, asOf.Unix())
	if err != nil {
		return nil, fmt.Errorf("registry: read the table %s: %w", table, err)
	}
	defer rows.Close()
	var all []Version[T]
	for rows.Next() {
		v, err := scan[T](rows)
		if err != nil {
			return nil, fmt.Errorf("registry: read the table %s: %w", table, err)
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
	return v, read(v.ID, []byte(says.String), v.Says)
}

// read reads what was declared. Of sites there may be 10,000, and they have
// a quicker way.
func read(id string, text []byte, into any) error {
	site, ok := into.(*configs.SiteEntry)
	if !ok {
		return configs.DecodeStrict(id, text, into)
	}
	entry := struct {
		ID string `json:"id"`
		*interval.Site
	}{Site: &site.Site}
	strict := json.NewDecoder(bytes.NewReader(text))
	strict.DisallowUnknownFields()
	err := strict.Decode(&entry)
	site.ID = entry.ID
	return err
}
