package heat

import (
	"testing"

	"thermie/interval"
)

func indicators(t testing.TB, edc, eit, reused interval.Energy) Indicators {
	t.Helper()
	i, err := NewIndicators(edc, eit, reused)
	if err != nil {
		t.Fatal(err)
	}
	return i
}

func TestIndicators(t *testing.T) {
	i := indicators(t, 1250000, 820000, 210000)
	near(t, "ERE", i.ERE, 1.27, 2e-3)
	near(t, "PUE", i.PUE, 1.524, 1e-3)
	near(t, "ERF", i.ERF, 0.168, 1e-3)
	near(t, "ERE = (1 − ERF)·PUE", i.ERE, (1-i.ERF)*i.PUE, 1e-12)
	near(t, "everything used again", 1+indicators(t, 1300, 1000, 1300).ERE, 1, 1e-12)
}

func TestHeatPumpInsideTheBoundary(t *testing.T) {
	outside := indicators(t, 1300, 1000, 800)
	inside, err := PumpInside(1300, 1000, 800, 4.35)
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string][2]float64{
		"PUE outside": {outside.PUE, 1.300}, "ERF outside": {outside.ERF, 0.615}, "ERE outside": {outside.ERE, 0.500},
		"PUE inside": {inside.PUE, 1.539}, "ERF inside": {inside.ERF, 0.675}, "ERE inside": {inside.ERE, 0.500},
	} {
		near(t, name, c[0], c[1], 1e-3)
	}
}

func TestReuseOfABalance(t *testing.T) {
	s := newSite(24).
		meter("feed", interval.Point{Role: interval.RoleTotal, DeclaredPct: percent(1)}, interval.ElectricEnergy, 130).
		meter("it", interval.Point{Role: interval.RoleIT, DeclaredPct: percent(1)}, interval.ElectricEnergy, 100)
	if erf, ere := s.balance(t).Reuse(); erf.Known || ere.Known {
		t.Error("reuse known without a hand-over meter")
	}
	s.meter("out", interval.Point{Role: interval.RoleHandover, DeclaredPct: percent(2)}, interval.ThermalEnergy, 39)
	erf, ere := s.balance(t).Reuse()
	near(t, "ERF", erf.Value, 0.3, 1e-12)
	near(t, "ERE", ere.Value, 0.91, 1e-12)
	near(t, "u(ERF)", erf.Relative(), 0.02236, 1e-3)
}

func TestIndicatorsRefuse(t *testing.T) {
	if _, err := NewIndicators(0, 1, 0); err == nil {
		t.Error("E_DC of zero accepted")
	}
	if _, err := PumpInside(2, 1, 1, 1); err == nil {
		t.Error("COP of one accepted")
	}
}
