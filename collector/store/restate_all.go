package store

import (
	"context"
	"fmt"
)

// markAll makes everything stale that is computed from intervals still kept,
// whether it should be there or not.
const markAll = `INSERT OR IGNORE INTO stale
	SELECT DISTINCT series.site, block.id & 65535, 0 FROM block JOIN series ON series.id = block.id >> 16;
	INSERT OR IGNORE INTO stale SELECT site, day, 0 FROM balance;
	INSERT OR IGNORE INTO stale
	SELECT DISTINCT profile.site, (unixepoch('1970-01-01', (rollup.id & 65535) || ' months') / 86400) + number.day, 0
	FROM rollup JOIN profile ON profile.id = rollup.id >> 16,
	  (WITH RECURSIVE days(day) AS (VALUES (0) UNION ALL SELECT day + 1 FROM days WHERE day < 30) SELECT day FROM days) AS number;
	UPDATE stale SET mark = -1 WHERE day < (SELECT from_day FROM kept WHERE what = 'intervals')`

// RestateAll computes every roll-up and balance anew.
func (e *Embedded) RestateAll(ctx context.Context) error {
	err := e.submit(ctx, func(w *writer) error {
		_, err := w.conn.ExecContext(ctx, markAll)
		return err
	}, nil)
	if err != nil {
		return fmt.Errorf("restate: %w", err)
	}
	return e.Restate(ctx)
}
