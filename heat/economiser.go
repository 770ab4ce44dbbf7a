package heat

import (
	"errors"
	"math"

	"thermie/interval"
)

// Economiser is a hall cooled by outdoor air through an air-to-air exchanger
// while it is cold enough, by a chiller otherwise. The defaults are those of
// a published planning model.
//
// Method: EA1.
type Economiser struct {
	RatedIT   interval.Power
	Supply    interval.Temperature     // of the hall's air
	Rise      interval.TemperatureDiff // of the air through the IT equipment
	Bypass    float64                  // share of the air that passes no IT equipment
	Approach  interval.TemperatureDiff // of the exchanger
	FreeBelow interval.Temperature     // outdoor; from there on the chiller runs

	FanEfficiency float64
	FanHeat       float64 // share of a fan's electricity that warms the air
	HallPa        float64 // pressure drop of the hall's air path at full flow
	ExchangerPa   float64 // added to it while outdoor air cools
	OutdoorPa     float64 // of the outdoor air's path
}

// DefaultEconomiser returns the published model's hall.
//
// Method: EA1.
func DefaultEconomiser(rated interval.Power) Economiser {
	return Economiser{
		RatedIT: rated, Supply: interval.Celsius(20), Rise: 15, Bypass: 0.10, Approach: 3, FreeBelow: interval.Celsius(17),
		FanEfficiency: 0.75, FanHeat: 0.25, HallPa: 700, ExchangerPa: 400, OutdoorPa: 350,
	}
}

// Air at the hall's conditions, and how fans follow the flow.
const (
	airVolumetric = 1.2 * 1005 // J/(m³·K)
	fanExponent   = 2.5
)

// AirHour is one hour of such a hall.
type AirHour struct {
	Free    bool                 // cooled by outdoor air
	Cooling interval.Power       // electricity of fans and chiller
	COP     float64              // of the chiller; 0 while it stands
	Return  interval.Temperature // of the hall's air
	Exhaust interval.Temperature // of the outdoor air that leaves, while it cools
	Usable  interval.Power       // heat above the floor; with the chiller its condenser's, never more than Q_evap + P_comp
}

// Hour returns an hour at an outdoor temperature and an IT power. The floor is
// the lowest temperature to which the exhaust can usefully be cooled: heat
// between the outdoor air and the floor is no source, which is the trap of
// counting all that leaves the hall.
//
// Method: EA1, EA2, T2.
func (e Economiser) Hour(outdoor interval.Temperature, it interval.Power, floor interval.Temperature) (AirHour, error) {
	if !(e.RatedIT > 0 && it > 0 && it <= e.RatedIT && e.Rise > 0 && e.Bypass >= 0 && e.Bypass < 1 && e.FanEfficiency > 0) {
		return AirHour{}, errors.New("air economiser: rated power, load within it, temperature rise and fan efficiency must be positive, the bypass below 1")
	}
	full := float64(e.RatedIT) / (airVolumetric * float64(e.Rise)) / (1 - e.Bypass) // m³/s
	hall := full * float64(it/e.RatedIT)
	free := outdoor < e.FreeBelow
	drop := e.HallPa
	if free {
		drop += e.ExchangerPa
	}
	fans := e.fan(drop, hall, full)
	heat := it + interval.Power(e.FanHeat)*fans
	a := AirHour{Free: free, Return: e.Supply.Plus(interval.TemperatureDiff(float64(heat) / (airVolumetric * hall)))}
	if !free {
		a.COP = chillerCOP(outdoor)
		compressor := heat / interval.Power(a.COP)
		a.Cooling, a.Usable = fans+compressor, CondenserHeat(heat, compressor)
		return a, nil
	}
	// The exchanger is balanced: the exhaust leaves one approach below the return.
	a.Exhaust = a.Return.Plus(-e.Approach)
	flow := float64(heat) / (airVolumetric * float64(a.Exhaust.Minus(outdoor)))
	outdoorFan := e.fan(e.OutdoorPa, flow, full)
	a.Cooling = fans + outdoorFan
	a.Usable = heat*interval.Power(ShareAboveFloor(a.Exhaust, outdoor, floor)) + interval.Power(e.FanHeat)*outdoorFan
	return a, nil
}

// ShareAboveFloor returns which share of the heat that warmed air from its
// intake to its exhaust can be drawn by cooling it to a floor.
//
// Method: EA2.
func ShareAboveFloor(exhaust, intake, floor interval.Temperature) float64 {
	if !(exhaust > intake) || floor >= exhaust {
		return 0
	}
	return float64(exhaust-max(floor, intake)) / float64(exhaust-intake)
}

// fan returns the electricity of a fan whose drop at the full flow is given.
func (e Economiser) fan(drop, flow, full float64) interval.Power {
	return interval.Power(drop * full / e.FanEfficiency * math.Pow(flow/full, fanExponent))
}

// chillerCOP is the planning model's cubic, the outdoor temperature in °C.
//
// Method: EA1.
func chillerCOP(outdoor interval.Temperature) float64 {
	return horner([]float64{5.82023, -0.0622451, -8.05206e-4, 1.08201e-5}, outdoor.Celsius())
}
