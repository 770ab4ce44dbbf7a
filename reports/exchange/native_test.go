package exchange

import (
	"bytes"
	"encoding/csv"
	"testing"
)

func TestNativeStepsShowAGapAsAnEmptyCell(t *testing.T) {
	rows, err := csv.NewReader(bytes.NewReader(seriesFile(t, "native", "en"))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if len(rows) != 4 {
		t.Fatalf("%d rows, want a head and three steps", len(rows))
	}
	column := map[string]int{}
	for i, name := range rows[0] {
		column[name] = i
	}
	cell := func(row int, name string) string { return rows[row][column[name]] }
	const power = "heat.thermal_energy_kw"
	for _, c := range []struct {
		row        int
		name, want string
	}{
		{1, "time_utc_plus_1", "2024-02-28 01:00:00"}, {1, "length_s", "600"},
		{1, power, "800.000"}, {1, "heat.thermal_energy_coverage", "0.500"}, // 240 MJ in half of 600 s
		{2, power, ""}, {2, "heat.thermal_energy_coverage", "0.000"}, {2, "heat.supply_temperature_c", "45.100"},
		{3, power, "800.000"}, {3, "heat.supply_temperature_c", ""}, {3, "heat.supply_temperature_coverage", ""},
		{3, "simulated", "true"}, {1, "estimated", "true"}, {2, "estimated", "false"},
	} {
		if got := cell(c.row, c.name); got != c.want {
			t.Errorf("row %d, %s: %q, want %q", c.row, c.name, got, c.want)
		}
	}
	if _, ok := column["hall.electric_power_kw"]; ok {
		t.Error("with a heat meter at the tap, the hall's electricity is not behind the heat")
	}
}
