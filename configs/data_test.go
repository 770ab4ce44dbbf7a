package configs

import (
	"bufio"
	"os"
	"strings"
	"testing"
)

func TestTheDataSetsAreWholeAndTheirOriginIsTold(t *testing.T) {
	origin, err := os.ReadFile("data/ORIGIN.md")
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]struct {
		lines int
		first string
	}{
		MeasuredDay:  {264, "sample,time_day_fraction,"},
		ServerLoad:   {15283, "\ufeffname\ttimestamp\tpowerave"},
		TypicalYear:  {8761, "hour_of_year,H1a_tdry_c,"},
		HeatNetworks: {1033, "network_id,departement,name,"},
	} {
		f, err := Open(name)
		if err != nil {
			t.Error(err)
			continue
		}
		lines := bufio.NewScanner(f)
		count, first := 0, ""
		for lines.Scan() {
			if count++; count == 1 {
				first = lines.Text()
			}
		}
		if err := lines.Err(); err != nil {
			t.Error(err)
		}
		if err := f.Close(); err != nil {
			t.Error(err)
		}
		if count != want.lines || !strings.HasPrefix(first, want.first) {
			t.Errorf("%s: %d lines, first %.40q", name, count, first)
		}
		if !strings.Contains(string(origin), name) {
			t.Errorf("ORIGIN.md does not say where %s comes from", name)
		}
	}
	if _, err := Open("weather.csv"); err == nil || !strings.Contains(err.Error(), "weather.csv") {
		t.Errorf("a data set that is not there: %v", err)
	}
}
