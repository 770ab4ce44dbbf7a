package store

// rollupTables is the third version of the schema: what is computed from the
// intervals and kept beside them, so that a year of many sites is read
// without reading its intervals. `sqlite3 thermie.db 'SELECT * FROM
// daily_balance'` shows the balances to whoever wants them.
//
// Everything that an earlier version stored is stale at first.
const rollupTables = `
	 -- UTC days of which intervals (mark: the row of the inbox that came last, from 1)
	 -- or only cards (mark -1) are newer than the roll-ups and the balance.
	 CREATE TABLE stale (
	   site INTEGER NOT NULL REFERENCES site, day INTEGER NOT NULL, mark INTEGER NOT NULL,
	   PRIMARY KEY (site, day)) WITHOUT ROWID;
	 INSERT INTO stale SELECT DISTINCT series.site, block.id & 65535, 0 FROM block JOIN series ON series.id = block.id >> 16;
	 -- What one meter says of one kind, all lengths merged, hour by hour.
	 CREATE TABLE profile (
	   id INTEGER PRIMARY KEY, site INTEGER NOT NULL REFERENCES site,
	   meter TEXT NOT NULL, kind TEXT NOT NULL, UNIQUE (site, meter, kind));
	 -- One profile and UTC month; id is profile * 65536 + months since 1970.
	 CREATE TABLE rollup (id INTEGER PRIMARY KEY, data BLOB NOT NULL);
	 -- One site and civil day (days since 1970) in the site's standard time.
	 -- NULL is unknown; _u_ is the standard uncertainty, k=1; _coverage is the
	 -- share of the day for which the energy accounts.
	 CREATE TABLE balance (
	   site INTEGER NOT NULL REFERENCES site, day INTEGER NOT NULL,
	   e_dc_kwh REAL, e_dc_u_kwh REAL, e_dc_coverage REAL,
	   e_it_kwh REAL, e_it_u_kwh REAL, e_it_coverage REAL,
	   cooling_kwh REAL, cooling_u_kwh REAL, cooling_coverage REAL,
	   rejected_kwh REAL, rejected_u_kwh REAL, rejected_coverage REAL,
	   handed_over_kwh REAL, handed_over_u_kwh REAL, handed_over_coverage REAL,
	   recoverable_kwh REAL, recoverable_u_kwh REAL, recoverable_coverage REAL,
	   recoverable_t1_kwh REAL, recoverable_t2_kwh REAL, recoverable_t3_kwh REAL, recoverable_t4_kwh REAL, recoverable_t5_kwh REAL,
	   e_dc_is_sum_of_parts INTEGER NOT NULL, simulated INTEGER NOT NULL,
	   PRIMARY KEY (site, day)) WITHOUT ROWID;
	 CREATE VIEW daily_balance AS
	   SELECT site.name AS site_id, date(balance.day * 86400, 'unixepoch') AS civil_day, balance.*
	   FROM balance JOIN site ON site.id = balance.site;
	 -- Which cards the balances of the site rest on.
	 ALTER TABLE site ADD COLUMN described TEXT NOT NULL DEFAULT '';
	 -- The first UTC day of which intervals and roll-ups are still kept.
	 CREATE TABLE kept (what TEXT PRIMARY KEY, from_day INTEGER NOT NULL) WITHOUT ROWID;
	 INSERT INTO kept VALUES ('intervals', 0), ('rollups', 0);`
