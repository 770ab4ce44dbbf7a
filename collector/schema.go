package collector

import (
	"context"
	"database/sql"
	"fmt"
)

// migrations lead from each version of the database to the next; the
// version is their number, kept in user_version. What is released is never
// edited: testdata keeps a folder of every version, and it must open.
var migrations = []string{
	// 1: inbox, day blocks, cards and events.
	`CREATE TABLE site (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
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
	 INSERT INTO count VALUES ('intervals', 0), ('replayed', 0), ('corrected', 0), ('outdated', 0), ('conflicts', 0);`,
}

// migrate brings the database to the version that this program knows.
func migrate(ctx context.Context, db *sql.DB) error {
	version, err := schemaVersion(ctx, db)
	if err != nil {
		return err
	}
	for ; version < len(migrations); version++ {
		step := fmt.Sprintf("BEGIN IMMEDIATE; %s PRAGMA user_version = %d; COMMIT", migrations[version], version+1)
		if _, err := db.ExecContext(ctx, step); err != nil {
			_, _ = db.ExecContext(ctx, "ROLLBACK")
			return fmt.Errorf("bring the store from version %d to %d: %w", version, version+1, err)
		}
	}
	return nil
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
