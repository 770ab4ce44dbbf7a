package heat

import (
	"math"
	"testing"
	"time"

	"thermie/interval"
)

func TestDailyProfile(t *testing.T) {
	p, ok := ProfileByID("MFH")
	if !ok {
		t.Fatal("no MFH")
	}
	for celsius, want := range map[float64]float64{-5: 2.068740, 0: 1.711355, 8: 1.000000, 15: 0.399637, 25: 0.160735} {
		near(t, "h", p.Daily(interval.Celsius(celsius)), want, 2e-6)
	}
	for _, p := range profiles {
		near(t, p.ID+" is 1 at 8 °C", p.Daily(interval.Celsius(8)), 1, 1e-6)
	}
	if _, ok := ProfileByID("EFH"); ok {
		t.Error("a profile of another set")
	}
}

func TestAllocationTemperature(t *testing.T) {
	near(t, "°C", AllocationTemperature(interval.Celsius(4), interval.Celsius(8), interval.Celsius(12), interval.Celsius(16)).Celsius(), (4+4+3+2)/1.875, 1e-9)
}

// The hours of a day share out the whole day; for commerce the weekdays'
// factors stand in the same table, and it is the week that is whole.
func TestHourSharesAreWhole(t *testing.T) {
	for id, table := range hourShares() {
		if want := map[string]int{"SFH": 24, "MFH": 24, "COM": 168}[id]; len(table) != want {
			t.Fatalf("%s has %d rows", id, len(table))
		}
		for class := range 10 {
			sum := 0.0
			for _, row := range table {
				sum += row[class]
			}
			near(t, id, 24*sum/float64(len(table)), 1, 2e-3)
		}
	}
}

func TestProfileDemand(t *testing.T) {
	p, _ := ProfileByID("COM")
	outdoor := typicalYear(t, "H1a")
	start := time.Date(2001, 1, 1, 0, 0, 0, 0, cet)
	demand, err := p.Demand(20*interval.GigawattHour, outdoor, start)
	if err != nil {
		t.Fatal(err)
	}
	var sum interval.Energy
	for _, d := range demand {
		sum += d.For(time.Hour)
	}
	near(t, "MWh", sum.MWh(), 20000, 1e-9)
	if _, err := p.Demand(1, outdoor[:8759], start); err == nil {
		t.Error("8,759 hours accepted")
	}
	outdoor[100] = interval.Temperature(math.NaN())
	if _, err := p.Demand(1, outdoor, start); err == nil {
		t.Error("an unknown temperature accepted")
	}
}
