package heat

import (
	"strings"

	"thermie/interval"
)

// The taps that a formula singles out.
const (
	returnAir    = "return_air"
	directToChip = "direct_to_chip"
	immersion    = "immersion"
	condenser    = "condenser"
)

// Tap is a place of the cooling chain where heat can be drawn.
type Tap struct {
	ID             string
	Capture        float64 // share of the room's heat that arrives there (f_cap)
	Low, High      float64 // its limits
	Mark           Mark    // of the default; the limits of most are « à confirmer »
	Source         string
	Supply, Return interval.Temperature // where no sensor and no statement says them
}

// taps: limits are ±0.10 around the default where the source gives none,
// and never above 1. Temperatures are prudent values within the published
// ranges.
//
// Method: F1.
var taps = []Tap{
	{returnAir, 0.80, 0.60, 0.90, Unconfirmed, "return air of the halls, 30–40 °C, drawn through a water coil",
		interval.Celsius(30), interval.Celsius(20)},
	{"chilled_water_return", 0.90, 0.80, 0.95, Unconfirmed, "a real chilled-water year: mean 20.2 °C, P5 17.8, P95 21.9",
		interval.Celsius(20), interval.Celsius(12)},
	{"rear_door", 0.90, 0.70, 1.00, Unconfirmed, "rear-door exchangers, 20–30 °C",
		interval.Celsius(25), interval.Celsius(18)},
	{directToChip, 0.85, 0.75, 0.95, Verified, "10–20 % of the heat stays in the air (aidatacenterguide 5.4); water at 45–55 °C",
		interval.Celsius(45), interval.Celsius(35)},
	{immersion, 0.95, 0.85, 1.00, Unconfirmed, "immersion baths, 45–65 °C",
		interval.Celsius(50), interval.Celsius(40)},
	{condenser, 1.00, 0.90, 1.00, Verified, "heat-recovery chillers: Val d'Europe delivers 53–55 °C",
		interval.Celsius(53), interval.Celsius(43)},
}

// Taps returns the table of taps.
func Taps() []Tap { return append([]Tap(nil), taps...) }

// TapByID returns the tap of that id.
func TapByID(id string) (Tap, bool) {
	for _, t := range taps {
		if t.ID == id {
			return t, true
		}
	}
	return Tap{}, false
}

// tapNames lists the ids for a message.
func tapNames() string {
	names := make([]string, len(taps))
	for i, t := range taps {
		names[i] = t.ID
	}
	return strings.Join(names, ", ")
}

// unknownTap are the temperatures of the coolest use, where neither site nor
// tap says any.
var unknownTap = Tap{Supply: interval.Celsius(20), Return: interval.Celsius(12)}

// statedConditions returns the temperatures at the tap as the site states
// them, else those of its tap.
func statedConditions(site interval.Site) conditions {
	if site.SupplyC > site.ReturnC && site.SupplyC < 150 {
		return conditions{interval.Celsius(site.SupplyC), interval.Celsius(site.ReturnC)}
	}
	tap, known := TapByID(site.Tap)
	if !known {
		tap = unknownTap
	}
	return conditions{tap.Supply, tap.Return}
}
