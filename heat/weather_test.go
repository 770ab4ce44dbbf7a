package heat

import (
	"encoding/csv"
	"os"
	"slices"
	"strconv"
	"testing"

	"thermie/interval"
)

// typicalYear reads the dry-bulb temperatures of an RT2012 zone.
func typicalYear(t testing.TB, zone string) []interval.Temperature {
	t.Helper()
	f, err := os.Open("testdata/rt2012_hourly_8zones.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	column := slices.Index(rows[0], zone+"_tdry_c")
	year := make([]interval.Temperature, 0, len(rows)-1)
	for _, row := range rows[1:] {
		celsius, err := strconv.ParseFloat(row[column], 64)
		if err != nil {
			t.Fatal(err)
		}
		year = append(year, interval.Celsius(celsius))
	}
	return year
}

// near fails the test unless got is within rel of want.
func near(t testing.TB, what string, got, want, rel float64) {
	t.Helper()
	if diff := got - want; !(diff <= rel*abs(want) && -diff <= rel*abs(want)) {
		t.Errorf("%s = %.8g, want %.8g within %g %%", what, got, want, 100*rel)
	}
}

func abs(v float64) float64 { return max(v, -v) }
