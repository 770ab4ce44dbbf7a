package disclosure

import (
	"testing"
	"time"
)

// A large territory takes seconds: 300 sites, 40 operators, 5 horizons. The
// best of three counts, for a machine that is busy with other tests.
func TestALargeTerritoryTakesSeconds(t *testing.T) {
	for _, d := range []territory{
		{operators: 40, sites: 300, communes: 60, epcis: 4, classes: 3, horizons: 5},
		{operators: 40, sites: 300, communes: 60, epcis: 4, classes: 3, horizons: 5, dominant: 90},
	} {
		table := d.table(t, 1)
		best := time.Hour
		for try := 0; try < 3 && best > 5*time.Second; try++ {
			start := time.Now()
			p, err := Protect(table, Public, "")
			if err != nil {
				t.Fatal(err)
			}
			best = min(best, time.Since(start))
			t.Logf("%v: %d of %d cells shown, %d amounts proven against %d attackers", best, count(p, Shown), len(p.Cells), len(p.Verdict.Protected), p.Verdict.Attackers)
		}
		if best > 5*time.Second {
			t.Errorf("took %v", best)
		}
	}
}

// Most communes with one or two operators, five classes: the hard shape.
func BenchmarkThinTerritory(b *testing.B) {
	table := territory{operators: 40, sites: 300, communes: 150, epcis: 12, classes: 5, horizons: 5}.table(b, 1)
	for b.Loop() {
		if _, err := Protect(table, Public, ""); err != nil {
			b.Fatal(err)
		}
	}
}
