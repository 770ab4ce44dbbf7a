package trajectory_test

import (
	"context"
	"math"
	"slices"
	"strings"
	"testing"

	"thermie/configs"
	"thermie/reports"
	"thermie/reports/fixture"
	"thermie/reports/trajectory"
)

// dossier is the demonstration's, with a plan.
func dossier(t *testing.T, plan configs.Plan) *reports.Dossier {
	t.Helper()
	area := fixture.Area(t)
	area.Plan = plan
	d, err := reports.Build(context.Background(), fixture.Source(t), area, fixture.Options(""))
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func outlook(t *testing.T, plan configs.Plan) *trajectory.Outlook {
	t.Helper()
	o, err := trajectory.Compute(dossier(t, plan), []int{0, 2021, 2036, 2030, 2050, 2030})
	if err != nil {
		t.Fatal(err)
	}
	return o
}

// captured is what a scenario captures in a year, in GWh.
func captured(t *testing.T, o *trajectory.Outlook, scenario string, year int) float64 {
	t.Helper()
	for _, p := range o.Points {
		if p.Scenario == scenario && p.Year == year {
			return p.Captured.Value / 3.6e12
		}
	}
	t.Fatalf("no point %s %d", scenario, year)
	return 0
}

func TestWithoutHypothesesThereIsTodayAndNothingElse(t *testing.T) {
	d := dossier(t, configs.Plan{})
	o, err := trajectory.Compute(d, []int{2030})
	if err != nil {
		t.Fatal(err)
	}
	if len(o.Points)+len(o.Hypotheses) != 0 {
		t.Errorf("%d points and %d effects out of nothing", len(o.Points), len(o.Hypotheses))
	}
	want := 0.0
	for _, n := range d.Networks {
		want += n.Allocation.Captured.Value
	}
	if got := o.Today.Captured.Value; math.Abs(got-want) > 1e-9*want || want == 0 {
		t.Errorf("today captures %g J, the dossier's match %g J", got, want)
	}
}

func TestHorizonsAreThoseAfterTheReferenceYear(t *testing.T) {
	o := outlook(t, configs.Plan{Hypotheses: []configs.Hypothesis{{ID: "r", Kind: configs.Renovation, Scenario: "trend", From: 2026, PercentPerYear: 1}}})
	if !slices.Equal(o.Years, []int{2030, 2036, 2050}) {
		t.Errorf("horizons %v", o.Years)
	}
	if len(o.Points) != 9 {
		t.Errorf("%d points for 3 scenarios and 3 horizons", len(o.Points))
	}
}

func TestAScenarioCountsWhatTheOnesBeforeItCount(t *testing.T) {
	o := outlook(t, configs.Plan{Hypotheses: []configs.Hypothesis{
		{ID: "closure", Kind: configs.Closure, Scenario: "committed", From: 2032, Site: "dlc-2mw"},
		{ID: "growth", Kind: configs.NetworkGrowth, Scenario: "ambitious", From: 2026, PercentPerYear: 3, Until: 2035},
	}})
	today := o.Today.Captured.Value / 3.6e12
	same := func(what string, got, want float64) {
		if math.Abs(got-want) > 1e-9 {
			t.Errorf("%s: %.6f GWh, want %.6f", what, got, want)
		}
	}
	same("nothing is in the trend", captured(t, o, "trend", 2050), today)
	same("before the closure", captured(t, o, "committed", 2030), today)
	if left := captured(t, o, "committed", 2036); !(left < today) {
		t.Errorf("after a site's closure %.3f GWh of %.3f are captured", left, today)
	}
	if !(captured(t, o, "ambitious", 2036) > captured(t, o, "committed", 2036)) {
		t.Error("a network that grows takes no more heat")
	}
	same("a growth that ended", captured(t, o, "ambitious", 2050), captured(t, o, "ambitious", 2036))
}

func TestEachHypothesisHasItsOwnEffect(t *testing.T) {
	o := outlook(t, configs.Plan{Hypotheses: []configs.Hypothesis{
		{ID: "warm", Kind: configs.LiquidCooling, Scenario: "committed", From: 2028, Site: "air-5mw", SharePercent: 60, SupplyC: 60, ReturnC: 45},
		{ID: "fewer", Kind: configs.Renovation, Scenario: "trend", From: 2026, PercentPerYear: 1.5},
		{ID: "grid", Kind: configs.GridFactor, Scenario: "trend", From: 2030, KgPerKWh: 0.03},
	}})
	if got := o.Hypotheses[1].Captured; !(got[0] < 0 && got[1] < got[0] && got[2] < got[1]) {
		t.Errorf("a renovation changes the captured heat by %v J", got)
	}
	if got := o.Hypotheses[2]; slices.Max(got.Captured) != 0 || len(got.Owners) != 0 {
		t.Errorf("the grid's factor changes captured heat: %+v", got)
	}
	if o.Points[0].GridFactor != 0.03 || o.Today.GridFactor != 0 {
		t.Errorf("grid factors %g, %g", o.Points[0].GridFactor, o.Today.GridFactor)
	}
	if o.Hypotheses[0].Captured[0] == 0 || len(o.Hypotheses[0].Owners) == 0 {
		t.Error("warmer water from the halls changes nothing")
	}
}

func TestWhatIsPlannedComesWhenItComes(t *testing.T) {
	site := configs.SiteEntry{ID: "hall-new"}
	site.Name, site.Operator, site.RatedITKW, site.Tap, site.Latitude, site.Longitude, site.UTCOffsetMin, site.Fictitious = "Halle neuve", "Neuf", 4000, "direct_to_chip", 46.603, -3.404, 60, true
	near := fixture.Area(t).Networks[0]
	near.ID, near.Demand, near.Name = "nouveau", 20000, "Réseau nouveau"
	near.Latitude, near.Longitude = 46.6035, -3.404
	broken := near
	broken.ID, broken.Demand = "vide", 0
	o := outlook(t, configs.Plan{Sites: []configs.SiteEntry{site}, Networks: []configs.Network{near, broken}, Hypotheses: []configs.Hypothesis{
		{ID: "site", Kind: configs.NewSite, Scenario: "committed", From: 2030, Site: "hall-new"},
		{ID: "network", Kind: configs.NewNetwork, Scenario: "ambitious", From: 2035, Network: "nouveau"},
	}})
	names := func(i int) string {
		var text []string
		for _, n := range o.Points[i].Networks {
			for _, l := range n.Links {
				text = append(text, l.Site.ID+"→"+n.Config.ID)
			}
		}
		slices.Sort(text)
		return strings.Join(text, " ")
	}
	for _, want := range []struct {
		point int
		links string
	}{
		{2, "air-5mw→marais dlc-2mw→marais"},
		{3, "air-5mw→marais dlc-2mw→marais hall-new→marais"},
		{7, "air-5mw→marais dlc-2mw→marais hall-new→nouveau"},
	} {
		if got := names(want.point); got != want.links {
			t.Errorf("%s %d: %s, want %s", o.Points[want.point].Scenario, o.Points[want.point].Year, got, want.links)
		}
	}
	if len(o.Faults) != 1 || o.Faults[0].ID != "vide" {
		t.Errorf("faults %v", o.Faults)
	}
}
