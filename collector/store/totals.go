package store

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"slices"
	"time"

	"thermie/collector/sqlite"
	"thermie/heat"
)

// Total is the sum of a site's daily balances.
type Total struct {
	Site string
	Days int // that have a balance

	Total, IT, Cooling   Sum
	Rejected, HandedOver Sum
	Recoverable          Sum
	ByTier               [heat.T5]float64 // kWh
	Simulated            bool
}

// Sum is an energy over several days. Its uncertainty is not the sum of
// theirs, systematic parts being shared, and is left to heat.NewBalance.
type Sum struct {
	KWh  float64
	Days float64 // for which KWh accounts
}

// sums lists the energies in the order of the table's columns.
func (t *Total) sums() []*Sum {
	return []*Sum{&t.Total, &t.IT, &t.Cooling, &t.Rejected, &t.HandedOver, &t.Recoverable}
}

// add enters a day.
func (t *Total) add(d *Day) {
	t.Days++
	t.Simulated = t.Simulated || d.Simulated
	for i, a := range d.amounts() {
		s := t.sums()[i]
		s.KWh, s.Days = s.KWh+a.KWh, s.Days+a.Coverage
	}
	for i, kwh := range d.ByTier {
		t.ByTier[i] += kwh
	}
}

// join enters the sums of other days of the site.
func (t *Total) join(u *Total) {
	t.Days += u.Days
	t.Simulated = t.Simulated || u.Simulated
	for i, s := range t.sums() {
		of := u.sums()[i]
		s.KWh, s.Days = s.KWh+of.KWh, s.Days+of.Days
	}
	for i, kwh := range u.ByTier {
		t.ByTier[i] += kwh
	}
}

// TotalOf adds days of one site up.
func TotalOf(site string, days []Day) Total {
	t := Total{Site: site}
	for i := range days {
		t.add(&days[i])
	}
	return t
}

// What adds whole months up, and single days; each takes the first and the
// last, and may be narrowed.
const (
	monthTotals = "SELECT site.name, " + monthSums + " FROM site JOIN month_sum ON month_sum.site = site.id WHERE month_sum.month BETWEEN ? AND ?"
	dayTotals   = "SELECT site.name, " + dailySums + " FROM site JOIN balance ON balance.site = site.id WHERE balance.day BETWEEN ? AND ?"
)

// Totals implements Store. Whole months come from their sums, the days that
// remain at either end from the balances.
func (e *Embedded) Totals(ctx context.Context, from, to time.Time) (totals []Total, stale int, err error) {
	first, last := civilRange(from, to)
	if last < first {
		return nil, 0, nil
	}
	tx, err := e.read.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return nil, 0, fmt.Errorf("read balances of all sites: %w", err)
	}
	defer tx.Rollback()
	query := "SELECT count(*) FROM stale WHERE day BETWEEN ? AND ?"
	if err := tx.QueryRowContext(ctx, query, first-1, last+1).Scan(&stale); err != nil {
		return nil, 0, fmt.Errorf("read balances of all sites: %w", err)
	}
	sites := map[string]int{}
	for _, part := range totalParts(first, last) {
		some, err := totalsOf(ctx, tx, part.query, part.first, part.last)
		if err != nil {
			return nil, 0, fmt.Errorf("read balances of all sites: %w", err)
		}
		for i := range some {
			if at, known := sites[some[i].Site]; known {
				totals[at].join(&some[i])
				continue
			}
			sites[some[i].Site] = len(totals)
			totals = append(totals, some[i])
		}
	}
	slices.SortFunc(totals, func(a, b Total) int { return cmp.Compare(a.Site, b.Site) })
	return totals, stale, nil
}

// totalPart is a query and what it is asked for.
type totalPart struct {
	query       string
	first, last int64
}

// totalParts divides a range of civil days into whole months and the rest.
func totalParts(first, last int64) (parts []totalPart) {
	// The first month that begins in the range, and the last that ends in it.
	from, to := monthOfDay(first-1)+1, monthOfDay(last+1)-1
	if from > to {
		return []totalPart{{dayTotals, first, last}}
	}
	begin, _ := daysOfMonth(from)
	_, end := daysOfMonth(to)
	parts = append(parts, totalPart{monthTotals, from, to})
	if first < begin {
		parts = append(parts, totalPart{dayTotals, first, begin - 1})
	}
	if end < last {
		parts = append(parts, totalPart{dayTotals, end + 1, last})
	}
	return parts
}

// totalsOf reads the totals of a query, without its GROUP BY.
func totalsOf(ctx context.Context, db sqlite.Querier, query string, args ...any) (totals []Total, err error) {
	rows, err := db.QueryContext(ctx, query+" GROUP BY site.id", args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var t Total
		into := []any{&t.Site, &t.Days}
		for _, s := range t.sums() {
			into = append(into, &s.KWh, &s.Days)
		}
		for i := range t.ByTier {
			into = append(into, &t.ByTier[i])
		}
		if err := rows.Scan(append(into, &t.Simulated)...); err != nil {
			return nil, err
		}
		totals = append(totals, t)
	}
	return totals, rows.Err()
}
