package interval

import "time"

// Named SI types keep a formula honest: the compiler refuses a power where
// an energy is meant. A temperature and a temperature difference are two
// types because they part ways as soon as °C is involved.
type (
	Power           float64 // W
	Energy          float64 // J
	Temperature     float64 // K, absolute
	TemperatureDiff float64 // K
	MassFlow        float64 // kg/s
	VolumeFlow      float64 // m³/s
	Volume          float64 // m³
	Pressure        float64 // Pa, absolute
	Density         float64 // kg/m³
	SpecificHeat    float64 // J/(kg·K)
	Enthalpy        float64 // J/kg
)

// Multiples in which people and meters speak.
const (
	Watt     Power = 1
	Kilowatt Power = 1e3
	Megawatt Power = 1e6

	Joule        Energy = 1
	WattHour     Energy = 3.6e3
	KilowattHour Energy = 3.6e6
	MegawattHour Energy = 3.6e9
	GigawattHour Energy = 3.6e12

	CubicMetrePerHour VolumeFlow = 1.0 / 3600
	Megapascal        Pressure   = 1e6
)

// zeroCelsius is 0 °C in kelvin (ITS-90).
const zeroCelsius = 273.15

// Celsius returns the absolute temperature of t degrees Celsius.
func Celsius(t float64) Temperature { return Temperature(t + zeroCelsius) }

// Celsius returns t in degrees Celsius.
func (t Temperature) Celsius() float64 { return float64(t) - zeroCelsius }

// Minus returns the difference t − other.
func (t Temperature) Minus(other Temperature) TemperatureDiff {
	return TemperatureDiff(t - other)
}

// Plus returns the temperature d above t.
func (t Temperature) Plus(d TemperatureDiff) Temperature { return t + Temperature(d) }

// For returns the energy of power p held for d.
func (p Power) For(d time.Duration) Energy { return Energy(float64(p) * d.Seconds()) }

// Kilowatts returns p in kW.
func (p Power) Kilowatts() float64 { return float64(p / Kilowatt) }

// Over returns the mean power of e spread over d, which must not be zero.
func (e Energy) Over(d time.Duration) Power { return Power(float64(e) / d.Seconds()) }

// KWh returns e in kWh.
func (e Energy) KWh() float64 { return float64(e / KilowattHour) }

// MWh returns e in MWh.
func (e Energy) MWh() float64 { return float64(e / MegawattHour) }
