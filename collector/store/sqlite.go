package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"

	"thermie/collector/sqlite"
)

// openForWriting opens the one connection that writes. In WAL mode with
// synchronous=FULL a commit is on the disk when it returns.
func openForWriting(file string) (*sql.DB, error) {
	return sqlite.Open(file, sqlite.Settings{Connections: 1, Pragmas: []string{
		"busy_timeout(5000)", "auto_vacuum(INCREMENTAL)", "journal_mode(WAL)", "synchronous(FULL)", "cache_size(-32768)",
		fmt.Sprintf("wal_autocheckpoint(%d)", walNever),
	}})
}

// openForCheckpoints opens the connection that moves the log into the file.
func openForCheckpoints(file string) (*sql.DB, error) {
	return sqlite.Open(file, sqlite.Settings{Connections: 1, Pragmas: []string{"busy_timeout(0)", "synchronous(FULL)"}})
}

// openForReading opens connections that see committed data and can change
// nothing; in WAL mode they neither wait for the writer nor hold it up.
func openForReading(file string) (*sql.DB, error) {
	return sqlite.Open(file, sqlite.Settings{Connections: 4, ReadOnly: true, Pragmas: []string{"busy_timeout(5000)", "query_only(1)"}})
}

// lockFolder takes the folder's lock until the returned database is closed.
// An exclusive SQLite transaction is a lock that every system has and that
// ends with its process, however that ends.
func lockFolder(dir string) (*sql.DB, error) {
	file, err := os.OpenFile(filepath.Join(dir, "lock"), os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, fmt.Errorf("%w (hint: may this user write there, and is the file system mounted for writing?)", err)
	}
	if err := file.Close(); err != nil {
		return nil, err
	}
	db, err := sqlite.Open(filepath.Join(dir, "lock"), sqlite.Settings{Connections: 1, Pragmas: []string{"busy_timeout(0)", "journal_mode(DELETE)"}})
	if err != nil {
		return nil, err
	}
	if _, err := db.Exec("BEGIN EXCLUSIVE"); err != nil {
		err = fmt.Errorf("lock %s: %w (hint: is another collector running on this folder?)", dir, err)
		return nil, errors.Join(err, db.Close())
	}
	return db, nil
}

// statements holds the writer's connection and what it runs over and over.
type statements struct {
	conn *sql.Conn
	all  []*sql.Stmt

	addSite, addSeries, addLines, addCard, getCard, addEvent *sql.Stmt
	putBlock, setFolded, dropRows, count                     *sql.Stmt
}

// prepare makes the statements that run on the connection that writes.
func prepare(ctx context.Context, conn *sql.Conn) (_ *statements, err error) {
	s := &statements{conn: conn}
	for _, one := range []struct {
		into **sql.Stmt
		text string
	}{
		{&s.addSite, "INSERT INTO site (name) VALUES (?) ON CONFLICT DO UPDATE SET name = name RETURNING id"},
		{&s.addSeries, "INSERT INTO series (site, meter, kind, length) VALUES (?, ?, ?, ?) RETURNING id"},
		{&s.addLines, "INSERT INTO inbox (id, sites, lines) VALUES (?, ?, ?)"},
		{&s.addCard, "INSERT OR IGNORE INTO card (site, meter, valid_from, rev, line) VALUES (?, ?, ?, ?, ?)"},
		{&s.getCard, "SELECT line FROM card WHERE site = ? AND meter = ? AND valid_from = ? AND rev = ?"},
		{&s.addEvent, "INSERT OR IGNORE INTO event (site, at, line) VALUES (?, ?, ?)"},
		{&s.putBlock, "INSERT OR REPLACE INTO block (id, data) VALUES (?, ?)"},
		{&s.setFolded, "UPDATE site SET folded = ? WHERE id = ?"},
		{&s.dropRows, "DELETE FROM inbox WHERE id IN (SELECT id FROM inbox WHERE id < ? ORDER BY id LIMIT ?)"},
		{&s.count, "UPDATE count SET value = value + ? WHERE name = ?"},
	} {
		if *one.into, err = conn.PrepareContext(ctx, one.text); err != nil {
			return nil, errors.Join(fmt.Errorf("prepare %q: %w", one.text, err), s.close())
		}
		s.all = append(s.all, *one.into)
	}
	return s, nil
}

// close releases the statements. One left open would keep SQLite from moving
// the write-ahead log into the file when the store closes.
func (s *statements) close() error {
	var errs []error
	for _, one := range s.all {
		errs = append(errs, one.Close())
	}
	return errors.Join(errs...)
}

// texts returns the one column of a query's rows.
func texts(ctx context.Context, db sqlite.Querier, query string, args ...any) ([]string, error) {
	rows, err := db.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []string
	for rows.Next() {
		var one string
		if err := rows.Scan(&one); err != nil {
			return nil, err
		}
		all = append(all, one)
	}
	return all, rows.Err()
}

// eachBlob runs a query that ends in IN for a list of ids, and hands over its
// rows, an id and a blob each, by rising id. The blob is valid only during
// the call.
func eachBlob(ctx context.Context, db sqlite.Querier, query string, ids []int64, each func(id int64, blob []byte) error) error {
	slices.Sort(ids)
	text := append([]byte(query), " ("...)
	for _, id := range slices.Compact(ids) {
		text = append(strconv.AppendInt(text, id, 10), ',')
	}
	text = append(text[:len(text)-1], ") ORDER BY id"...)
	rows, err := db.QueryContext(ctx, string(text))
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var id int64
		var blob sql.RawBytes
		if err := rows.Scan(&id, &blob); err != nil {
			return err
		}
		if err := each(id, blob); err != nil {
			return err
		}
	}
	return rows.Err()
}

// numbers returns the one column of a query's rows.
func numbers(ctx context.Context, db sqlite.Querier, query string, args ...any) (all []int64, err error) {
	rows, err := db.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var one int64
		if err := rows.Scan(&one); err != nil {
			return nil, err
		}
		all = append(all, one)
	}
	return all, rows.Err()
}
