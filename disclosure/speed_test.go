package disclosure

import (
	"testing"
	"time"
)

// A large territory: 300 sites, 40 operators, 5 horizons.
func TestALargeTerritoryTakesSeconds(t *testing.T) {
	for _, d := range []territory{
		{operators: 40, sites: 300, communes: 60, epcis: 4, classes: 3, horizons: 5},
		{operators: 40, sites: 300, communes: 150, epcis: 12, classes: 5, horizons: 5},
		{operators: 40, sites: 300, communes: 60, epcis: 4, classes: 3, horizons: 5, dominant: 90},
	} {
		table := d.table(t, 1)
		start := time.Now()
		p, err := Protect(table, Public, "")
		if err != nil {
			t.Fatal(err)
		}
		took := time.Since(start)
		t.Logf("%v: %d of %d cells shown, %d amounts proven against %d attackers", took, count(p, Shown), len(p.Cells), len(p.Verdict.Protected), p.Verdict.Attackers)
		if took > 5*time.Second && !testing.Short() {
			t.Errorf("took %v", took)
		}
	}
}
