package heat

import (
	"context"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"thermie/interval"
)

// near Paris, a place so many metres to the east.
func eastOf(metres float64) Position {
	return Position{48.85, 2.35 + metres/(math.Pi/180*6371008.8*math.Cos(48.85*math.Pi/180))}
}

func placed(t testing.TB, metres float64, reach float64) PlacedNetwork {
	n := referenceNetwork(t)
	n.SourcePinch, n.NetworkPinch = DefaultSourcePinch, DefaultNetworkPinch
	return PlacedNetwork{n, eastOf(metres), reach}
}

func placedSource(id string, power interval.Power, metres float64) PlacedSource {
	return PlacedSource{constantSource(id, power, 8760), eastOf(metres)}
}

func matchAll(t testing.TB, sources []PlacedSource, networks []PlacedNetwork, terms Terms) *Matching {
	t.Helper()
	m, err := MatchAll(t.Context(), sources, networks, terms, nil)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

var testTerms = catalogueTerms(100 * EuroPerMWh)

func TestDistanceOfPlaces(t *testing.T) {
	near(t, "m", Distance(eastOf(0), eastOf(1500)), 1500, 1e-6)
	near(t, "Paris to Lyon, km", Distance(Position{48.8566, 2.3522}, Position{45.7640, 4.8357})/1000, 391.5, 2e-3)
	if !math.IsNaN(Distance(Position{}, eastOf(0))) {
		t.Error("a position that nobody entered has a distance")
	}
}

// One pair alone is the same as its allocation.
func TestOnePairIsItsAllocation(t *testing.T) {
	n := placed(t, 0, 2000)
	m := matchAll(t, []PlacedSource{placedSource("s", 2*interval.Megawatt, 500)}, []PlacedNetwork{n}, testTerms)
	a := allocate(t, n.Network, constantSource("s", 2*interval.Megawatt, 8760))
	match := m.Matches[0]
	near(t, "captured", match.Captured.Value, a.Captured.Value, 1e-9)
	near(t, "delivered", match.Delivered.Value, a.Delivered.Value, 1e-9)
	near(t, "u", match.Captured.U, a.Captured.U, 1e-9)
	near(t, "SCOP", match.SCOP, a.Deliveries[0].SCOP, 1e-9)
	near(t, "peak", float64(match.Peak), float64(a.Deliveries[0].PeakPump), 1e-9)
	near(t, "density MWh/m", match.Density/3.6e9, mwh(a.Delivered)/650, 1e-6)
	cost := testTerms.cost(match.Peak, 500)
	cost.Delivered, cost.Electricity = interval.Energy(match.Delivered.Value), match.Electricity
	near(t, "cost", match.Cost, cost.Levelised(), 1e-9)
}

// Many sites on few networks: no demand and no heat is taken twice, and the
// whole is far below the sum of pairs.
func TestTerritoryTakesNothingTwice(t *testing.T) {
	networks := []PlacedNetwork{placed(t, 0, 5000), placed(t, 3000, 5000)}
	networks[1].ID = "second"
	var sources []PlacedSource
	for i := range 8 {
		sources = append(sources, placedSource(string(rune('a'+i)), interval.Megawatt, float64(500*i)))
	}
	m := matchAll(t, sources, networks, testTerms)
	var alone float64
	given, taken := map[string]float64{}, map[string]float64{}
	for _, x := range m.Matches {
		given[x.Source] += x.Captured.Value
		taken[x.Network] += x.Delivered.Value
		near(t, "balance", x.Delivered.Value, x.Captured.Value+float64(x.Electricity), 1e-9)
	}
	for id, e := range given {
		if e > 8760*3.6e9*(1+1e-9) {
			t.Errorf("site %s gives %g MWh of 8,760", id, e/3.6e9)
		}
	}
	for id, e := range taken {
		if e > 20e3*3.6e9*(1+1e-9) {
			t.Errorf("network %s takes %g MWh of 20,000", id, e/3.6e9)
		}
	}
	for _, s := range sources {
		for _, n := range networks {
			alone += allocate(t, n.Network, s.Source).Captured.Value
		}
	}
	if float64(m.Captured) > 0.6*alone {
		t.Errorf("jointly %g, sum of pairs %g: want far less", float64(m.Captured), alone)
	}
	if !slices.IsSortedFunc(m.Matches, func(a, b Match) int { return int(math.Copysign(1, a.Cost-b.Cost)) }) {
		t.Error("the matches are not ranked by cost")
	}
	if len(m.Matches)+len(m.Failures) != len(sources)*len(networks) {
		t.Errorf("%d matches and %d failures of %d pairs", len(m.Matches), len(m.Failures), len(sources)*len(networks))
	}
}

// Each pair that fails says why.
func TestWhyPairsFail(t *testing.T) {
	good := func() (PlacedSource, PlacedNetwork, Terms) {
		return placedSource("s", interval.Megawatt, 500), placed(t, 0, 2000), testTerms
	}
	for want, spoil := range map[Reason]func(*PlacedSource, *PlacedNetwork, *Terms){
		NoPosition:   func(s *PlacedSource, _ *PlacedNetwork, _ *Terms) { s.Position = Position{} },
		TooFar:       func(s *PlacedSource, _ *PlacedNetwork, _ *Terms) { s.Position = eastOf(2001) },
		WrongFluid:   func(_ *PlacedSource, n *PlacedNetwork, _ *Terms) { n.Fluid = Steam },
		TooHot:       func(_ *PlacedSource, n *PlacedNetwork, _ *Terms) { n.HighestSink = interval.Celsius(60) },
		NoHeat:       func(s *PlacedSource, _ *PlacedNetwork, _ *Terms) { clear(s.Heat) },
		NoDemandLeft: func(_ *PlacedSource, n *PlacedNetwork, _ *Terms) { n.MustRunShare = 1 },
		TooThin: func(_ *PlacedSource, _ *PlacedNetwork, x *Terms) {
			x.LeastDensity = 100 * float64(interval.MegawattHour)
		},
		TooDear:        func(_ *PlacedSource, _ *PlacedNetwork, x *Terms) { x.MostCost = 20 * EuroPerMWh },
		BadSource:      func(s *PlacedSource, _ *PlacedNetwork, _ *Terms) { s.Supply, s.Return = s.Return, s.Supply },
		NetworkUnready: func(_ *PlacedSource, n *PlacedNetwork, _ *Terms) { n.Curve = HeatingCurve{} },
	} {
		s, n, terms := good()
		spoil(&s, &n, &terms)
		m := matchAll(t, []PlacedSource{s}, []PlacedNetwork{n}, terms)
		if len(m.Matches) != 0 || len(m.Failures) != 1 || m.Failures[0].Reason != want {
			t.Errorf("%s: matches %v, failures %+v", want, m.Matches, m.Failures)
		}
		if unusable := want == BadSource || want == NetworkUnready || want == WrongFluid; (len(m.Faults) > 0) != unusable {
			t.Errorf("%s: faults %v", want, m.Faults)
		}
	}
	// A site near two networks serves the nearer and has nothing left; a
	// small network has nothing left after the nearer site.
	near, far := placed(t, 0, 9000), placed(t, 8000, 9000)
	far.ID = "far"
	m := matchAll(t, []PlacedSource{placedSource("s", 0.2*interval.Megawatt, 100)}, []PlacedNetwork{near, far}, testTerms)
	if len(m.Matches) != 1 || m.Matches[0].Network != "reference" || m.Failures[0].Reason != NoHeatLeft {
		t.Errorf("one small site: %+v, %+v", m.Matches, m.Failures)
	}
	m = matchAll(t, []PlacedSource{placedSource("big", 40*interval.Megawatt, 100), placedSource("late", interval.Megawatt, 3000)}, []PlacedNetwork{near}, testTerms)
	if len(m.Matches) != 1 || len(m.Failures) != 1 || m.Failures[0].Reason != NoDemandLeft {
		t.Errorf("one small network: %+v, %+v", m.Matches, m.Failures)
	}
}

func TestMatchingStopsAndTellsOfItsProgress(t *testing.T) {
	sources, networks := []PlacedSource{placedSource("s", interval.Megawatt, 1)}, []PlacedNetwork{placed(t, 0, 2000)}
	var last, total int
	if _, err := MatchAll(t.Context(), sources, networks, testTerms, func(done, of int) { last, total = done, of }); err != nil || last != 2 || total != 2 {
		t.Errorf("progress ended at %d of %d, %v", last, total, err)
	}
	stopped, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := MatchAll(stopped, sources, networks, testTerms, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("a stopped matching gives %v", err)
	}
	if _, err := MatchAll(t.Context(), sources, networks, Terms{}, nil); err == nil {
		t.Error("no terms accepted")
	}
}

// randomTerritory has sites and networks all within reach of each other.
func randomTerritory(t testing.TB, sites, nets int) ([]PlacedSource, []PlacedNetwork) {
	r := rand.New(rand.NewPCG(9, 9))
	var sources []PlacedSource
	var networks []PlacedNetwork
	base := placed(t, 0, 1e5)
	for i := range sites {
		s := placedSource(string(rune('A'+i%26))+string(rune('a'+i/26)), interval.Power(r.Float64()*2e6), r.Float64()*20000)
		for h := range s.Heat { // no two hours alike
			s.Heat[h] *= interval.Power(0.8 + 0.2*r.Float64())
			s.Supply[h] += interval.Temperature(r.Float64())
		}
		sources = append(sources, s)
	}
	for i := range nets {
		n := base
		n.ID, n.Position = string(rune('A'+i)), eastOf(r.Float64()*20000)
		networks = append(networks, n)
	}
	return sources, networks
}

// The work grows with the number of pairs: the sizes show the curve.
func BenchmarkTerritory(b *testing.B) {
	for _, size := range []struct{ sites, networks int }{{25, 10}, {75, 10}, {150, 20}, {300, 30}} {
		b.Run(fmt.Sprintf("%dx%d", size.sites, size.networks), func(b *testing.B) {
			sources, networks := randomTerritory(b, size.sites, size.networks)
			for b.Loop() {
				matchAll(b, sources, networks, testTerms)
			}
			pairs := float64(size.sites * size.networks)
			b.ReportMetric(float64(b.Elapsed().Milliseconds())/float64(b.N)/pairs, "ms/pair")
		})
	}
}
