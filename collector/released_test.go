package collector

import (
	"context"
	"math"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// A site that was released by the month has hours, days and a place in the
// totals here: its months, spread evenly, and after the revocation none.
func TestHoursDaysAndTotalsOfAReleasedSite(t *testing.T) {
	operator, town := newHouse(t, ""), newHouse(t, territory)
	operator.aYear()
	dir := t.TempDir()
	file, notice := filepath.Join(dir, "hall-1.json"), filepath.Join(dir, "notice")
	extract := operator.must(CmdRelease, "prepare", "-site", "hall-1", "-to", "authority:999000012", "-year", "2025")
	if err := os.WriteFile(file, []byte(extract+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	operator.must(CmdRelease, "sign", file)
	town.must(CmdRelease, "trust", "-key", operator.must(CmdRelease, "key"), "-holder", "Exemple", "-site", "hall-1")
	operator.must(CmdRelease, "send", "-url", town.url, file+".signed")

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
