package heat

import "thermie/interval"

// Tap is a place of the cooling chain where heat can be drawn.
type Tap struct {
	ID             string
	Capture        float64 // share of the room's heat that arrives there (f_cap)
	Low, High      float64 // its limits
	Mark           Mark
	Source         string
	Supply, Return interval.Temperature // where no sensor and no statement says them
}

// Taps returns the table of taps (METHODS.md F1), hottest use last.
func Taps() []Tap { return taps }

// TapByID returns the tap of that id.
func TapByID(id string) (Tap, bool) {
	for _, t := range taps {
		if t.ID == id {
			return t, true
		}
	}
	return Tap{}, false
}

// taps: limits are ±0.10 around the default where the source gives none.
// Temperatures are prudent values within the ranges of METHODS.md F1.
var taps = []Tap{
	{"return_air", 0.80, 0.60, 0.90, Unconfirmed, "heat drawn from the halls' return air through a water coil",
		interval.Celsius(30), interval.Celsius(20)},
	{"chilled_water_return", 0.90, 0.80, 0.95, Unconfirmed, "real chilled-water year, mean 20.2 °C, P5 17.8, P95 21.9",
		interval.Celsius(20), interval.Celsius(12)},
	{"rear_door", 0.90, 0.70, 1.00, Unconfirmed, "rear-door exchangers, 20–30 °C",
		interval.Celsius(25), interval.Celsius(18)},
	{"direct_to_chip", 0.85, 0.75, 0.95, Verified, "aidatacenterguide 5.4: 10–20 % of the heat stays in the air; water 45–55 °C",
		interval.Celsius(45), interval.Celsius(35)},
	{"immersion", 0.95, 0.85, 1.00, Unconfirmed, "immersion baths, 45–65 °C",
		interval.Celsius(50), interval.Celsius(40)},
	{"condenser", 1.00, 0.90, 1.00, Verified, "heat-recovery chillers; Val d'Europe delivers 53–55 °C",
		interval.Celsius(53), interval.Celsius(43)},
}
