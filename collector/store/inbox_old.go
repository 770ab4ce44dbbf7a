package store

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"time"

	"thermie/interval"
)

// moveOldInbox puts what waits in the inbox of version 1, lines of the wire
// packed with zstd, into that of version 2.
func moveOldInbox(ctx context.Context, conn *sql.Conn) error {
	rows, err := conn.QueryContext(ctx, "SELECT name, lines FROM old_inbox JOIN site ON site.id = old_inbox.site ORDER BY old_inbox.id")
	if err != nil {
		return err
	}
	defer rows.Close()
	var waiting []piece
	for rows.Next() {
		var site string
		var packed []byte
		if err := rows.Scan(&site, &packed); err != nil {
			return err
		}
		recs, err := oldLines(packed)
		if err != nil {
			return fmt.Errorf("inbox of site %s: %w", site, err)
		}
		pieces, err := piecesOf(recs)
		if err != nil {
			return err
		}
		waiting = append(waiting, pieces...)
	}
	if err := rows.Err(); err != nil {
		return err
	}
	s, err := prepare(ctx, conn)
	if err != nil {
		return err
	}
	defer s.close()
	w := &writer{statements: s, sites: map[string]int64{}, row: inboxRow{id: 1}}
	for i := range waiting {
		if err := w.appendPiece(&waiting[i]); err != nil {
			return err
		}
	}
	return w.endRow()
}

// oldLines decodes a row of the inbox of version 1.
func oldLines(packed []byte) (recs []interval.Record, err error) {
	lines, err := unpack(packed)
	if err != nil {
		return nil, err
	}
	var l interval.Line
	for len(lines) > 0 {
		line, rest, _ := bytes.Cut(lines, []byte{'\n'})
		if err := l.Decode(line, time.Second); err != nil {
			return nil, fmt.Errorf("line %q: %w", line, err)
		}
		recs = append(recs, l.Record)
		lines = rest
	}
	return recs, nil
}
