package probe

import (
	"fmt"
	"math"

	"thermie/agent/modbus"
	"thermie/configs"
	"thermie/interval"
)

// Verdict is what to think of a register's value.
type Verdict string

// The verdicts. A plausible value may still be wrong: the physics tells more.
const (
	Plausible Verdict = "plausible"
	Suspect   Verdict = "suspect"
	NoValue   Verdict = "no value"
	Unread    Verdict = "not read"
	NotJudged Verdict = "not judged" // a code, a name, a serial number
)

// span is what a quantity can be in a data center; beyond, it is more likely
// that the register is read wrongly.
type span struct{ low, high float64 }

func (s span) holds(v float64) bool { return v >= s.low && v <= s.high }

// kindSpans are in the reading unit of the kind.
var kindSpans = map[interval.Kind]span{
	interval.ElectricPower:      {-200e6, 200e6},
	interval.ThermalPower:       {-200e6, 200e6},
	interval.ElectricEnergy:     {0, 100e9 * 3.6e6}, // 100 TWh
	interval.ThermalEnergy:      {0, 100e9 * 3.6e6},
	interval.WaterVolume:        {0, 1e9},
	interval.VolumeFlowRate:     {0, 5},
	interval.SupplyTemperature:  {243.15, 403.15}, // -30 to 130 °C
	interval.ReturnTemperature:  {243.15, 403.15},
	interval.AirTemperature:     {243.15, 353.15},
	interval.OutdoorTemperature: {233.15, 333.15},
	interval.RackOutTemperature: {263.15, 373.15},
	interval.RelativeHumidity:   {0, 1},
	interval.OutdoorHumidity:    {0, 1},
}

// unitSpans judge what is shown only.
var unitSpans = map[string]span{
	"V": {80, 1100}, "kV": {0.08, 100}, "A": {0, 10000}, "Hz": {45, 65}, "%": {-1, 101},
	"°C": {-40, 150}, "K": {-100, 150}, "kvar": {-1e5, 1e5}, "kVA": {0, 2e5}, "var": {-1e8, 1e8}, "VA": {0, 2e8},
	"W": {-2e8, 2e8}, "kW": {-2e5, 2e5}, "Wh": {0, 1e14}, "kWh": {0, 1e11}, "MWh": {0, 1e8},
}

// least is the smallest magnitude that a meter shows, other than zero. A float
// whose words are swapped is often far below it.
const least = 1e-5

// plausible judges a value, and says in which other order of words it would
// make more sense.
func plausible(r configs.Register, a modbus.Answer) (Verdict, string) {
	s, judged := spanOf(r, a.Unit)
	if !judged {
		return NotJudged, ""
	}
	if fits(s, r, a) {
		return Plausible, ""
	}
	reason := fmt.Sprintf("%.6g %s is not to be expected", a.Value, a.Unit)
	for _, other := range inOtherOrders(r, a) {
		if fits(s, r, other.answer) {
			return Suspect, fmt.Sprintf("%s; %s it would be %.6g %s", reason, other.order, other.answer.Value, a.Unit)
		}
	}
	return Suspect, reason
}

// spanOf returns what the register can show, in the unit of its answer or of
// its kind.
func spanOf(r configs.Register, unit string) (span, bool) {
	if s, known := kindSpans[r.Kind]; known {
		return s, true
	}
	s, known := unitSpans[unit]
	return s, known
}

// fits reports whether a value lies in the span.
func fits(s span, r configs.Register, a modbus.Answer) bool {
	if a.Value != 0 && math.Abs(a.Value) < least {
		return false
	}
	return s.holds(si(r, a))
}

// si is a value in the reading unit of its kind; as it stands where it has no
// kind.
func si(r configs.Register, a modbus.Answer) float64 {
	toSI, err := configs.UnitFor(r.Kind, a.Unit)
	if err != nil {
		return a.Value
	}
	return toSI.SI(a.Value)
}

// otherOrder is a value read in another order of words or bytes.
type otherOrder struct {
	order  string
	answer modbus.Answer
}

// inOtherOrders reads an answer in the orders that the template does not say.
func inOtherOrders(r configs.Register, a modbus.Answer) (all []otherOrder) {
	for _, order := range []struct{ words, bytes, name string }{
		{"big", "big", "with the high word first"}, {"little", "big", "with the low word first"},
		{"big", "little", "with the low byte first"}, {"little", "little", "with the low word and byte first"},
	} {
		swapped := r
		swapped.WordOrder, swapped.ByteOrder = order.words, order.bytes
		value, ok := modbus.Decode(a.Raw, swapped)
		if !ok || value == a.Value || r.Words() < 2 && order.words == "little" {
			continue
		}
		other := a
		other.Value = value
		all = append(all, otherOrder{order.name, other})
	}
	return all
}
