package heat

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"thermie/interval"
)

// PlacedSource is a site's heat at its position.
type PlacedSource struct {
	Source
	Position Position
}

// PlacedNetwork is a network at the position of its nearest pipe or plant.
type PlacedNetwork struct {
	Network
	Position Position
	Reach    float64 // m; sites farther away are not matched
}

// Reason says why a pair of site and network fails.
type Reason string

// The reasons.
const (
	NoPosition     Reason = "no_position"
	TooFar         Reason = "distance"
	WrongFluid     Reason = "fluid"
	TooHot         Reason = "temperature" // no heat pump reaches it, or only with a COP that is too low
	NoHeat         Reason = "no_heat"
	NoHeatLeft     Reason = "no_heat_left"   // other networks take it at less cost
	NoDemandLeft   Reason = "no_demand_left" // existing EnR&R, or other sites at less cost, cover it
	TooThin        Reason = "density"        // too little heat for the length of the trench
	TooDear        Reason = "cost"
	BadSource      Reason = "source_unusable" // see Matching.Faults
	NetworkUnready Reason = "network_unusable"
)

// Failure is a pair that does not come about.
type Failure struct {
	Source, Network string
	Distance        float64 // m; NaN where not known
	Reason          Reason
}

// Match is a pair that does, as part of the joint allocation.
type Match struct {
	Source, Network     string
	Distance            float64  // m, straight
	Captured, Delivered Quantity // J
	Electricity         interval.Energy
	SCOP                float64 // NaN when no heat pump ran
	Peak                interval.Power
	Cost                float64 // of heat delivered, €/J
	Density             float64 // J a year and m of trench
}

// Matching is the joint allocation of a territory.
type Matching struct {
	Matches             []Match // the cheapest heat first
	Failures            []Failure
	Captured, Delivered interval.Energy
	Faults              []error // sources and networks that could not be used
}

// MatchAll matches every source with every network within reach, once and
// jointly: what one pair takes is gone for the others, on both sides, so that
// neither heat nor demand is counted twice. The pair whose heat costs least
// comes first; when its turn comes it is priced again on what is left, and
// waits once if it has become dearer than the next.
//
// One bad source or network never stops the others: it is in Faults. Storage
// and preheating are left to Allocate, which studies the chosen connection.
// progress, if not nil, hears now and then how many of how many pairings are
// done; it is never called by two goroutines at once.
//
// Method: TE2.
func MatchAll(ctx context.Context, sources []PlacedSource, networks []PlacedNetwork, terms Terms, progress func(done, total int)) (*Matching, error) {
	if err := terms.check(); err != nil {
		return nil, err
	}
	m := &Matching{}
	t := newTerritory(sources, networks, terms)
	pairs := t.pairs(m)
	steps := newSteps(2*len(pairs), progress)
	if err := t.priceAlone(ctx, pairs, steps); err != nil {
		return nil, fmt.Errorf("matching %d sites with %d networks: %w", len(sources), len(networks), err)
	}
	if err := t.allot(ctx, pairs, m, steps); err != nil {
		return nil, fmt.Errorf("matching %d sites with %d networks: %w", len(sources), len(networks), err)
	}
	slices.SortStableFunc(m.Matches, func(a, b Match) int { return cmp.Compare(a.Cost, b.Cost) })
	for i := range m.Matches {
		m.Captured += interval.Energy(m.Matches[i].Captured.Value)
		m.Delivered += interval.Energy(m.Matches[i].Delivered.Value)
	}
	steps.finish()
	return m, nil
}
