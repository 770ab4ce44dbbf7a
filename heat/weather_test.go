package heat

import (
	"compress/gzip"
	"encoding/csv"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"thermie/interval"
)

// tables keeps the files that were read, by name.
var tables sync.Map

// table reads a CSV file among the configurations' data, where its origin is
// written down.
func table(t testing.TB, name string) [][]string {
	t.Helper()
	if rows, ok := tables.Load(name); ok {
		return rows.([][]string)
	}
	f, err := os.Open("../configs/data/" + name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var from io.Reader = f
	if strings.HasSuffix(name, ".gz") {
		if from, err = gzip.NewReader(f); err != nil {
			t.Fatal(err)
		}
	}
	rows, err := csv.NewReader(from).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	tables.Store(name, rows)
	return rows
}

// columns returns the named columns of a table.
func columns(t testing.TB, name string, columns ...string) [][]float64 {
	t.Helper()
	rows := table(t, name)
	out := make([][]float64, len(columns))
	for c, column := range columns {
		at := slices.Index(rows[0], column)
		if at < 0 {
			t.Fatalf("%s has no column %s", name, column)
		}
		for _, row := range rows[1:] {
			v, err := strconv.ParseFloat(row[at], 64)
			if err != nil {
				t.Fatal(err)
			}
			out[c] = append(out[c], v)
		}
	}
	return out
}

// typicalYear reads the dry-bulb temperatures of an RT2012 zone.
func typicalYear(t testing.TB, zone string) []interval.Temperature {
	t.Helper()
	celsius := columns(t, "rt2012_hourly_8zones.csv.gz", zone+"_tdry_c")[0]
	year := make([]interval.Temperature, len(celsius))
	for h, c := range celsius {
		year[h] = interval.Celsius(c)
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
