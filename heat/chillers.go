package heat

import (
	"errors"
	"math"

	"thermie/interval"
)

// Chillers say what heat a site's cooling electricity moves, by the mode in
// which the plant runs. Compressors and free cooling differ fourfold, so one
// COP for the whole year is refused.
//
// Method: T2.
type Chillers struct {
	Free, Compressor ModeCOP

	// The mode is told by the outdoor temperature: free cooling up to
	// FreeUpTo, compressors alone from CompressorFrom on, and in between both,
	// in proportion. Both are NaN where only the ratio tells.
	FreeUpTo, CompressorFrom interval.Temperature
	// RatioFrom tells the mode where no outdoor temperature is recorded: at
	// and above this ratio of cooling electricity to IT electricity the
	// compressors run. Zero means that the mode is then not known.
	RatioFrom float64

	Source string // where the figures come from
}

// ModeCOP is the heat that the whole cooling plant moves per electricity in
// one mode, with its limits; without limits they are ±20 %.
type ModeCOP struct{ Value, Low, High float64 }

// NewChillers reads a site's card. What is not mode-resolved is refused.
//
// Method: T2.
func NewChillers(p interval.CoolingPlant) (Chillers, error) {
	mode := func(c interval.PlantCOP) ModeCOP { return ModeCOP{c.COP, c.Low, c.High} }
	celsius := func(t *float64) interval.Temperature {
		if t == nil {
			return interval.Temperature(math.NaN())
		}
		return interval.Celsius(*t)
	}
	c := Chillers{
		Free: mode(p.FreeCooling), Compressor: mode(p.Compressor),
		FreeUpTo: celsius(p.FreeUpToC), CompressorFrom: celsius(p.CompressorFromC),
		RatioFrom: p.CompressorFromRatio, Source: p.Origin,
	}
	return c, c.check()
}

// defaultCOPLimit gives U of 23 %, in the middle of what T2 is worth.
//
// Method: T2.
const defaultCOPLimit = 0.20

// coolingMode is how much of the plant's electricity per heat is that of
// compressors: 0 free cooling, 1 compressors alone; NaN unknown.
type coolingMode float64

// check refuses what is not mode-resolved, saying what is missing.
func (c Chillers) check() error {
	switch {
	case c.Compressor.Value == 0 || c.Free.Value == 0:
		return errors.New("cooling: give a COP for compressor hours and one for free cooling: one annual COP says nothing of an hour")
	case !(c.Compressor.Value > 1 && c.Compressor.Value < 15) || !(c.Free.Value > c.Compressor.Value && c.Free.Value < 60):
		return errors.New("cooling: a compressor's COP lies between 1 and 15, that of free cooling above it and below 60")
	case !c.Free.limited() || !c.Compressor.limited():
		return errors.New("cooling: a COP's limits must enclose it")
	case !c.byOutdoor() && !(c.RatioFrom > 0):
		return errors.New("cooling: say by which two outdoor temperatures, or by which ratio to the IT electricity, the modes are told apart")
	case c.byOutdoor() && c.CompressorFrom < c.FreeUpTo:
		return errors.New("cooling: the compressors cannot run alone below the temperature up to which free cooling is enough")
	case !(c.RatioFrom >= 0):
		return errors.New("cooling: the ratio that tells the modes apart must not be negative")
	}
	return nil
}

// byOutdoor reports whether the outdoor temperature tells the mode.
func (c Chillers) byOutdoor() bool { return !math.IsNaN(float64(c.CompressorFrom - c.FreeUpTo)) }

func (m ModeCOP) limited() bool {
	return m.Low == 0 && m.High == 0 || m.Low > 1 && m.Low <= m.Value && m.High >= m.Value
}

// mode tells how the plant ran in an hour.
//
// Method: T2.
func (c *Chillers) mode(h *Hour) coolingMode {
	outdoor := h.Outdoor
	switch {
	case c == nil:
		return coolingMode(math.NaN())
	case math.IsNaN(float64(outdoor)) || !c.byOutdoor():
		if c.RatioFrom == 0 || !(h.IT.Energy > 0) || h.IT.Coverage == 0 || h.Cooling.Coverage == 0 {
			return coolingMode(math.NaN())
		}
		if float64(h.Cooling.Energy)/h.Cooling.Coverage >= c.RatioFrom*float64(h.IT.Energy)/h.IT.Coverage {
			return 1
		}
		return 0
	case outdoor >= c.CompressorFrom:
		return 1
	case outdoor <= c.FreeUpTo:
		return 0
	}
	return coolingMode((outdoor - c.FreeUpTo) / (c.CompressorFrom - c.FreeUpTo))
}

// cop returns the plant's COP in a mode, and the shares of its relative
// uncertainty that are those of the compressor's COP and of free cooling's.
func (c *Chillers) cop(m coolingMode) (cop, byCompressor, byFree float64) {
	x := float64(m)
	compressor, free := x/c.Compressor.Value, (1-x)/c.Free.Value
	cop = 1 / (compressor + free)
	return cop, compressor * cop, free * cop
}

// assumption states a mode's COP, as the site says it.
func (c *Chillers) assumption(m ModeCOP) Assumption {
	a := Assumption{Value: m.Value, Low: m.Low, High: m.High, Mark: Unconfirmed, Source: c.Source}
	if m.Low == 0 && m.High == 0 {
		a.Low, a.High = m.Value*(1-defaultCOPLimit), m.Value*(1+defaultCOPLimit)
	}
	return a
}

// CondenserHeat returns the heat at a chiller's condenser. Whatever a model
// counts above some floor, no more than this can be drawn.
//
// Method: T2.
func CondenserHeat(evaporator, compressor interval.Power) interval.Power {
	return evaporator + compressor
}
