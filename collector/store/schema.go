package store

import "thermie/collector/sqlite"

// migrations lead from each version of the database to the next; the
// version is their number, kept in user_version. What is released is never
// edited: testdata keeps a folder of every version, and it must open.
var migrations = []sqlite.Step{
	// 1: inbox, day blocks, cards and events.
	{Tables: `CREATE TABLE site (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
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
	{Tables: `DROP INDEX inbox_site;
	 ALTER TABLE inbox RENAME TO old_inbox;
	 -- Pieces (see piece.go) until they are folded into blocks; sites says
	 -- of each, in varints, its site, its lines and its bytes.
	 CREATE TABLE inbox (id INTEGER PRIMARY KEY, sites BLOB NOT NULL, lines BLOB NOT NULL);
	 -- The last row of the inbox whose lines of this site are in blocks.
	 ALTER TABLE site ADD COLUMN folded INTEGER NOT NULL DEFAULT 0;`,
		Move: moveOldInbox, After: "DROP TABLE old_inbox;"},
	// 3: hourly roll-ups and daily balances.
	{Tables: rollupTables},
	// 4: month blocks of long intervals, and sums by month.
	{Tables: monthTables, Move: moveLongBlocks, After: afterMonths},
	// 5: hours that say what was spread over them and what was left out.
	{Tables: staleHours},
}
