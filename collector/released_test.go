package collector

import (
	"context"
	"math"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"thermie/collector/store"
	"thermie/interval"
)

// A site that was released by the month has hours, days and a place in the
// totals here: its months, spread evenly, and after the revocation none.
func TestHoursDaysAndTotalsOfAReleasedSite(t *testing.T) {
	operator, town := newHouse(t, ""), newHouse(t, territory)
	operator.aYear()
	town.trusts(operator)
	operator.releases(town, "-to", "authority:999000012", "-year", "2025")

	notice := filepath.Join(t.TempDir(), "notice")
	ctx, kept := context.Background(), released{town.store, town.rights}
	july := time.Date(2025, 7, 1, 0, 0, 0, 0, time.UTC)
	want := func(when string, hours, days int) {
		t.Helper()
		gotHours, err := kept.Hours(ctx, "hall-1", july, july.AddDate(0, 0, 10))
		if err != nil || len(gotHours) != hours || hours > 0 && math.Abs(gotHours[0].SI-100*3.6e6) > 1 {
			t.Errorf("%s: %d hours, %v", when, len(gotHours), err)
		}
		gotDays, err := kept.Days(ctx, "hall-1", july, july.AddDate(0, 0, 10))
		if err != nil || len(gotDays) != days || days > 0 && math.Abs(gotDays[0].Rejected.KWh-2400) > 1e-6 {
			t.Errorf("%s: days %+v, %v", when, gotDays, err)
		}
		totals, stale, err := kept.Totals(ctx, july, july.AddDate(0, 0, 10))
		if err != nil || stale != 0 || len(totals) != min(days, 1) || days > 0 && math.Abs(totals[0].Rejected.KWh-24000) > 1e-6 {
			t.Errorf("%s: totals %+v, %d stale, %v", when, totals, stale, err)
		}
	}
	want("released", 240, 10)
	operator.must(CmdRelease, "revoke", "-site", "hall-1", "-to", "authority:999000012", "-out", notice)
	operator.must(CmdRelease, "send", "-url", town.url, notice)
	want("revoked", 0, 0)
}

// knows2025 is what a collector knows of hall-1 in 2025, read and walked.
func (h *house) knows2025() (recs []interval.Record) {
	h.t.Helper()
	kept := released{h.store, h.rights}
	recs, err := kept.Records(context.Background(), "hall-1", time.Date(2024, 12, 31, 23, 0, 0, 0, time.UTC), time.Date(2025, 12, 31, 23, 0, 0, 0, time.UTC))
	if err != nil {
		h.t.Fatal(err)
	}
	var walked []interval.Record
	err = kept.Walk(context.Background(), "hall-1", func(r *interval.Record) error {
		walked = append(walked, *r)
		return nil
	})
	if err != nil || !slices.EqualFunc(walked, recs, interval.Record.Same) {
		h.t.Errorf("%d intervals are walked, %d read, %v", len(walked), len(recs), err)
	}
	return recs
}

func heatOf(recs []interval.Record) (joules float64) {
	for _, r := range recs {
		joules += r.SI
	}
	return joules
}

// The same year released to two audiences is one year: by the month to both,
// or to one of them by the hour.
func TestAYearReleasedTwiceCountsOnce(t *testing.T) {
	operator, town := newHouse(t, ""), newHouse(t, territory)
	operator.aYear()
	town.trusts(operator)
	operator.releases(town, "-to", "authority:999000012", "-year", "2025")
	once := town.knows2025()
	if len(once) != 12 {
		t.Fatalf("%d months", len(once))
	}
	operator.releases(town, "-to", "engineer:C-1", "-year", "2025")
	if twice := town.knows2025(); !slices.EqualFunc(twice, once, interval.Record.Same) {
		t.Errorf("released to two, the year has %d intervals of %.0f J; to one, %d of %.0f J", len(twice), heatOf(twice), len(once), heatOf(once))
	}
	operator.releases(town, "-to", "engineer:C-2", "-year", "2025", "-fields", "name=once,heat=hour", "-expires", "2199-01-01")
	hours := town.knows2025()
	if len(hours) != 8760 || math.Abs(heatOf(hours)/heatOf(once)-1) > 1e-3 {
		t.Errorf("with its hours, the year has %d intervals of %.0f J, not %.0f J", len(hours), heatOf(hours), heatOf(once))
	}
	cards, err := released{town.store, town.rights}.Cards(context.Background(), "hall-1")
	if err != nil || len(cards) != 2 || cards[0].Place.Name != "Hall" {
		t.Errorf("the cards are %+v, %v", cards, err)
	}
}

// Of two releases that differ, the later one is believed.
func TestTheLaterOfTwoReleasesIsBelieved(t *testing.T) {
	operator, town := newHouse(t, ""), newHouse(t, territory)
	operator.aYear()
	town.trusts(operator)
	operator.releases(town, "-to", "authority:999000012", "-year", "2025")
	before := town.knows2025()
	begin := time.Date(2025, 1, 10, 0, 0, 0, 0, time.UTC).Unix()
	corrected := with(rec(begin, 60*3.6e6), func(r *interval.Record) {
		r.Site, r.Meter, r.Kind, r.Length, r.Rev, r.Flags = "hall-1", "heat", interval.ThermalEnergy, 3600, 1, r.Flags|interval.Simulated
	})
	if err := operator.store.Append(context.Background(), store.Batch{Records: []interval.Record{corrected}}); err != nil {
		t.Fatal(err)
	}
	operator.releases(town, "-to", "engineer:C-1", "-year", "2025")
	after := town.knows2025()
	if lower := (before[0].SI - after[0].SI) / 3.6e6; math.Abs(lower-40) > 0.5 {
		t.Errorf("January is %.1f kWh lower after a correction by 40 kWh", lower)
	}
}
