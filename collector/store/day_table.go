package store

import (
	"context"
	"database/sql"
	"errors"
	"strings"
	"time"

	"thermie/heat"
)

// dayColumns are the columns of the table of balances behind site and day.
const dayColumns = `e_dc_kwh, e_dc_u_kwh, e_dc_coverage, e_it_kwh, e_it_u_kwh, e_it_coverage,
 cooling_kwh, cooling_u_kwh, cooling_coverage, rejected_kwh, rejected_u_kwh, rejected_coverage,
 handed_over_kwh, handed_over_u_kwh, handed_over_coverage, recoverable_kwh, recoverable_u_kwh, recoverable_coverage,
 recoverable_t1_kwh, recoverable_t2_kwh, recoverable_t3_kwh, recoverable_t4_kwh, recoverable_t5_kwh,
 e_dc_is_sum_of_parts, simulated`

// dayWidth is the number of dayColumns.
var dayWidth = strings.Count(dayColumns, ",") + 1

// values are the day's columns.
func (d *Day) values() (v []any) {
	for _, a := range d.amounts() {
		if a.Known() {
			v = append(v, a.KWh, a.UKWh, a.Coverage)
		} else {
			v = append(v, nil, nil, nil)
		}
	}
	for _, kwh := range d.ByTier {
		v = append(v, sql.NullFloat64{Float64: kwh, Valid: kwh != 0})
	}
	return append(v, d.SumOfParts, d.Simulated)
}

// civil returns the number of the day since 1970.
func (d *Day) civil() int64 { return dayOf(d.Date.Unix()) }

// dayRow is where rows of dayColumns are scanned to, each behind its day.
type dayRow struct {
	civil                 int64
	energies              [18]sql.NullFloat64
	tiers                 [heat.T5]sql.NullFloat64
	sumOfParts, simulated bool
}

// into lists where the columns go.
func (r *dayRow) into() []any {
	into := []any{&r.civil}
	for i := range r.energies {
		into = append(into, &r.energies[i])
	}
	for i := range r.tiers {
		into = append(into, &r.tiers[i])
	}
	return append(into, &r.sumOfParts, &r.simulated)
}

// day returns what was scanned.
func (r *dayRow) day(site string) Day {
	d := Day{Site: site, Date: time.Unix(r.civil*secondsPerDay, 0).UTC(), SumOfParts: r.sumOfParts, Simulated: r.simulated}
	for i, a := range d.amounts() {
		*a = Amount{r.energies[3*i].Float64, r.energies[3*i+1].Float64, r.energies[3*i+2].Float64}
	}
	for i := range r.tiers {
		d.ByTier[i] = r.tiers[i].Float64
	}
	return d
}

// storedDays reads the site's days of the table from the first to the last,
// in order.
func (s *siteView) storedDays(ctx context.Context, first, last int64) ([]Day, error) {
	rows, err := s.tx.QueryContext(ctx, "SELECT day, "+dayColumns+" FROM balance WHERE site = ? AND day BETWEEN ? AND ? ORDER BY day", s.id, first, last)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var r dayRow
	into := r.into()
	days := make([]Day, 0, min(last-first+1, 366)) // a year at once is common
	for rows.Next() {
		if err := rows.Scan(into...); err != nil {
			return nil, err
		}
		days = append(days, r.day(s.name))
	}
	return days, rows.Err()
}

// putDays replaces the site's days of the table in the given spans of days.
func (w *writer) putDays(ctx context.Context, site int64, spans []dayRun, days []Day) (err error) {
	for _, s := range spans {
		if _, err := w.conn.ExecContext(ctx, "DELETE FROM balance WHERE site = ? AND day BETWEEN ? AND ?", site, s.first, s.last); err != nil {
			return err
		}
	}
	if len(days) == 0 {
		return nil
	}
	insert, err := w.conn.PrepareContext(ctx, "INSERT INTO balance (site, day, "+dayColumns+") VALUES (?, ?"+strings.Repeat(", ?", dayWidth)+")")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, insert.Close()) }()
	for i := range days {
		if _, err := insert.ExecContext(ctx, append([]any{site, days[i].civil()}, days[i].values()...)...); err != nil {
			return err
		}
	}
	return nil
}
