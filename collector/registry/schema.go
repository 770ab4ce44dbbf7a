package registry

import "thermie/collector/sqlite"

// migrations lead from each version of the database to the next. What is
// released is never edited: testdata keeps a file of every version, and it
// must open.
var migrations = []sqlite.Step{
	// 1: declarations. says is what was declared, by the keys of a
	// configuration file; NULL ends what was declared before. The columns
	// behind it show what people ask for.
	{Tables: `CREATE TABLE site (
	   said INTEGER PRIMARY KEY AUTOINCREMENT,
	   id TEXT NOT NULL, valid_from INTEGER NOT NULL, -- Unix seconds; 0: since ever
	   recorded INTEGER NOT NULL, person TEXT NOT NULL, origin TEXT NOT NULL,
	   configured INTEGER NOT NULL, -- 1: by a configuration file, which may take it back
	   says TEXT CHECK (json_valid(says)),
	   name TEXT AS (says ->> 'name'), operator TEXT AS (says ->> 'operator'),
	   commune_insee TEXT AS (says ->> 'commune_insee'), it_rated_kw REAL AS (says ->> 'it_rated_kw'),
	   total_declared_kwh REAL AS (says ->> 'total_declared_kwh'), never_listed INTEGER AS (says ->> 'never_listed'));
	 CREATE TABLE territory (
	   said INTEGER PRIMARY KEY AUTOINCREMENT,
	   id TEXT NOT NULL, valid_from INTEGER NOT NULL, -- id: SIREN/millésime
	   recorded INTEGER NOT NULL, person TEXT NOT NULL, origin TEXT NOT NULL,
	   configured INTEGER NOT NULL, says TEXT CHECK (json_valid(says)),
	   siren TEXT AS (says ->> 'siren'), millesime INTEGER AS (says ->> 'millesime'),
	   name TEXT AS (says ->> 'name'), kind TEXT AS (says ->> 'kind'), population INTEGER AS (says ->> 'population'));
	 CREATE TABLE network (
	   said INTEGER PRIMARY KEY AUTOINCREMENT,
	   id TEXT NOT NULL, valid_from INTEGER NOT NULL,
	   recorded INTEGER NOT NULL, person TEXT NOT NULL, origin TEXT NOT NULL,
	   configured INTEGER NOT NULL, says TEXT CHECK (json_valid(says)),
	   name TEXT AS (says ->> 'name'), order_id TEXT AS (says ->> 'order_id'),
	   demand_mwh REAL AS (says ->> 'demand_mwh'), enrr_percent REAL AS (says ->> 'enrr_percent'));
	 CREATE TABLE factor (
	   said INTEGER PRIMARY KEY AUTOINCREMENT,
	   id TEXT NOT NULL, valid_from INTEGER NOT NULL,
	   recorded INTEGER NOT NULL, person TEXT NOT NULL, origin TEXT NOT NULL,
	   configured INTEGER NOT NULL, says TEXT CHECK (json_valid(says)),
	   value REAL AS (says ->> 'value'), unit TEXT AS (says ->> 'unit'), year INTEGER AS (says ->> 'year'),
	   factor_set TEXT AS (says ->> 'set'), source TEXT AS (says ->> 'source'));
	 -- The course of a network, GeoJSON in WGS 84, of the declaration said.
	 CREATE TABLE geometry (said INTEGER PRIMARY KEY REFERENCES network, geojson TEXT NOT NULL CHECK (json_valid(geojson)));
	 -- The agents' cards in the wire form, and when each was first seen.
	 CREATE TABLE card (
	   site TEXT NOT NULL, meter TEXT NOT NULL, valid_from INTEGER NOT NULL, rev INTEGER NOT NULL,
	   recorded INTEGER NOT NULL, line TEXT NOT NULL, PRIMARY KEY (site, meter, valid_from, rev)) WITHOUT ROWID;
	 -- Filled in a copy: whose registry it is, and when it was copied.
	 CREATE TABLE owner (name TEXT NOT NULL, copied INTEGER NOT NULL);
	 CREATE VIEW network_year AS
	   SELECT n.id, n.valid_from, n.said, y.value ->> 'year' AS year, y.value ->> 'enrr_percent' AS enrr_percent,
	     y.value ->> 'co2_direct_kg_per_kwh' AS co2_direct_kg_per_kwh,
	     y.value ->> 'co2_life_cycle_kg_per_kwh' AS co2_life_cycle_kg_per_kwh, y.value ->> 'source' AS source
	   FROM network n, json_each(n.says, '$.years') y;
	 CREATE VIEW territory_commune AS
	   SELECT t.id, t.valid_from, t.said, c.value AS commune_insee FROM territory t, json_each(t.says, '$.communes_insee') c;
	 CREATE INDEX site_id ON site (id, valid_from);
	 CREATE INDEX territory_id ON territory (id, valid_from);
	 CREATE INDEX network_id ON network (id, valid_from);
	 CREATE INDEX factor_id ON factor (id, valid_from);` +
		stays("site") + stays("territory") + stays("network") + stays("factor") + stays("geometry") + stays("card")},
	// 2: networks' own hours, by the checksum that a declaration names.
	{Tables: `CREATE TABLE demand (sha256 TEXT PRIMARY KEY, csv BLOB NOT NULL);` + stays("demand")},
}

// stays makes a table refuse every change but new rows.
func stays(table string) string {
	return `
	 CREATE TRIGGER ` + table + `_update BEFORE UPDATE ON ` + table + ` BEGIN SELECT RAISE(ABORT, 'a declaration is never changed'); END;
	 CREATE TRIGGER ` + table + `_delete BEFORE DELETE ON ` + table + ` BEGIN SELECT RAISE(ABORT, 'a declaration is never deleted'); END;`
}

// tables are those that a reader takes over from the file.
var tables = []struct{ name, columns string }{
	{"site", saidColumns}, {"territory", saidColumns}, {"network", saidColumns}, {"factor", saidColumns},
	{"geometry", "said, geojson"}, {"demand", "sha256, csv"}, {"card", "site, meter, valid_from, rev, recorded, line"}, {"owner", "name, copied"},
}

const saidColumns = "said, id, valid_from, recorded, person, origin, configured, says"
