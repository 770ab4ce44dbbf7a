package registry

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"thermie/configs"
)

// View is the registry as it was known at a time: what was said later is not
// in it.
type View struct {
	db   *DB
	asOf time.Time // zero: whatever is known now
}

// Now is the registry with all that has been said.
func (db *DB) Now() View { return View{db: db} }

// AsOf is the registry as it was known at a time.
func (db *DB) AsOf(when time.Time) View { return View{db, when} }

// when is the time of the view.
func (v View) when() time.Time {
	if v.asOf.IsZero() {
		return v.db.now()
	}
	return v.asOf
}

// known bounds what has been said for the view: all of it now, even if the
// clock was set back since.
func (v View) known() time.Time {
	if v.asOf.IsZero() {
		return time.Unix(1<<40, 0)
	}
	return v.asOf
}

// Sites lists the ids of the declared sites, sorted.
func (v View) Sites(ctx context.Context) (ids []string, err error) {
	rows, err := v.db.db.QueryContext(ctx, `SELECT id FROM (
	    SELECT id, says, row_number() OVER (PARTITION BY id ORDER BY valid_from DESC, said DESC) AS place
	    FROM site WHERE recorded <= ?)
	  WHERE place = 1 AND says IS NOT NULL ORDER BY id`, v.known().Unix())
	if err != nil {
		return nil, fmt.Errorf("registry: list the sites: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var id string
		if err := rows.Scan(&id); err != nil {
			return nil, err
		}
		ids = append(ids, id)
	}
	return ids, rows.Err()
}

// Site returns what is declared of a site, by valid_from; nothing is not an
// error.
func (v View) Site(ctx context.Context, id string) ([]Version[configs.SiteEntry], error) {
	return standing[configs.SiteEntry](ctx, v.db.db, "site", id, v.known())
}

// AllSites returns the versions of every declared site, by id and valid_from.
func (v View) AllSites(ctx context.Context) ([]Version[configs.SiteEntry], error) {
	return v.Site(ctx, "")
}

// Territories returns the territories, by SIREN and millésime.
func (v View) Territories(ctx context.Context) ([]configs.Territory, error) {
	return holding[configs.Territory](ctx, v, "territory")
}

// Territory finds a territory by its SIREN, the latest millésime of it.
func (v View) Territory(ctx context.Context, siren string) (t configs.Territory, ok bool, err error) {
	all, err := v.Territories(ctx)
	for _, one := range slices.Backward(all) {
		if one.SIREN == siren {
			return one, true, err
		}
	}
	return t, false, err
}

// Networks returns the heat networks, by id.
func (v View) Networks(ctx context.Context) ([]configs.Network, error) {
	return holding[configs.Network](ctx, v, "network")
}

// Factors returns the declared emission factors, by id.
func (v View) Factors(ctx context.Context) ([]configs.Factor, error) {
	return holding[configs.Factor](ctx, v, "factor")
}

// holding returns what holds at the time of the view.
func holding[T any](ctx context.Context, v View, table string) (all []T, err error) {
	versions, err := standing[T](ctx, v.db.db, table, "", v.known())
	for _, one := range at(versions, v.when()) {
		all = append(all, *one.Says)
	}
	return all, err
}

// Geometry returns the course of a network as GeoJSON in WGS 84; nil where
// none is declared.
func (v View) Geometry(ctx context.Context, network string) ([]byte, error) {
	versions, err := standing[configs.Network](ctx, v.db.db, "network", network, v.known())
	if err != nil {
		return nil, err
	}
	for _, one := range at(versions, v.when()) {
		var course string
		err := v.db.db.QueryRowContext(ctx, "SELECT geojson FROM geometry WHERE said = ?", one.said).Scan(&course)
		if errors.Is(err, sql.ErrNoRows) {
			return nil, nil
		}
		return []byte(course), err
	}
	return nil, nil
}

// territoryID is under which a territory is kept: two millésimes are two.
func territoryID(t configs.Territory) string { return fmt.Sprintf("%s/%d", t.SIREN, t.Year) }

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
