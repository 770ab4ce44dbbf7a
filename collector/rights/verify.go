package rights

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"thermie/collector/sqlite"
)

// Verify checks the rights at path: that the file is sound, of a version that
// this program knows, that everything in it can be read, and that the audit
// log is as it was written. It returns the log's last entry, whose hash stands
// for all of them. It writes nothing, and the rights may be in use.
func Verify(ctx context.Context, path string) (last Entry, err error) {
	defer func() {
		if err != nil {
			err = fmt.Errorf("verify the rights %s: %w", path, err)
		}
	}()
	if _, err := os.Stat(path); err != nil {
		return last, err
	}
	db, err := sqlite.Open(path, sqlite.Settings{Connections: 1, ReadOnly: true, Pragmas: []string{"busy_timeout(10000)", "query_only(1)"}})
	if err != nil {
		return last, err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	if err := sqlite.Current(ctx, db, "", migrations); err != nil {
		return last, err
	}
	if err := sqlite.Sound(ctx, db); err != nil {
		return last, err
	}
	d := &Desk{db: db, now: time.Now}
	if err := d.read(ctx, &book{}); err != nil {
		return last, err
	}
	if _, err := d.Releases(ctx, Sent, false); err != nil {
		return last, err
	}
	return last, d.Audit(ctx, func(e Entry) error {
		last = e
		return nil
	})
}
