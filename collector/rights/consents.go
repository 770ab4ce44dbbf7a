package rights

import (
	"context"
	"database/sql"
	"fmt"
	"time"
)

// Give records a consent; its ID is chosen here. From is now where it is
// not set: a consent does not reach back.
func (d *Desk) Give(ctx context.Context, c Consent) (Consent, error) {
	if c.From.IsZero() {
		c.From = d.now().UTC().Truncate(time.Second)
	}
	if err := c.check(); err != nil {
		return c, fmt.Errorf("record a consent: %w", err)
	}
	c.ID, c.Withdrawn = newID(), time.Time{}
	detail := fmt.Sprintf("%s %s by %s to %s, %s %s", c.Site, c.Field, c.Resolution, c.Audience, c.Basis, c.Source)
	return c, d.change(ctx, "consent given", c.ID, detail, func(conn *sql.Conn) error {
		_, err := conn.ExecContext(ctx, "INSERT INTO consent VALUES (?,?,?,?,?,?,?,?,?,NULL)", c.ID, c.Site, string(c.Field), c.Resolution.String(),
			c.Audience, string(c.Basis), c.Source, c.From.Unix(), unixOrNull(c.Until))
		return err
	})
}

// Withdraw ends a consent from now on. What was filed under it stays filed.
func (d *Desk) Withdraw(ctx context.Context, id string) error {
	return d.change(ctx, "consent withdrawn", id, "", func(conn *sql.Conn) error {
		return one(conn.ExecContext(ctx, "UPDATE consent SET withdrawn = ? WHERE id = ? AND withdrawn IS NULL", d.now().Unix(), id))(
			fmt.Errorf("no consent %q stands (hint: thermie consent list)", id))
	})
}

// Consents returns the consents in force at a moment, by site: those of now
// for a new disclosure, those of its date for a report that was filed.
func (d *Desk) Consents(ctx context.Context, asOf time.Time) (map[string][]Consent, error) {
	b, err := d.book(ctx)
	if err != nil {
		return nil, err
	}
	all := map[string][]Consent{}
	for site, consents := range b.consents {
		if standing := inForce(consents, asOf); len(standing) > 0 {
			all[site] = standing
		}
	}
	return all, nil
}

// EveryConsent lists all consents ever given, the oldest first.
func (d *Desk) EveryConsent(ctx context.Context) ([]Consent, error) {
	var all []Consent
	err := d.eachConsent(ctx, func(c Consent) { all = append(all, c) })
	return all, err
}

func (d *Desk) eachConsent(ctx context.Context, each func(Consent)) error {
	rows, err := d.db.QueryContext(ctx, "SELECT id, site, field, resolution, audience, basis, source, from_time, until_time, withdrawn FROM consent ORDER BY from_time, id")
	if err != nil {
		return fmt.Errorf("read the consents: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var c Consent
		var resolution string
		var from int64
		var until, withdrawn sql.NullInt64
		if err := rows.Scan(&c.ID, &c.Site, &c.Field, &resolution, &c.Audience, &c.Basis, &c.Source, &from, &until, &withdrawn); err != nil {
			return fmt.Errorf("read the consents: %w", err)
		}
		if err := c.Resolution.UnmarshalText([]byte(resolution)); err != nil {
			return fmt.Errorf("read consent %s: %w", c.ID, err)
		}
		c.From, c.Until, c.Withdrawn = time.Unix(from, 0).UTC(), timeOrZero(until), timeOrZero(withdrawn)
		each(c)
	}
	return rows.Err()
}
