package store

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"

	"thermie/interval"
)

// siteView reads one site within one transaction, so that a line is seen in
// the inbox or in a block and never in both or neither.
type siteView struct {
	tx   *sql.Tx
	name string
	id   int64
	ids  map[series]int64 // of the series that have blocks

	folded int64   // mark of the inbox: pieces up to this row are in blocks
	places []place // of the site's pieces in the inbox

	profileIDs map[profile]int64 // of its roll-ups
	described  string            // the cards that its balances rest on
	keptFrom   int64             // the first day of which intervals are kept
	rolledFrom int64             // and of which roll-ups and balances are
}

// view runs look on a snapshot of a site. A site that is not there has
// nothing to look at, which is no error.
func (e *Embedded) view(ctx context.Context, site string, look func(*siteView) error) error {
	// Taken before the snapshot, the places hold all that was acknowledged;
	// what is folded in between is told by the site's mark.
	places := e.pending.all(site)
	tx, err := e.read.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return err
	}
	defer tx.Rollback()
	s, err := openSite(ctx, tx, site)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err != nil {
		return err
	}
	if s.places = places; e.write == nil {
		if s.places, err = s.scanInbox(ctx); err != nil {
			return err
		}
	}
	return look(s)
}

// scanInbox looks for the site's pieces in the whole inbox, as one must who
// did not see them come.
func (s *siteView) scanInbox(ctx context.Context) (places []place, err error) {
	err = eachInboxRow(ctx, s.tx, s.folded, func(site int64, at place) {
		if site == s.id {
			places = append(places, at)
		}
	})
	return places, err
}

// openSite finds a site and its series; the error is sql.ErrNoRows if there
// is no such site.
func openSite(ctx context.Context, tx *sql.Tx, name string) (*siteView, error) {
	s := &siteView{tx: tx, name: name, ids: map[series]int64{}}
	query := "SELECT id, folded, described, (SELECT from_day FROM kept WHERE what = 'intervals'), (SELECT from_day FROM kept WHERE what = 'rollups') FROM site WHERE name = ?"
	if err := tx.QueryRowContext(ctx, query, name).Scan(&s.id, &s.folded, &s.described, &s.keptFrom, &s.rolledFrom); err != nil {
		return nil, err
	}
	rows, err := tx.QueryContext(ctx, "SELECT id, meter, kind, length FROM series WHERE site = ?", s.id)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var id int64
		var one series
		if err := rows.Scan(&id, &one.meter, &one.kind, &one.length); err != nil {
			return nil, err
		}
		s.ids[one] = id
	}
	return s, rows.Err()
}

// eachPiece hands over the records of pieces, in the order of arrival. One
// query reads all rows: a query a piece costs more than its lines.
func (s *siteView) eachPiece(ctx context.Context, places []place, each func(*interval.Record)) error {
	places = slices.DeleteFunc(slices.Clone(places), func(at place) bool { return at.row <= s.folded })
	if len(places) == 0 {
		return nil
	}
	var ids []int64
	for _, at := range places {
		ids = append(ids, at.row)
	}
	reader := pieceReader{site: s.name, names: map[string]string{}}
	n := 0
	err := eachBlob(ctx, s.tx, "SELECT id, lines FROM inbox WHERE id IN", ids, func(row int64, lines []byte) error {
		for ; n < len(places) && places[n].row == row; n++ {
			from, to := int(places[n].at), int(places[n].at)+int(places[n].size)
			if to > len(lines) {
				return fmt.Errorf("inbox row %d: %w", row, errPiece)
			}
			if err := reader.read(lines[from:to], each); err != nil {
				return fmt.Errorf("inbox row %d: %w", row, err)
			}
		}
		return nil
	})
	if err == nil && n < len(places) {
		return fmt.Errorf("inbox row %d: %w: it is not there", places[n].row, errPiece)
	}
	return err
}

// waiting returns what is in the site's inbox, in the order of arrival.
func (s *siteView) waiting(ctx context.Context) (map[series][]interval.Record, error) {
	waiting := map[series][]interval.Record{}
	err := s.eachPiece(ctx, s.places, func(r *interval.Record) {
		waiting[seriesOf(r)] = append(waiting[seriesOf(r)], *r)
	})
	return waiting, err
}

// groups lists the series of the site, blocks and inbox together: one group
// for each meter and kind in order, within it the longest intervals first.
func (s *siteView) groups(waiting map[series][]interval.Record) [][]series {
	var all []series
	for one := range s.ids {
		all = append(all, one)
	}
	for one := range waiting {
		if _, stored := s.ids[one]; !stored {
			all = append(all, one)
		}
	}
	slices.SortFunc(all, func(a, b series) int {
		return cmp.Or(cmp.Compare(a.meter, b.meter), cmp.Compare(a.kind, b.kind), cmp.Compare(b.length, a.length))
	})
	var groups [][]series
	for i, one := range all {
		if i == 0 || one.meter != all[i-1].meter || one.kind != all[i-1].kind {
			groups = append(groups, nil)
		}
		last := len(groups) - 1
		groups[last] = append(groups[last], one)
	}
	return groups
}

// span is a range of Unix seconds, from <= t < to.
type span struct{ from, to int64 }

// ends returns the records of the first and the last block of every series,
// those that stand for expired ones, and all that wait in the inbox.
func (s *siteView) ends(ctx context.Context) (recs []interval.Record, err error) {
	if recs, err = s.endsOfExpired(ctx); err != nil {
		return nil, err
	}
	for one, id := range s.ids {
		for _, order := range []string{"ASC", "DESC"} {
			var row int64
			var data []byte
			query := "SELECT id, data FROM block WHERE id BETWEEN ? AND ? ORDER BY id " + order + " LIMIT 1"
			err := s.tx.QueryRowContext(ctx, query, blockID(id, 0), blockID(id, lastDay)).Scan(&row, &data)
			if errors.Is(err, sql.ErrNoRows) {
				break // all of the series has expired
			}
			if err != nil {
				return nil, err
			}
			if recs, err = decodeBlock(recs, data, s.name, one, row&lastDay); err != nil {
				return nil, err
			}
		}
	}
	waiting, err := s.waiting(ctx)
	for _, some := range waiting {
		recs = append(recs, some...)
	}
	return recs, err
}
