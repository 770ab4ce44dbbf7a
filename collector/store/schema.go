package store

import (
	"context"
	"database/sql"
	"fmt"
)

// migrations lead from each version of the database to the next; the
// version is their number, kept in user_version. What is released is never
// edited: testdata keeps a folder of every version, and it must open.
var migrations = []migration{
	// 1: inbox, day blocks, cards and events.
	{tables: `CREATE TABLE site (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
	 CREATE TABLE series (
	   id INTEGER PRIMARY KEY, site INTEGER NOT NULL REFERENCES site,
	   meter TEXT NOT NULL, kind TEXT NOT NULL, length INTEGER NOT NULL,
	   UNIQUE (site, meter, kind, length));
	 -- Lines in the wire form (zstd), until they are folded into blocks.
	 CREATE TABLE inbox (
	   id INTEGER PRIMARY KEY, site INTEGER NOT NULL REFERENCES site,
	   count INTEGER NOT NULL, lines BLOB NOT NULL);
	 CREATE INDEX inbox_site ON inbox (site);
	 -- One series and UTC day; id is series * 65536 + day since 1970, so
	 -- that days of one series lie beside each other without an index.
	 CREATE TABLE block (id INTEGER PRIMARY KEY, data BLOB NOT NULL);
	 CREATE TABLE card (
	   site INTEGER NOT NULL REFERENCES site, meter TEXT NOT NULL,
	   valid_from INTEGER NOT NULL, rev INTEGER NOT NULL, line TEXT NOT NULL,
	   PRIMARY KEY (site, meter, valid_from, rev)) WITHOUT ROWID;
	 CREATE TABLE event (
	   site INTEGER NOT NULL REFERENCES site, at INTEGER NOT NULL, line TEXT NOT NULL,
	   PRIMARY KEY (site, at, line)) WITHOUT ROWID;
	 CREATE TABLE count (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
	 INSERT INTO count VALUES ('intervals', 0), ('replayed', 0), ('corrected', 0), ('outdated', 0), ('conflicts', 0);`},
	// 2: an inbox of pieces, several requests in a row, without an index.
	{tables: `DROP INDEX inbox_site;
	 ALTER TABLE inbox RENAME TO old_inbox;
	 -- Pieces (see piece.go) until they are folded into blocks; sites says
	 -- of each, in varints, its site, its lines and its bytes.
	 CREATE TABLE inbox (id INTEGER PRIMARY KEY, sites BLOB NOT NULL, lines BLOB NOT NULL);
	 -- The last row of the inbox whose lines of this site are in blocks.
	 ALTER TABLE site ADD COLUMN folded INTEGER NOT NULL DEFAULT 0;`,
		move: moveOldInbox, after: "DROP TABLE old_inbox;"},
	// 3: hourly roll-ups and daily balances.
	{tables: rollupTables},
	// 4: month blocks of long intervals, and sums by month.
	{tables: monthTables, move: moveLongBlocks, after: afterMonths},
	// 5: hours that say what was spread over them and what was left out.
	{tables: staleHours},
}

// migration is one step: tables made, contents moved, what is left behind
// removed; all of it or nothing.
type migration struct {
	tables string
	move   func(context.Context, *sql.Conn) error
	after  string
}

// migrate brings the database to the version that this program knows.
func migrate(ctx context.Context, db *sql.DB) error {
	version, err := schemaVersion(ctx, db)
	if err != nil {
		return err
	}
	conn, err := db.Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	for ; version < len(migrations); version++ {
		err := inTransaction(conn, func() error { return migrations[version].run(ctx, conn, version+1) })
		if err != nil {
			return fmt.Errorf("bring the store from version %d to %d: %w", version, version+1, err)
		}
	}
	return nil
}

func (m migration) run(ctx context.Context, conn *sql.Conn, version int) error {
	if _, err := conn.ExecContext(ctx, m.tables); err != nil {
		return err
	}
	if m.move != nil {
		if err := m.move(ctx, conn); err != nil {
			return err
		}
	}
	_, err := conn.ExecContext(ctx, fmt.Sprintf("%s PRAGMA user_version = %d", m.after, version))
	return err
}

// schemaVersion returns the version of the database, 0 for a new one, and
// refuses one from a later program rather than guess.
func schemaVersion(ctx context.Context, db *sql.DB) (int, error) {
	var version int
	if err := db.QueryRowContext(ctx, "PRAGMA user_version").Scan(&version); err != nil {
		return 0, fmt.Errorf("read the store's version: %w", err)
	}
	if version > len(migrations) {
		return 0, fmt.Errorf("the store is of version %d and this program knows %d (hint: use the newer program that wrote it)",
			version, len(migrations))
	}
	return version, nil
}

// currentSchema refuses a store that a reader cannot understand: one that an
// earlier version wrote and no collector of this one has opened yet.
func currentSchema(ctx context.Context, db *sql.DB) error {
	version, err := schemaVersion(ctx, db)
	if err == nil && version < len(migrations) {
		err = fmt.Errorf("written by an earlier version (schema %d of %d) (hint: start this version's collector on it once, which brings it up to date)", version, len(migrations))
	}
	return err
}
