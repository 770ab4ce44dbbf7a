package heat

import (
	"testing"

	"thermie/interval"
)

func referenceStudy(t testing.TB) Study {
	s := Study{
		Sources: []Source{constantSource("2mw", 2*interval.Megawatt, 8760)}, Network: referenceNetwork(t),
		Terms: catalogueTerms(100 * EuroPerMWh), Distance: 500,
	}
	s.Sources[0].U = 0.05
	s.Terms.Detour = 1
	return s
}

// The study of the bare reference run costs what the reference says.
func TestStudyOfTheReferenceRun(t *testing.T) {
	r, err := referenceStudy(t).Run()
	if err != nil {
		t.Fatal(err)
	}
	near(t, "€/MWh", r.Levelised/EuroPerMWh, 34.87, 3e-4)
	near(t, "captured MWh", r.Cost.Captured.MWh(), 12573, 1e-3)
}

func TestSensitivityNamesTheLargestFirst(t *testing.T) {
	s := referenceStudy(t)
	effects, err := s.Sensitivity(s.Levers())
	if err != nil {
		t.Fatal(err)
	}
	for i := 1; i < len(effects); i++ {
		if effects[i].CostSpan() > effects[i-1].CostSpan() {
			t.Errorf("%s comes after %s", effects[i].ID, effects[i-1].ID)
		}
	}
	by := map[string]Effect{}
	for _, e := range effects {
		by[e.ID] = e
	}
	// ±30 % of 100 €/MWh on 3,220.7 of 15,794 MWh, by hand.
	near(t, "electricity", by["electricity_price"].CostSpan()/EuroPerMWh, 60*3220.7/15794, 1e-3)
	near(t, "source price", by["source_price"].CostSpan()/EuroPerMWh, 10*12573./15794, 1e-3)
	if s.Network.LorenzEfficiency != 0 || s.Sources[0].Heat[0] != 2*interval.Megawatt {
		t.Error("the study itself was changed")
	}
}

func TestStudyThatTakesNothing(t *testing.T) {
	s := referenceStudy(t)
	s.Network.MustRunShare = 1
	if _, err := s.Run(); err == nil {
		t.Error("priced without any heat")
	}
}
