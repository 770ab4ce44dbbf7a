package store

import (
	"context"
	"fmt"
	"time"

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

// totalsQuery adds the table up by site. Unknown days count for nothing,
// neither as energy nor as time.
const totalsQuery = `SELECT site.name, count(*),
 total(e_dc_kwh), total(e_dc_coverage), total(e_it_kwh), total(e_it_coverage), total(cooling_kwh), total(cooling_coverage),
 total(rejected_kwh), total(rejected_coverage), total(handed_over_kwh), total(handed_over_coverage),
 total(recoverable_kwh), total(recoverable_coverage),
 total(recoverable_t1_kwh), total(recoverable_t2_kwh), total(recoverable_t3_kwh), total(recoverable_t4_kwh), total(recoverable_t5_kwh),
 max(simulated)
 FROM site JOIN balance ON balance.site = site.id WHERE balance.day BETWEEN ? AND ? GROUP BY site.id ORDER BY site.name`

// Totals implements Store.
func (e *Embedded) Totals(ctx context.Context, from, to time.Time) (totals []Total, stale int, err error) {
	defer func() {
		if err != nil {
			err = fmt.Errorf("read balances of all sites: %w", err)
		}
	}()
	first, last := civilRange(from, to)
	if err := e.read.QueryRowContext(ctx, "SELECT count(*) FROM stale WHERE day BETWEEN ? AND ?", first-1, last+1).Scan(&stale); err != nil {
		return nil, 0, err
	}
	rows, err := e.read.QueryContext(ctx, totalsQuery, first, last)
	if err != nil {
		return nil, 0, err
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
			return nil, 0, err
		}
		totals = append(totals, t)
	}
	return totals, stale, rows.Err()
}
