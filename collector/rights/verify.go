package rights

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"time"
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
	query := url.Values{"mode": {"ro"}, "_pragma": {"busy_timeout(10000)", "query_only(1)"}}
	db, err := sql.Open("sqlite", (&url.URL{Scheme: "file", Opaque: url.PathEscape(path), RawQuery: query.Encode()}).String())
	if err != nil {
		return last, err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	db.SetMaxOpenConns(1)
	if err := sound(ctx, db); err != nil {
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

// sound asks for the version, and SQLite to look at every page and index.
func sound(ctx context.Context, db *sql.DB) error {
	var version int
	if err := db.QueryRowContext(ctx, "PRAGMA user_version").Scan(&version); err != nil {
		return err
	}
	if version != len(migrations) {
		return fmt.Errorf("it is of version %d and this program knows %d (hint: a collector that starts brings an older one up to date)", version, len(migrations))
	}
	rows, err := db.QueryContext(ctx, "PRAGMA integrity_check(10)")
	if err != nil {
		return err
	}
	defer rows.Close()
	var faults []error
	for rows.Next() {
		var text string
		if err := rows.Scan(&text); err != nil {
			return err
		}
		if text != "ok" {
			faults = append(faults, errors.New(text))
		}
	}
	return errors.Join(append(faults, rows.Err())...)
}
