package store

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
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
 FROM site JOIN balance ON balance.site = site.id
 WHERE site.id > ? AND site.id <= ? AND balance.day BETWEEN ? AND ? GROUP BY site.id`

// totalsParts is how many parts of the sites are added up side by side.
const totalsParts = 4

// Totals implements Store.
func (e *Embedded) Totals(ctx context.Context, from, to time.Time) (totals []Total, stale int, err error) {
	first, last := civilRange(from, to)
	var sites int64
	query := "SELECT (SELECT count(*) FROM stale WHERE day BETWEEN ? AND ?), (SELECT coalesce(max(id), 0) FROM site)"
	if err := e.read.QueryRowContext(ctx, query, first-1, last+1).Scan(&stale, &sites); err != nil {
		return nil, 0, fmt.Errorf("read balances of all sites: %w", err)
	}
	var parts [totalsParts][]Total
	var errs [totalsParts]error
	var all sync.WaitGroup
	for i := range parts {
		all.Go(func() {
			after, upTo := sites*int64(i)/totalsParts, sites*int64(i+1)/totalsParts
			parts[i], errs[i] = e.totalsOf(ctx, after, upTo, first, last)
		})
	}
	all.Wait()
	if err := errors.Join(errs[:]...); err != nil {
		return nil, 0, fmt.Errorf("read balances of all sites: %w", err)
	}
	totals = slices.Concat(parts[:]...)
	slices.SortFunc(totals, func(a, b Total) int { return cmp.Compare(a.Site, b.Site) })
	return totals, stale, nil
}

// totalsOf adds up the sites with ids from after+1 to upTo.
func (e *Embedded) totalsOf(ctx context.Context, after, upTo, first, last int64) (totals []Total, err error) {
	rows, err := e.read.QueryContext(ctx, totalsQuery, after, upTo, first, last)
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
