package heat

import (
	"math"

	"thermie/interval"
)

// LitrePerKWh turns a water usage effectiveness as people state it into m³/J.
const LitrePerKWh = 1e-3 / float64(interval.KilowattHour)

// Boundary says on which side of the data center's boundary the heat pump
// stands.
type Boundary string

// The boundaries.
const (
	PumpOutsideBoundary Boundary = "heat_pump_outside"
	PumpInsideBoundary  Boundary = "heat_pump_inside"
)

// KPIInputs are the energies and volumes of a period that no balance holds.
// One that is not Known leaves its indicator unknown.
type KPIInputs struct {
	Renewable   Quantity // J, owned and controlled or with certificates retired
	Water       Quantity // m³ that enter the site
	HeatRemoved Quantity // J, by the whole cooling system
	PumpEnergy  Quantity // J of electricity of the heat pump that lifts what is handed over
}

// Measured returns the inputs that the balance holds: the water of its
// meters, as heat removed what the electricity of the room becomes, and the
// renewable electricity that the site's card declares for a year.
//
// Method: P6, P7, P8, B5.
func (b *Balance) Measured() KPIInputs {
	x := KPIInputs{Water: b.Water, HeatRemoved: b.InRoom}
	if declared := b.Site.Site.RenewableKWh; declared > 0 && b.Period.Annual() {
		x.Renewable = Quantity{Value: declared * float64(interval.KilowattHour), Coverage: 1, Method: methodREF, Known: true}
	}
	return x
}

// KPIs are the indicators of one boundary.
type KPIs struct {
	Boundary Boundary
	PUE      Quantity
	ERF, ERE Quantity
	REF      Quantity // at most 1: surplus is not counted
	WUE      Quantity // m³/J, see LitrePerKWh
	CER      Quantity // heat removed over electricity of the cooling
}

// KPIs returns the balance's indicators with the heat pump outside the
// boundary and, where its electricity is known, with it inside.
//
// Method: P1, P3, P4, P5, P6, P7, P8.
func (b *Balance) KPIs(x KPIInputs) []KPIs {
	outside := KPIs{
		Boundary: PumpOutsideBoundary, PUE: b.InterimPPUE,
		REF: over(x.Renewable, b.EDC, methodREF).atMost(1),
		WUE: over(x.Water, b.EIT, methodWUE),
		CER: over(x.HeatRemoved, b.Cooling, methodCER),
	}
	if b.PUE.Known {
		outside.PUE = b.PUE
	}
	outside.ERF, outside.ERE = b.Reuse()
	if !x.PumpEnergy.Known || !b.HandedOver.Known || !b.EDC.Known || !b.EIT.Known {
		return []KPIs{outside}
	}
	pump := x.PumpEnergy
	total, reused := sum(b.EDC, pump), sum(b.HandedOver, pump)
	inside := outside
	inside.Boundary = PumpInsideBoundary
	inside.PUE.Value += pump.Value / b.EIT.Value
	inside.PUE.U = math.Hypot(outside.PUE.U, over(pump, b.EIT, methodPUE).U)
	inside.PUE.Coverage = min(outside.PUE.Coverage, pump.Coverage)
	inside.ERF = over(reused, total, methodERF)
	inside.REF = over(x.Renewable, total, methodREF).atMost(1)
	return []KPIs{outside, inside}
}

// over returns the ratio of two quantities that no meter shares, unknown
// where one is or where the lower one is zero. Where they account for
// different shares of the period their rates are divided: what one of them
// lacks may have been anything from nothing to twice the mean.
//
// Method: U6.
func over(top, bottom Quantity, method string) Quantity {
	q := Quantity{Method: method}
	if !top.Known || !bottom.Known || !(bottom.Value > 0) {
		return q
	}
	q.Known, q.Simulated = true, top.Simulated || bottom.Simulated
	q.Value = top.Value / bottom.Value
	q.U = math.Hypot(top.U, q.Value*bottom.U) / bottom.Value
	q.Coverage = min(top.Coverage, bottom.Coverage)
	if lacking := math.Abs(top.Coverage - bottom.Coverage); lacking > 0 && q.Coverage > 0 {
		rate := bottom.Coverage / top.Coverage
		q.Value *= rate
		q.U = math.Hypot(q.U*rate, q.Value*rectangular(lacking))
	}
	return q
}

// sum adds two quantities that no meter shares.
func sum(a, b Quantity) Quantity {
	a.Value, a.U = a.Value+b.Value, math.Hypot(a.U, b.U)
	a.Coverage, a.Simulated = min(a.Coverage, b.Coverage), a.Simulated || b.Simulated
	return a
}

// atMost bounds a quantity.
func (q Quantity) atMost(bound float64) Quantity {
	q.Value = min(q.Value, bound)
	return q
}
