package heat

import (
	"slices"
	"testing"

	"thermie/interval"
)

// bmsSite reads its heat with a flow meter of class 2 and unmatched probes of
// class B on a loop of 5 K.
func bmsSite(supply, ret float64) *site {
	s := newSite(24).meter("bms", interval.Point{Role: interval.RoleHeat, Class: "en1434-2+iec60751-b", NominalM3H: 60}, interval.CircuitHeat, 174)
	s.Site.Tap = "chilled_water_return"
	s.record("bms", interval.SupplyTemperature, 273.15+supply, 0, 24).record("bms", interval.ReturnTemperature, 273.15+ret, 0, 24)
	return s.record("bms", interval.VolumeFlowRate, 30./3600, 0, 24)
}

func TestUnmatchedProbesAreToldWhatTheyCannot(t *testing.T) {
	for _, c := range []struct{ supply, ret, probes float64 }{{12, 7, 0.114}, {18, 13, 0.123}, {35, 30, 0.151}} {
		b := bmsSite(c.supply, c.ret).balance(t)
		list := b.Indications()
		if len(list) != 1 || list[0].Point != "bms" || !slices.Contains(b.Notes, "indicative_only:bms") {
			t.Fatalf("indications %+v, notes %v", list, b.Notes)
		}
		near(t, "U of the probes", list[0].ProbesU, c.probes, 5e-3)
		if list[0].U <= list[0].ProbesU || list[0].U > list[0].ProbesU+0.01 {
			t.Errorf("U %.4f, of the probes %.4f", list[0].U, list[0].ProbesU)
		}
		near(t, "supply", list[0].Supply.Celsius(), c.supply, 1e-9)
	}
	good := newSite(24).meter("m", interval.Point{Role: interval.RoleHeat, Class: "en1434-2", NominalM3H: 60}, interval.CircuitHeat, 174)
	if list := good.balance(t).Indications(); len(list) != 0 {
		t.Errorf("a heat meter of class 2 is only indicative: %+v", list)
	}
}

// The sensor that helps such a site most is a heat meter with matched probes.
func TestNextSensorOfABMS(t *testing.T) {
	b := bmsSite(12, 7).balance(t)
	e := estimate(t, b)
	list, err := b.NextSensor(e, Offers())
	if err != nil || len(list) == 0 {
		t.Fatalf("%+v, %v", list, err)
	}
	best := list[0]
	near(t, "before", best.Before, 2*e.Recoverable.Relative(), 1e-12)
	if best.Point != "bms" || best.Class != "en1434-2-parts" || best.After > 0.05 {
		t.Errorf("best %+v", best)
	}
	if list[1].Class != "en1434-2" || len(list) != 2 {
		t.Errorf("%+v: an electricity meter cannot replace it", list)
	}
}

// A site with an IT meter gains little by a better one, and most by a heat
// meter: the capture fraction is what is not known.
func TestNextSensorOfAnITMeter(t *testing.T) {
	s := newSite(24).meter("it", interval.Point{Role: interval.RoleIT, Class: "iec62053-2"}, interval.ElectricEnergy, 100)
	b := s.balance(t)
	e := estimate(t, b)
	list, err := b.NextSensor(e, Offers())
	if err != nil || len(list) != 4 {
		t.Fatalf("%+v, %v", list, err)
	}
	if list[0].Point != "" || list[0].Class != "en1434-2-parts" || list[0].After > 0.06 {
		t.Errorf("best %+v", list[0])
	}
	last := list[len(list)-1]
	if last.Point != "it" || last.After < 0.9*last.Before {
		t.Errorf("least %+v", last)
	}
	if b.Site.Cards[0].Point.Class != "iec62053-2" {
		t.Error("the site's own card was changed")
	}
}

func TestNextSensorOfNothing(t *testing.T) {
	b := newSite(24).balance(t)
	if list, err := b.NextSensor(estimate(t, b), Offers()); list != nil || err != nil {
		t.Errorf("%v, %v", list, err)
	}
}
