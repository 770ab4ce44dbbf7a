package interval

// Kind says what physical quantity a number is, never what it is for: that
// a meter counts the IT load is written in its card, so that a wrong
// boundary can be corrected for the past as well.
type Kind string

// The kinds that Thermie computes with. Others are stored and passed on.
const (
	ElectricEnergy Kind = "electric_energy" // from a counter
	ElectricPower  Kind = "electric_power"  // power, integrated to energy
	ThermalEnergy  Kind = "thermal_energy"  // from a heat meter's counter
	ThermalPower   Kind = "thermal_power"   // a heat meter's power, integrated
	CircuitHeat    Kind = "circuit_heat"    // ρ·cp·V̇·ΔT at sample rate, integrated
	WaterVolume    Kind = "water_volume"    // from a counter

	VolumeFlowRate     Kind = "volume_flow"
	SupplyTemperature  Kind = "supply_temperature" // the hot side: leaving the data center's process
	ReturnTemperature  Kind = "return_temperature" // the cold side: coming back to it
	AirTemperature     Kind = "air_temperature"
	OutdoorTemperature Kind = "outdoor_temperature"
	RelativeHumidity   Kind = "relative_humidity"
	OutdoorHumidity    Kind = "outdoor_humidity"
	RackOutTemperature Kind = "rack_outlet_temperature"

	// What a machine tells of itself: no meter's word.
	ProcessorShare       Kind = "processor_share" // of its time that is not idle
	MemoryShare          Kind = "memory_share"
	ComponentTemperature Kind = "component_temperature"
)

// Nature describes how a kind behaves over time and in which unit its
// number stands.
type Nature struct {
	// Unit is the SI unit of an interval's si: the integral's unit for an
	// extensive kind, the mean's for an intensive one.
	Unit string
	// ReadingUnit is the SI unit of a single reading (W for a power whose
	// integral is in J; J for a counter).
	ReadingUnit string
	// Extensive: si is the integral over the interval; else its time mean.
	Extensive bool
	// Counter: readings are a running total, so si is a difference.
	Counter bool
}

// natures is the table of known kinds.
var natures = map[Kind]Nature{
	ElectricEnergy: {Unit: "J", ReadingUnit: "J", Extensive: true, Counter: true},
	ThermalEnergy:  {Unit: "J", ReadingUnit: "J", Extensive: true, Counter: true},
	WaterVolume:    {Unit: "m3", ReadingUnit: "m3", Extensive: true, Counter: true},
	ElectricPower:  {Unit: "J", ReadingUnit: "W", Extensive: true},
	ThermalPower:   {Unit: "J", ReadingUnit: "W", Extensive: true},
	CircuitHeat:    {Unit: "J", ReadingUnit: "W", Extensive: true},

	VolumeFlowRate:     {Unit: "m3/s", ReadingUnit: "m3/s"},
	SupplyTemperature:  {Unit: "K", ReadingUnit: "K"},
	ReturnTemperature:  {Unit: "K", ReadingUnit: "K"},
	AirTemperature:     {Unit: "K", ReadingUnit: "K"},
	OutdoorTemperature: {Unit: "K", ReadingUnit: "K"},
	RackOutTemperature: {Unit: "K", ReadingUnit: "K"},
	RelativeHumidity:   {Unit: "1", ReadingUnit: "1"},
	OutdoorHumidity:    {Unit: "1", ReadingUnit: "1"},

	ProcessorShare:       {Unit: "1", ReadingUnit: "1"},
	MemoryShare:          {Unit: "1", ReadingUnit: "1"},
	ComponentTemperature: {Unit: "K", ReadingUnit: "K"},
}

// Nature returns what is known of k; ok is false for an unknown kind.
func (k Kind) Nature() (n Nature, ok bool) { n, ok = natures[k]; return n, ok }

// Kinds returns every kind that Thermie computes with, in no fixed order.
func Kinds() []Kind {
	all := make([]Kind, 0, len(natures))
	for k := range natures {
		all = append(all, k)
	}
	return all
}
