package store

import (
	"context"
	"math"

	"thermie/heat"
)

// The sums of the balances by month stand beside them: a nation's year is
// 120,000 rows instead of 3.65 million. Whoever writes balances writes them
// too, in the same transaction.

// monthSums are the columns of month_sum.
const monthSums = `sum(days),
 total(e_dc_kwh), total(e_dc_days), total(e_it_kwh), total(e_it_days), total(cooling_kwh), total(cooling_days),
 total(rejected_kwh), total(rejected_days), total(handed_over_kwh), total(handed_over_days),
 total(recoverable_kwh), total(recoverable_days),
 total(recoverable_t1_kwh), total(recoverable_t2_kwh), total(recoverable_t3_kwh), total(recoverable_t4_kwh), total(recoverable_t5_kwh),
 max(simulated)`

// monthOfDay returns the month of a civil day, in months since 1970.
func monthOfDay(civil int64) int64 { return monthOf(civil * secondsPerDay) }

// daysOfMonth returns the first and the last civil day of a month.
func daysOfMonth(month int64) (first, last int64) {
	at := monthSpan(month)
	return dayOf(at.from), dayOf(at.to) - 1
}

// sumMonths adds the months of a site up anew in which the days lie.
func (w *writer) sumMonths(ctx context.Context, site int64, spans []dayRun) error {
	summed := int64(-1)
	for _, days := range spans { // in order
		for month := max(summed+1, monthOfDay(days.first)); month <= monthOfDay(days.last); month++ {
			if err := w.sumMonth(ctx, site, month); err != nil {
				return err
			}
			summed = month
		}
	}
	return nil
}

func (w *writer) sumMonth(ctx context.Context, site, month int64) error {
	if _, err := w.conn.ExecContext(ctx, "DELETE FROM month_sum WHERE site = ? AND month = ?", site, month); err != nil {
		return err
	}
	first, last := daysOfMonth(month)
	_, err := w.conn.ExecContext(ctx, "INSERT INTO month_sum SELECT site, ?, "+dailySums+" FROM balance WHERE site = ? AND day BETWEEN ? AND ? GROUP BY site",
		month, site, first, last)
	return err
}

// dropSums removes what balances before a day had in the sums.
func (w *writer) dropSums(ctx context.Context, first int64) error {
	month := monthOfDay(first)
	sites, err := numbers(ctx, w.conn, "SELECT site FROM month_sum WHERE month = ?", month)
	if err != nil {
		return err
	}
	for _, site := range sites {
		if err := w.sumMonth(ctx, site, month); err != nil {
			return err
		}
	}
	_, err = w.conn.ExecContext(ctx, "DELETE FROM month_sum WHERE month < ?", month)
	return err
}

// verifySums compares the sums of a month with its balances.
func (s *siteView) verifySums(ctx context.Context, month int64, v *Verification) error {
	first, last := daysOfMonth(month)
	kept, err := totalsOf(ctx, s.tx, monthTotals+" AND site.id = ?", month, month, s.id)
	if err != nil {
		return err
	}
	want, err := totalsOf(ctx, s.tx, dayTotals+" AND site.id = ?", first, last, s.id)
	if err != nil {
		return err
	}
	if len(kept) != len(want) || len(kept) == 1 && !kept[0].near(&want[0]) {
		v.fault(restateHint, "the sums of %s, month of %s, are not those of its balances", s.name, dateOf(first))
	}
	return nil
}

// near reports whether two sums differ by no more than the order in which
// they were added up.
func (t *Total) near(u *Total) bool {
	close := func(a, b float64) bool { return math.Abs(a-b) <= 1e-12*max(math.Abs(a), math.Abs(b)) }
	for i, sum := range t.sums() {
		if of := u.sums()[i]; !close(sum.KWh, of.KWh) || !close(sum.Days, of.Days) {
			return false
		}
	}
	for tier := range heat.T5 {
		if !close(t.ByTier[tier], u.ByTier[tier]) {
			return false
		}
	}
	return t.Days == u.Days && t.Simulated == u.Simulated
}
