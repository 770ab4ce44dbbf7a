package heat

import (
	"testing"

	"thermie/interval"
)

func knownQuantity(value float64) Quantity {
	return Quantity{Value: value, U: 0.01 * value, Coverage: 1, Known: true}
}

// The derived vector of the reference: IT 1000, other 300, 800 handed over,
// and a heat pump of COP 4.35.
func TestKPIsOfBothBoundaries(t *testing.T) {
	s := newSite(10).
		meter("feed", interval.Point{Role: interval.RoleTotal, DeclaredPct: percent(1)}, interval.ElectricEnergy, 130).
		meter("it", itPoint, interval.ElectricEnergy, 100).
		meter("chiller", interval.Point{Role: interval.RoleCooling, DeclaredPct: percent(1)}, interval.ElectricEnergy, 20).
		meter("out", interval.Point{Role: interval.RoleHandover, DeclaredPct: percent(2)}, interval.ThermalEnergy, 80)
	b := s.balance(t)
	kpis := b.KPIs(KPIInputs{
		Renewable: knownQuantity(2000 * 3.6e6), Water: knownQuantity(1.5), HeatRemoved: knownQuantity(900 * 3.6e6),
		PumpEnergy: knownQuantity(800. / 3.35 * 3.6e6),
	})
	if len(kpis) != 2 || kpis[0].Boundary != PumpOutsideBoundary || kpis[1].Boundary != PumpInsideBoundary {
		t.Fatalf("boundaries of %+v", kpis)
	}
	outside, inside := kpis[0], kpis[1]
	for name, c := range map[string][2]float64{
		"PUE outside": {outside.PUE.Value, 1.300}, "ERF outside": {outside.ERF.Value, 0.615}, "ERE outside": {outside.ERE.Value, 0.500},
		"PUE inside": {inside.PUE.Value, 1.539}, "ERF inside": {inside.ERF.Value, 0.675}, "ERE inside": {inside.ERE.Value, 0.500},
		"REF is at most 1": {outside.REF.Value, 1}, "WUE L/kWh": {outside.WUE.Value / LitrePerKWh, 1.5}, "CER": {outside.CER.Value, 4.5},
	} {
		near(t, name, c[0], c[1], 1e-3)
	}
	if u := inside.PUE.U; !(u > outside.PUE.U) {
		t.Errorf("u(PUE) inside %g, outside %g: the pump's meter adds to it", u, outside.PUE.U)
	}
}

func TestKPIsOfWhatIsNotKnown(t *testing.T) {
	b := newSite(10).meter("it", itPoint, interval.ElectricEnergy, 100).balance(t)
	kpis := b.KPIs(KPIInputs{})
	if len(kpis) != 1 || kpis[0].REF.Known || kpis[0].WUE.Known || kpis[0].CER.Known || kpis[0].ERF.Known {
		t.Errorf("unknown inputs gave %+v", kpis)
	}
}
