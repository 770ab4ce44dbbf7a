package registry

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
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

// known bounds what has been said for the view: all of it now, even if the
// clock was set back since.
func (v View) known() time.Time {
	if v.asOf.IsZero() {
		return time.Unix(1<<40, 0)
	}
	return v.asOf
}

// when is the time at which a thing must hold to be in a list.
func (v View) when() time.Time {
	if v.asOf.IsZero() {
		return v.db.now()
	}
	return v.asOf
}

// Mark rises with each declaration: a book of the same mark is as good as a
// new one.
func (v View) Mark(ctx context.Context) (mark int64, err error) {
	err = v.db.db.QueryRowContext(ctx, "SELECT coalesce(sum(seq), 0) FROM sqlite_sequence").Scan(&mark)
	return mark, err
}

// Book reads all that is declared.
func (v View) Book(ctx context.Context) (b *Book, err error) {
	b = &Book{now: v.when, sites: map[string][]Version[configs.SiteEntry]{}}
	if b.Mark, err = v.Mark(ctx); err != nil {
		return nil, fmt.Errorf("registry: %w", err)
	}
	sites, err := standing[configs.SiteEntry](ctx, v.db.db, "site", v.known())
	if err != nil {
		return nil, err
	}
	for _, s := range sites {
		b.sites[s.ID] = append(b.sites[s.ID], s)
	}
	if b.territories, err = standing[configs.Territory](ctx, v.db.db, "territory", v.known()); err != nil {
		return nil, err
	}
	if b.networks, err = standing[configs.Network](ctx, v.db.db, "network", v.known()); err != nil {
		return nil, err
	}
	b.factors, err = standing[configs.Factor](ctx, v.db.db, "factor", v.known())
	return b, err
}

// Course returns the course of a network as GeoJSON in WGS 84; nil where
// none is declared.
func (v View) Course(ctx context.Context, network Version[configs.Network]) ([]byte, error) {
	var course string
	err := v.db.db.QueryRowContext(ctx, "SELECT geojson FROM geometry WHERE said = ?", network.said).Scan(&course)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("registry: course of network %s: %w", network.ID, err)
	}
	return []byte(course), nil
}
