package heat

import (
	"math"
	"slices"
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

// What a balance measures itself: water by its meters, and as heat removed
// what the electricity of the room becomes.
func TestKPIsThatTheBalanceMeasures(t *testing.T) {
	s := newSite(10).
		meter("it", itPoint, interval.ElectricEnergy, 100).
		meter("chiller", interval.Point{Role: interval.RoleCooling, DeclaredPct: percent(1)}, interval.ElectricEnergy, 20).
		meter("mains", interval.Point{Role: interval.RoleWater, DeclaredPct: percent(2)}, interval.WaterVolume, 0.15/3.6e6).
		meter("tower", interval.Point{Role: interval.RoleWater, Under: "mains", DeclaredPct: percent(2)}, interval.WaterVolume, 0.10/3.6e6)
	b := s.balance(t)
	k := b.KPIs(b.Measured())[0]
	near(t, "WUE, L/kWh", k.WUE.Value/LitrePerKWh, 1.5, 1e-9)
	near(t, "CER", k.CER.Value, 5, 1e-9)
}

// A water meter that was seen for half of the time does not halve the WUE;
// the hours that it lacks widen it.
func TestARatioOfDifferentCoverages(t *testing.T) {
	full := Quantity{Value: 100, Coverage: 1, Known: true}
	half := Quantity{Value: 75, Coverage: 0.5, Known: true}
	q := over(half, full, "")
	near(t, "ratio", q.Value, 1.5, 1e-12)
	near(t, "relative u", q.Relative(), 0.5/1.7320508, 1e-6)
	near(t, "coverage", q.Coverage, 0.5, 1e-12)
}

// Heat that cools the data center itself is no reuse and stays on offer.
func TestOwnCoolingIsNoReuse(t *testing.T) {
	s := newSite(24).
		meter("it", itPoint, interval.ElectricEnergy, 100).
		meter("network", interval.Point{Role: interval.RoleHandover, DeclaredPct: percent(2)}, interval.ThermalEnergy, 30).
		meter("absorber", interval.Point{Role: interval.RoleHandover, OwnCooling: true, DeclaredPct: percent(2)}, interval.ThermalEnergy, 40)
	b := s.balance(t)
	near(t, "handed over, kWh", kwh(b.HandedOver), 24*30, 1e-9)
	if !slices.Contains(b.Notes, "own_cooling_excluded:absorber") {
		t.Errorf("notes %v", b.Notes)
	}
	offer := b.Offer(estimate(t, b), "s")
	near(t, "offered, kW", offer.Heat[5].Kilowatts(), 0.85*100-30, 1e-9)
}

// The renewable electricity that a site declares for a year makes its REF;
// one that declares none has none, which is not zero.
func TestTheREFRestsOnWhatTheCardDeclares(t *testing.T) {
	for declared, known := range map[float64]bool{0: false, 4.38e6: true} {
		b := &Balance{Period: YearOf(2025, 60), EDC: Quantity{Value: 8.76e6 * 3.6e6, Coverage: 1, Known: true}}
		b.Site.Site.RenewableKWh = declared
		ref := b.KPIs(b.Measured())[0].REF
		if ref.Known != known || known && math.Abs(ref.Value-0.5) > 1e-12 {
			t.Errorf("%g kWh declared: REF %+v", declared, ref)
		}
	}
}
