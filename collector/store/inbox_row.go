package store

import (
	"context"
	"database/sql"
	"encoding/binary"
	"fmt"
	"time"

	"thermie/collector/sqlite"
)

// inboxRow is the row of the inbox that the writer fills. Requests that
// share a commit share rows: a row a request would cost more than its lines.
type inboxRow struct {
	id       int64
	sites    []byte // site, lines and bytes of each piece
	lines    []byte // the pieces
	arrivals []arrival
	forced   bool // even without a piece: a card or an event was acknowledged
}

// appendPiece puts a piece into the row, and the row into the inbox when it
// is full.
func (w *writer) appendPiece(p *piece) error {
	site, err := w.site(p.site)
	if err != nil {
		return err
	}
	r := &w.row
	r.arrivals = append(r.arrivals, arrival{p.site, place{r.id, int32(len(r.lines)), int32(len(p.data)), int32(p.lines)}})
	r.sites = binary.AppendUvarint(r.sites, uint64(site))
	r.sites = binary.AppendUvarint(r.sites, uint64(p.lines))
	r.sites = binary.AppendUvarint(r.sites, uint64(len(p.data)))
	r.lines = append(r.lines, p.data...)
	if len(r.lines) < fullRow {
		return nil
	}
	return w.endRow()
}

// endRow inserts the row, if it holds anything, and begins the next. Rows
// never get an id again, nor do they change: a site's mark (see fold) says
// up to which row its lines are in blocks.
func (w *writer) endRow() error {
	r := &w.row
	if len(r.lines) == 0 && !r.forced {
		return nil
	}
	if r.sites == nil {
		r.sites, r.lines = []byte{}, []byte{} // nil would be no blob
	}
	if _, err := w.addLines.Exec(r.id, r.sites, r.lines); err != nil {
		return err
	}
	r.id++
	r.sites, r.lines, r.forced = r.sites[:0], r.lines[:0], false
	return nil
}

// dropFolded removes every row of the inbox that nothing waits in, but the
// last: it tells how far the store has come.
func (w *writer) dropFolded(ctx context.Context) error {
	first, any := w.store.pending.firstRow()
	if !any {
		first = w.row.id
	}
	_, err := w.conn.ExecContext(ctx, "DELETE FROM inbox WHERE id < ? AND id < (SELECT max(id) FROM inbox)", first)
	return err
}

// abandon forgets what was not committed. Its id stays unused.
func (r *inboxRow) abandon() {
	*r = inboxRow{id: r.id + 1}
}

// eachPlace reads the places of a row's pieces from its column sites.
func eachPlace(row int64, sites []byte, each func(site int64, at place)) error {
	at := int32(0)
	for len(sites) > 0 {
		var v [3]uint64
		for i := range v {
			var size int
			if v[i], size = binary.Uvarint(sites); size <= 0 || v[i] > 1<<31-1 {
				return fmt.Errorf("inbox row %d: %w", row, errPiece)
			}
			sites = sites[size:]
		}
		each(int64(v[0]), place{row, at, int32(v[2]), int32(v[1])})
		at += int32(v[2])
	}
	return nil
}

// loadInbox finds in the inbox what an earlier run left to be folded, and
// returns the id of the row to fill next.
func loadInbox(ctx context.Context, db *sql.DB, p *pending) (next int64, err error) {
	type site struct {
		name   string
		folded int64
	}
	sites := map[int64]site{}
	rows, err := db.QueryContext(ctx, "SELECT id, name, folded FROM site")
	if err != nil {
		return 0, err
	}
	defer rows.Close()
	next = 1
	for rows.Next() {
		var id int64
		var s site
		if err := rows.Scan(&id, &s.name, &s.folded); err != nil {
			return 0, err
		}
		sites[id] = s
		next = max(next, s.folded+1)
	}
	if err := rows.Err(); err != nil {
		return 0, err
	}
	var last int64
	if err := db.QueryRowContext(ctx, "SELECT coalesce(max(id), 0) FROM inbox").Scan(&last); err != nil {
		return 0, err
	}
	next = max(next, last+1)
	err = eachInboxRow(ctx, db, 0, func(site int64, at place) {
		if s := sites[site]; at.row > s.folded {
			p.arrive([]arrival{{s.name, at}}, time.Time{}) // an old one is due at once
		}
	})
	return next, err
}

// eachInboxRow hands over the place of every piece in the rows after a given
// one.
func eachInboxRow(ctx context.Context, db sqlite.Querier, after int64, each func(site int64, at place)) error {
	rows, err := db.QueryContext(ctx, "SELECT id, sites FROM inbox WHERE id > ? ORDER BY id", after)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var row int64
		var sites sql.RawBytes
		if err := rows.Scan(&row, &sites); err != nil {
			return err
		}
		if err := eachPlace(row, sites, each); err != nil {
			return err
		}
	}
	return rows.Err()
}
