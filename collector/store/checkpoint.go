package store

import (
	"context"
	"database/sql"
	"log/slog"
	"time"
)

// SQLite moves the write-ahead log into the file within the commit that has
// filled it, and whoever waits for that commit waits for the moving too.
// Here it happens beside the commits, on a connection of its own.
const (
	checkpointEvery = time.Second
	walMost         = 8192  // pages (32 MB) after which the log begins anew
	walNever        = 65536 // pages at which a commit moves the log after all
)

// checkpoints moves the log into the file as long as there are commits. The
// log can only begin anew when all of it has been moved, which never is
// while commits go on: then the writer is asked to move the little that is
// left between two of them.
func (e *Embedded) checkpoints(ctx context.Context, db *sql.DB) {
	tick := time.NewTicker(checkpointEvery)
	defer tick.Stop()
	seen := int64(0)
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		commits := e.commits.Load()
		if commits == seen {
			continue
		}
		seen = commits
		pages, err := checkpoint(ctx, db)
		switch {
		case err != nil && ctx.Err() == nil:
			slog.Error("the store's write-ahead log is not moved into the file", "error", err)
		case pages > walMost:
			e.restart.Store(true)
		}
	}
}

// checkpoint moves what it can of the log without waiting for anybody, and
// returns how many pages the log holds.
func checkpoint(ctx context.Context, db interface {
	QueryRowContext(context.Context, string, ...any) *sql.Row
}) (pages int, err error) {
	var busy, moved int
	err = db.QueryRowContext(ctx, "PRAGMA wal_checkpoint(PASSIVE)").Scan(&busy, &pages, &moved)
	return pages, err
}
