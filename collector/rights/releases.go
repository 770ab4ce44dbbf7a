package rights

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"
)

// Direction says which way a release went.
type Direction string

// The directions.
const (
	Sent     Direction = "sent"
	Received Direction = "received"
)

// Release is a signed file of package release as it is kept, with what
// decides about it.
type Release struct {
	Direction Direction
	Site, To  string
	Serial    int64
	Year      int // that it is about
	Fields    map[Field]Resolution
	Key       string
	File      []byte // nil once revoked
	At        time.Time
	Expires   time.Time // zero: until it is revoked
	Revoked   time.Time // zero: stands
}

// Stands reports whether the release may be used at a moment.
func (r Release) Stands(at time.Time) bool {
	return r.Revoked.IsZero() && (r.Expires.IsZero() || at.Before(r.Expires))
}

// consents are what a received release lets its audience read.
func (r Release) consents() (all []Consent) {
	for f, resolution := range r.Fields {
		all = append(all, Consent{ID: fmt.Sprintf("of %s, serial %d", r.At.Format(time.DateOnly), r.Serial), Site: r.Site, Field: f, Resolution: resolution,
			Audience: r.To, Basis: "release", From: r.At, Until: r.Expires})
	}
	return all
}

// fieldsText writes fields in their order.
func fieldsText(fields map[Field]Resolution) string {
	var words []string
	for _, f := range Fields {
		if r, ok := fields[f]; ok {
			words = append(words, string(f)+"="+r.String())
		}
	}
	return strings.Join(words, " ")
}

// ParseFields reads fields with their resolutions, each as heat=month.
func ParseFields(words []string) (map[Field]Resolution, error) {
	all := map[Field]Resolution{}
	for _, word := range words {
		name, by, _ := strings.Cut(word, "=")
		f, err := ParseField(name)
		if err != nil {
			return nil, err
		}
		var r Resolution
		if err := r.UnmarshalText([]byte(by)); err != nil {
			return nil, err
		}
		all[f] = r
	}
	return all, nil
}

// ErrOldRelease is returned for a release that a later one, or a revocation,
// has overtaken.
var ErrOldRelease = errors.New("a later release of this site, or its revocation, is here already")

// ErrSameRelease is returned for a release that is here, byte for byte.
var ErrSameRelease = errors.New("this release is here already")

// Keep records a release. A later serial replaces an earlier one; an earlier
// one is an old file that somebody sends again, and is refused.
func (d *Desk) Keep(ctx context.Context, r Release) error {
	return d.change(ctx, "release "+string(r.Direction), r.Site, fmt.Sprintf("to %s, serial %d, key %s", r.To, r.Serial, r.Key), func(conn *sql.Conn) error {
		if err := fresh(ctx, conn, r); err != nil {
			return err
		}
		_, err := conn.ExecContext(ctx, "INSERT INTO release VALUES (?,?,?,?,?,?,?,?,?,?,NULL)", string(r.Direction), r.Site, r.To, r.Serial, r.Year,
			fieldsText(r.Fields), r.Key, r.File, d.now().Unix(), unixOrNull(r.Expires))
		return err
	})
}

// fresh refuses a serial that is not above all before.
func fresh(ctx context.Context, conn *sql.Conn, r Release) error {
	var last int64
	var file []byte
	var revoked sql.NullInt64
	err := conn.QueryRowContext(ctx, "SELECT serial, file, revoked FROM release WHERE direction = ? AND site = ? AND audience = ? ORDER BY serial DESC LIMIT 1",
		string(r.Direction), r.Site, r.To).Scan(&last, &file, &revoked)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return nil
	case err != nil:
		return err
	case last == r.Serial && !revoked.Valid && string(file) == string(r.File):
		return ErrSameRelease
	case last >= r.Serial:
		return ErrOldRelease
	}
	return nil
}

// Recall ends every release of r's site to its audience and keeps r's serial,
// below which nothing is taken in again. What was received is forgotten; what
// was filed with it stays filed.
func (d *Desk) Recall(ctx context.Context, r Release) error {
	return d.change(ctx, "release revoked", r.Site, fmt.Sprintf("%s, to %s, serial %d, key %s", r.Direction, r.To, r.Serial, r.Key), func(conn *sql.Conn) error {
		if err := fresh(ctx, conn, r); err != nil {
			return err
		}
		now := d.now().Unix()
		if _, err := conn.ExecContext(ctx, "INSERT INTO release VALUES (?,?,?,?,0,'',?,NULL,?,NULL,?)", string(r.Direction), r.Site, r.To, r.Serial, r.Key, now, now); err != nil {
			return err
		}
		_, err := conn.ExecContext(ctx, "UPDATE release SET file = NULL, revoked = ifnull(revoked, ?) WHERE direction = ? AND site = ? AND audience = ?",
			now, string(r.Direction), r.Site, r.To)
		return err
	})
}

// Releases lists what went one way, by site, audience and serial. With
// standing, only the last of each year, where it was not revoked.
func (d *Desk) Releases(ctx context.Context, way Direction, standing bool) ([]Release, error) {
	rows, err := d.db.QueryContext(ctx, `SELECT site, audience, serial, year, fields, key, file, at, expires, revoked FROM release AS r WHERE direction = ?
		AND (NOT ? OR revoked IS NULL AND serial =
		  (SELECT max(serial) FROM release WHERE direction = r.direction AND site = r.site AND audience = r.audience AND year = r.year))
		ORDER BY site, audience, serial`, string(way), standing)
	if err != nil {
		return nil, fmt.Errorf("read the releases: %w", err)
	}
	defer rows.Close()
	var all []Release
	for rows.Next() {
		r := Release{Direction: way}
		var fields string
		var at int64
		var expires, revoked sql.NullInt64
		if err := rows.Scan(&r.Site, &r.To, &r.Serial, &r.Year, &fields, &r.Key, &r.File, &at, &expires, &revoked); err != nil {
			return nil, fmt.Errorf("read the releases: %w", err)
		}
		if r.Fields, err = ParseFields(strings.Fields(fields)); err != nil {
			return nil, fmt.Errorf("read the releases: of %s, serial %d: %w", r.Site, r.Serial, err)
		}
		r.At, r.Expires, r.Revoked = time.Unix(at, 0).UTC(), timeOrZero(expires), timeOrZero(revoked)
		all = append(all, r)
	}
	return all, rows.Err()
}

// Held returns the received releases that stand now, by site.
func (d *Desk) Held(ctx context.Context) (map[string][]Release, error) {
	b, err := d.book(ctx)
	if err != nil {
		return nil, err
	}
	all := map[string][]Release{}
	for site, releases := range b.released {
		for _, r := range releases {
			if r.Stands(d.now()) {
				all[site] = append(all[site], r)
			}
		}
	}
	return all, nil
}
