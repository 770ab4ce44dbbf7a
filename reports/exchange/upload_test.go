package exchange

import (
	"encoding/csv"
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// readNPro reads a file as nPro's upload describes it: one value a line,
// point or comma, none negative, one an hour of a year without 29 February.
func readNPro(t *testing.T, text string, hours int) (kilowattHours float64) {
	t.Helper()
	lines := strings.Split(strings.TrimSuffix(text, "\n"), "\n")
	if len(lines) != hours {
		t.Fatalf("%d lines", len(lines))
	}
	for i, line := range lines {
		v, err := strconv.ParseFloat(strings.Replace(line, ",", ".", 1), 64)
		if err != nil || v < 0 || math.IsInf(v, 0) {
			t.Fatalf("line %d: %q: %v", i+1, line, err)
		}
		kilowattHours += v
	}
	return kilowattHours
}

func TestNProReadsTheYear(t *testing.T) {
	s := sampleSeries("fr")
	hours, _, err := s.Filled()
	if err != nil {
		t.Fatal(err)
	}
	year, want := s.withoutLeapDay(hours), 0.0
	for _, h := range year {
		want += h.Power.Kilowatts()
	}
	if got := readNPro(t, string(seriesFile(t, "npro", "fr")), len(year)); math.Abs(got-want) > 0.0005*float64(len(year)) {
		t.Errorf("%g kWh, the series has %g", got, want)
	}
}

// inBrackets is what THERMOS drops from a column's head.
var inBrackets = regexp.MustCompile(`\s*[(?].*$`)

// readTHERMOS reads rows of the tab of supply plants as the application does:
// by their heads, without what stands in brackets; efficiencies in per cent.
func readTHERMOS(t *testing.T, text string) (plants []map[string]string) {
	t.Helper()
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(text, "\ufeff"))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range rows[1:] {
		plant := map[string]string{}
		for i, head := range rows[0] {
			plant[strings.ToLower(inBrackets.ReplaceAllString(head, ""))] = row[i]
		}
		plants = append(plants, plant)
	}
	return plants
}

func TestTHERMOSReadsTheSupply(t *testing.T) {
	s := sampleSeries("fr")
	plants := readTHERMOS(t, string(seriesFile(t, "thermos", "fr")))
	if len(plants) == 0 {
		t.Fatal("no supply")
	}
	number := func(plant map[string]string, key string) float64 {
		v, err := strconv.ParseFloat(plant[key], 64)
		if err != nil {
			t.Fatalf("%s: %v", key, err)
		}
		return v
	}
	source := plants[0]
	if capacity := number(source, "capacity"); math.Abs(capacity-s.Firm().Year.P90.Kilowatts()) > 0.05 || number(source, "heat efficiency") != 100 {
		t.Errorf("the source: %v", source)
	}
	for _, plant := range plants {
		if plant["name"] == "" || plant["fuel"] == "" || plant["chp"] != "FALSE" || number(plant, "capacity") <= 0 {
			t.Errorf("a plant that THERMOS would refuse: %v", plant)
		}
	}
}
