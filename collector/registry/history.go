package registry

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"
)

// History returns every declaration of one thing that was ever made, in the
// order in which they were said. A table is "site", "territory", "network" or
// "factor"; of a territory the SIREN will do.
func (db *DB) History(ctx context.Context, table, id string) ([]Saying, error) {
	if !slices.Contains(saidTables, table) {
		return nil, fmt.Errorf("registry: there is no %q (hint: one of %s)", table, strings.Join(saidTables, ", "))
	}
	rows, err := db.db.QueryContext(ctx, "SELECT id, valid_from, recorded, person, origin, coalesce(says, '') FROM "+table+
		" WHERE id = ? OR id LIKE ? || '/%' ORDER BY said", id, id)
	if err != nil {
		return nil, fmt.Errorf("registry: history of %s %s: %w", table, id, err)
	}
	defer rows.Close()
	var all []Saying
	for rows.Next() {
		var s Saying
		var from, recorded int64
		if err := rows.Scan(&s.ID, &from, &recorded, &s.Person, &s.Origin, &s.Says); err != nil {
			return nil, err
		}
		if from != 0 {
			s.ValidFrom = time.Unix(from, 0).UTC()
		}
		s.Recorded = time.Unix(recorded, 0).UTC()
		all = append(all, s)
	}
	return all, rows.Err()
}

// Saying is one row of a history; Says is JSON, empty where it ends.
type Saying struct {
	ID                  string
	ValidFrom, Recorded time.Time
	Person, Origin      string
	Says                string
}

var saidTables = []string{"site", "territory", "network", "factor"}
