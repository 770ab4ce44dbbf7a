package heat

import (
	"testing"
	"time"

	"thermie/interval"
)

func TestDegreeDayOfOneDay(t *testing.T) {
	low, high := interval.Celsius(10), interval.Celsius(20)
	near(t, "meteo", MeteoDegreeDay(DegreeDayBase, low, high), 3.000, 1e-9)
	near(t, "COSTIC", CosticDegreeDay(DegreeDayBase, low, high), 3.328, 1e-9)
	near(t, "warm", 1+CosticDegreeDay(DegreeDayBase, interval.Celsius(19), interval.Celsius(30)), 1, 1e-12)
	near(t, "cold", CosticDegreeDay(DegreeDayBase, interval.Celsius(0), interval.Celsius(10)), 13, 1e-9)
}

func TestDegreeDaysOfTypicalYears(t *testing.T) {
	start := time.Date(2001, 1, 1, 0, 0, 0, 0, cet) // a year whose first of January is a Monday
	for zone, want := range map[string][2]float64{
		"H1a": {2295, 2384}, "H1b": {2500, 2606}, "H1c": {2202, 2280}, "H2a": {2216, 2305},
		"H2b": {1939, 2040}, "H2c": {1895, 2017}, "H3": {1302, 1343},
	} {
		outdoor := typicalYear(t, zone)
		near(t, zone+" meteo", DegreeDays(outdoor, start, DegreeDayBase, MeteoDegreeDay, nil), want[0], 3e-4)
		near(t, zone+" COSTIC", DegreeDays(outdoor, start, DegreeDayBase, CosticDegreeDay, nil), want[1], 3e-4)
	}
	outdoor := typicalYear(t, "H1a")
	near(t, "H1a season, meteo", DegreeDays(outdoor, start, DegreeDayBase, MeteoDegreeDay, HeatingSeason), 2129, 3e-4)
	near(t, "H1a season, COSTIC", DegreeDays(outdoor, start, DegreeDayBase, CosticDegreeDay, HeatingSeason), 2141, 3e-4)
}

func TestNormalisedYear(t *testing.T) {
	// 20 GWh in a year of 1,900 degree days, 2,100 being normal, 30 % base.
	near(t, "GWh", NormaliseDemand(20*interval.GigawattHour, 0.30, 1900, 2100).MWh()/1000, 20*(0.3+0.7*2100/1900), 1e-12)
	near(t, "a normal year stays", NormaliseDemand(20*interval.GigawattHour, 0.30, 2100, 2100).MWh(), 20000, 1e-12)
}
