package registry

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"thermie/interval"
)

// Observe keeps the versions of a site's cards that are new, with the time at
// which they were first seen, so that a view of the past has them as they
// were. A copy keeps none: its owner does.
func (db *DB) Observe(ctx context.Context, site string, cards []interval.Card) error {
	cards, err := db.unseen(ctx, site, cards)
	if err != nil || len(cards) == 0 {
		return err
	}
	err = inTransaction(ctx, db.db, func(tx *sql.Tx) error {
		if err := refuseCopy(ctx, tx); err != nil {
			return err
		}
		now := db.now().Unix()
		for _, c := range cards {
			if _, err := tx.ExecContext(ctx, "INSERT OR IGNORE INTO card (site, meter, valid_from, rev, recorded, line) VALUES (?, ?, ?, ?, ?, ?)",
				site, c.Meter, c.ValidFrom, c.Rev, now, string(c.AppendLine(nil))); err != nil {
				return err
			}
		}
		return nil
	})
	var copied *NotOwner
	if err == nil || errors.As(err, &copied) {
		return nil
	}
	return fmt.Errorf("registry: keep the cards of %s: %w", site, err)
}

// cardVersion names a version of a site's card.
type cardVersion struct {
	meter string
	from  int64
	rev   int32
}

// unseen leaves out the cards that are kept already.
func (db *DB) unseen(ctx context.Context, site string, cards []interval.Card) (fresh []interval.Card, err error) {
	rows, err := db.db.QueryContext(ctx, "SELECT meter, valid_from, rev FROM card WHERE site = ?", site)
	if err != nil {
		return nil, fmt.Errorf("registry: cards of %s: %w", site, err)
	}
	defer rows.Close()
	seen := map[cardVersion]bool{}
	for rows.Next() {
		var v cardVersion
		if err := rows.Scan(&v.meter, &v.from, &v.rev); err != nil {
			return nil, err
		}
		seen[v] = true
	}
	for _, c := range cards {
		if !seen[cardVersion{c.Meter, c.ValidFrom, c.Rev}] {
			fresh = append(fresh, c)
		}
	}
	return fresh, rows.Err()
}

// Cards returns a site's cards as they were known at the time of the view,
// of several revisions of one version the last, by meter and valid_from.
func (v View) Cards(ctx context.Context, site string) ([]interval.Card, error) {
	rows, err := v.db.db.QueryContext(ctx, `SELECT line FROM (
	    SELECT *, row_number() OVER (PARTITION BY meter, valid_from ORDER BY rev DESC) AS place
	    FROM card WHERE site = ? AND recorded <= ?)
	  WHERE place = 1 ORDER BY meter, valid_from`, site, v.known().Unix())
	if err != nil {
		return nil, fmt.Errorf("registry: cards of %s: %w", site, err)
	}
	defer rows.Close()
	var cards []interval.Card
	for rows.Next() {
		var text string
		var line interval.Line
		if err := rows.Scan(&text); err != nil {
			return nil, err
		}
		if err := line.Decode([]byte(text), time.Second); err != nil {
			return nil, fmt.Errorf("registry: card of %s: %w", site, err)
		}
		cards = append(cards, line.Card)
	}
	return cards, rows.Err()
}
