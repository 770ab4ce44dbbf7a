package rights

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"thermie/collector/sqlite"
)

// FileName is the rights database within the collector's data folder.
const FileName = "rights.db"

// migrations lead from each version of the database to the next. What is
// released is never edited.
var migrations = []sqlite.Step{
	{Tables: `CREATE TABLE token (
	   id TEXT PRIMARY KEY,
	   hash BLOB NOT NULL UNIQUE, -- SHA-256 of the secret, or of a certificate's public key
	   role TEXT NOT NULL, holder TEXT NOT NULL,
	   sites TEXT NOT NULL, territories TEXT NOT NULL, -- parted by spaces
	   convention TEXT NOT NULL,
	   created INTEGER NOT NULL, expires INTEGER, revoked INTEGER);
	 CREATE TABLE consent (
	   id TEXT PRIMARY KEY, site TEXT NOT NULL, field TEXT NOT NULL, resolution TEXT NOT NULL,
	   audience TEXT NOT NULL, basis TEXT NOT NULL, source TEXT NOT NULL,
	   from_time INTEGER NOT NULL, until_time INTEGER, withdrawn INTEGER);
	 CREATE INDEX consent_site ON consent (site);
	 -- Keys of operators' collectors, and the sites that each may speak for.
	 CREATE TABLE release_key (
	   id TEXT PRIMARY KEY, public BLOB NOT NULL, holder TEXT NOT NULL, sites TEXT NOT NULL,
	   created INTEGER NOT NULL, revoked INTEGER);
	 -- Releases as they were signed, sent from here or received; the body of a
	 -- received one goes when it is revoked.
	 CREATE TABLE release (
	   direction TEXT NOT NULL, site TEXT NOT NULL, audience TEXT NOT NULL, serial INTEGER NOT NULL,
	   year INTEGER NOT NULL, fields TEXT NOT NULL, -- as "heat=month firm_power=month"
	   key TEXT NOT NULL, file BLOB, at INTEGER NOT NULL, expires INTEGER, revoked INTEGER,
	   PRIMARY KEY (direction, site, audience, serial));
	 -- Who read and changed what. Each hash covers the row and the hash before.
	 CREATE TABLE audit (
	   seq INTEGER PRIMARY KEY, at INTEGER NOT NULL,
	   who TEXT NOT NULL, holder TEXT NOT NULL, role TEXT NOT NULL, origin TEXT NOT NULL,
	   act TEXT NOT NULL, object TEXT NOT NULL, detail TEXT NOT NULL, hash BLOB NOT NULL);
	 CREATE TRIGGER audit_stays BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'the audit log is only added to'); END;
	 CREATE TRIGGER audit_keeps BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'the audit log is only added to'); END;
	 CREATE TRIGGER consent_keeps BEFORE DELETE ON consent BEGIN SELECT RAISE(ABORT, 'a consent is withdrawn, not deleted'); END;`},
}

// openDatabase opens or makes the file and brings it to this version. An
// empty name is a database in memory, gone when it is closed. There is one
// connection, so that a change elsewhere shows in its data_version.
func openDatabase(ctx context.Context, file string) (*sql.DB, error) {
	db, err := sqlite.Open(file, sqlite.Shared(1))
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", file, err)
	}
	if err := sqlite.Migrate(ctx, db, migrations); err != nil {
		return nil, errors.Join(fmt.Errorf("open %s: %w", file, err), db.Close())
	}
	return db, nil
}
