package store

import (
	"context"
	"database/sql"
	"fmt"

	"thermie/interval"
)

// monthTables is the fourth version of the schema: blocks of a month for
// intervals of an hour and longer, no roll-up where no interval is shorter,
// and the balances summed up by month, so that a year of a nation is read in
// a second. `sqlite3 thermie.db 'SELECT * FROM monthly_balance'` shows them.
const monthTables = `
	 -- One site and civil month (months since 1970): the sum of its rows in the
	 -- table of balances. _days is the time for which an energy accounts.
	 CREATE TABLE month_sum (
	   site INTEGER NOT NULL REFERENCES site, month INTEGER NOT NULL, days INTEGER NOT NULL,
	   e_dc_kwh REAL NOT NULL, e_dc_days REAL NOT NULL, e_it_kwh REAL NOT NULL, e_it_days REAL NOT NULL,
	   cooling_kwh REAL NOT NULL, cooling_days REAL NOT NULL, rejected_kwh REAL NOT NULL, rejected_days REAL NOT NULL,
	   handed_over_kwh REAL NOT NULL, handed_over_days REAL NOT NULL, recoverable_kwh REAL NOT NULL, recoverable_days REAL NOT NULL,
	   recoverable_t1_kwh REAL NOT NULL, recoverable_t2_kwh REAL NOT NULL, recoverable_t3_kwh REAL NOT NULL,
	   recoverable_t4_kwh REAL NOT NULL, recoverable_t5_kwh REAL NOT NULL,
	   simulated INTEGER NOT NULL,
	   PRIMARY KEY (site, month)) WITHOUT ROWID;
	 CREATE VIEW monthly_balance AS
	   SELECT site.name AS site_id, printf('%d-%02d', 1970 + month_sum.month / 12, 1 + month_sum.month % 12) AS civil_month, month_sum.*
	   FROM month_sum JOIN site ON site.id = month_sum.site;
	 INSERT INTO month_sum SELECT site, (strftime('%Y', day * 86400, 'unixepoch') - 1970) * 12 + strftime('%m', day * 86400, 'unixepoch') - 1 AS month, ` + dailySums + `
	   FROM balance GROUP BY site, month;`

// afterMonths removes the roll-ups that are a second copy of their intervals,
// unless there were others that have expired.
const afterMonths = `
	 DELETE FROM rollup WHERE (SELECT from_day FROM kept WHERE what = 'intervals') = 0 AND id >> 16 IN
	   (SELECT id FROM profile WHERE NOT EXISTS (SELECT 1 FROM series
	    WHERE series.site = profile.site AND series.meter = profile.meter AND series.kind = profile.kind AND series.length < 3600));`

// dailySums are the columns of month_sum, of rows of the table of balances.
// Unknown days count for nothing, neither as energy nor as time.
const dailySums = `count(*),
 total(e_dc_kwh), total(e_dc_coverage), total(e_it_kwh), total(e_it_coverage), total(cooling_kwh), total(cooling_coverage),
 total(rejected_kwh), total(rejected_coverage), total(handed_over_kwh), total(handed_over_coverage),
 total(recoverable_kwh), total(recoverable_coverage),
 total(recoverable_t1_kwh), total(recoverable_t2_kwh), total(recoverable_t3_kwh), total(recoverable_t4_kwh), total(recoverable_t5_kwh),
 max(simulated)`

// moveLongBlocks puts the day blocks of long intervals together to blocks of
// a month.
func moveLongBlocks(ctx context.Context, conn *sql.Conn) error {
	ids, err := numbers(ctx, conn, "SELECT id FROM series WHERE length >= 3600")
	if err != nil {
		return err
	}
	for _, id := range ids {
		months, err := longBlocks(ctx, conn, id)
		if err != nil {
			return fmt.Errorf("series %d: %w", id, err)
		}
		if _, err := conn.ExecContext(ctx, "DELETE FROM block WHERE id BETWEEN ? AND ?", blockID(id, 0), blockID(id, lastDay)); err != nil {
			return err
		}
		for first, recs := range months {
			if _, err := conn.ExecContext(ctx, "INSERT INTO block (id, data) VALUES (?, ?)", blockID(id, first), appendBlock(nil, recs, first)); err != nil {
				return err
			}
		}
	}
	return nil
}

// longBlocks reads a series of day blocks, by the first day of each month.
func longBlocks(ctx context.Context, conn *sql.Conn, id int64) (map[int64][]interval.Record, error) {
	rows, err := conn.QueryContext(ctx, "SELECT id, data FROM block WHERE id BETWEEN ? AND ? ORDER BY id", blockID(id, 0), blockID(id, lastDay))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	months := map[int64][]interval.Record{}
	for rows.Next() {
		var row int64
		var data []byte
		if err := rows.Scan(&row, &data); err != nil {
			return nil, err
		}
		first := dayOf(monthSpan(monthOf(row & lastDay * secondsPerDay)).from)
		if months[first], err = decodeBlock(months[first], data, "", series{length: secondsPerHour}, row&lastDay); err != nil {
			return nil, err
		}
	}
	return months, rows.Err()
}
