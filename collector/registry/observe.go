package registry

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"thermie/collector/sqlite"
	"thermie/interval"
)

// Observe keeps the versions of a site's cards that are new, with the time at
// which they were first seen, so that the history of a site has them as they
// were. A copy keeps none: its owner does.
func (db *DB) Observe(ctx context.Context, site string, cards []interval.Card) error {
	cards, err := db.unseen(ctx, site, cards)
	if err != nil || len(cards) == 0 {
		return err
	}
	err = sqlite.Change(ctx, db.db, func(conn *sql.Conn) error {
		if err := refuseCopy(ctx, conn); err != nil {
			return err
		}
		now := db.now().Unix()
		for _, c := range cards {
			if _, err := conn.ExecContext(ctx, "INSERT OR IGNORE INTO card (site, meter, valid_from, rev, recorded, line) VALUES (?, ?, ?, ?, ?, ?)",
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

// heard is what a site's agent said of it and its points, in the order in
// which it was first seen; Says is the description as JSON.
func (db *DB) heard(ctx context.Context, site string) (all []Saying, err error) {
	rows, err := db.db.QueryContext(ctx, "SELECT line, recorded FROM card WHERE site = ? ORDER BY recorded, meter, valid_from, rev", site)
	if err != nil {
		return nil, fmt.Errorf("registry: cards of %s: %w", site, err)
	}
	defer rows.Close()
	for rows.Next() {
		var text string
		var recorded int64
		var line interval.Line
		if err := rows.Scan(&text, &recorded); err != nil {
			return nil, err
		}
		if err := line.Decode([]byte(text), time.Second); err != nil {
			return nil, fmt.Errorf("registry: card of %s: %w", site, err)
		}
		c := line.Card
		var description any = c.Point
		if c.Place != nil {
			description = c.Place
		}
		says, err := json.Marshal(description)
		if err != nil {
			return nil, err
		}
		all = append(all, Saying{ID: site + "/" + c.Meter, ValidFrom: time.Unix(c.ValidFrom, 0).UTC(), Recorded: time.Unix(recorded, 0).UTC(),
			Person: "its agent", Origin: "its card", Says: string(says)})
	}
	return all, rows.Err()
}
