// Package trajectory computes how much of the data centers' heat networks
// could take in years to come, from hypotheses that somebody declared. It
// makes none of its own.
package trajectory

import (
	"slices"

	"thermie/configs"
	"thermie/heat"
	"thermie/interval"
	"thermie/reports"
)

// Outlook is a dossier's trajectories.
type Outlook struct {
	Today      *Point
	Years      []int    // the horizons after the reference year, rising
	Points     []*Point // by scenario, then by year; empty without hypotheses
	Hypotheses []Effect
	Faults     []Fault // planned sites and networks that could not be used
}

// Fault is a planned site or network that no point counts, and why.
type Fault struct {
	ID, Name string
	Err      error
}

// Point is one scenario in one year.
type Point struct {
	Scenario string // of configs.Scenarios; empty for today
	Year     int
	Networks []*Network
	Running  []Running

	Captured, Delivered, Electricity heat.Quantity // J, of all networks
	GridFactor                       float64       // kgCO2e/kWh; 0 where no hypothesis states it
}

// Network is one network at a point.
type Network struct {
	Config configs.Network
	Demand interval.Energy
	Links  []Link

	Captured, Delivered, Electricity heat.Quantity
}

// Link is what one site gives to a network at a point.
type Link struct {
	Site                             *Site
	Captured, Delivered, Electricity heat.Quantity
}

// Running is a site that runs at a point, and its heat as a share of today's:
// its electricity follows it.
type Running struct {
	Site  *Site
	Share float64
}

// Site is a site of the dossier or a planned one.
type Site struct {
	ID, Name, Owner string
	Planned         bool
	TotalKWh        float64     // that a planned one declares; 0 where it says nothing
	offer           heat.Source // of today; a planned one's when it runs
	position        heat.Position
}

// Effect is what one hypothesis alone changes of the captured heat.
type Effect struct {
	Hypothesis configs.Hypothesis
	Captured   []interval.Energy // more, or less, than today, by horizon
	Owners     []string          // the operators whose heat changes
}

// Compute returns the trajectories of a dossier to the given years. Those
// that are not after the reference year are left out. Without hypotheses
// there is today, and no point.
//
// Method: TR1.
func Compute(d *reports.Dossier, years []int) (*Outlook, error) {
	o := &Outlook{}
	for _, y := range years {
		if y > d.Options.Year && !slices.Contains(o.Years, y) {
			o.Years = append(o.Years, y)
		}
	}
	slices.Sort(o.Years)
	w := newWorld(d)
	var err error
	if o.Today, err = w.at("", d.Options.Year, nil); err != nil {
		return nil, err
	}
	hypotheses := d.Area.Plan.Hypotheses
	if len(hypotheses) == 0 {
		return o, nil
	}
	w.tell(d.Options.Progress, (len(configs.Scenarios)+len(hypotheses))*len(o.Years))
	for i, scenario := range configs.Scenarios {
		counted := countedIn(hypotheses, configs.Scenarios[:i+1])
		for _, year := range o.Years {
			point, err := w.at(scenario, year, counted)
			if err != nil {
				return nil, err
			}
			o.Points = append(o.Points, point)
		}
	}
	for _, h := range hypotheses {
		e := Effect{Hypothesis: h}
		for _, year := range o.Years {
			alone, err := w.at("", year, []configs.Hypothesis{h})
			if err != nil {
				return nil, err
			}
			e.Captured = append(e.Captured, interval.Energy(alone.Captured.Value-o.Today.Captured.Value))
			e.Owners = append(e.Owners, moved(o.Today, alone)...)
		}
		slices.Sort(e.Owners)
		e.Owners = slices.Compact(e.Owners)
		o.Hypotheses = append(o.Hypotheses, e)
	}
	o.Faults = w.faults
	return o, nil
}

// countedIn are the hypotheses of some scenarios.
func countedIn(all []configs.Hypothesis, scenarios []string) []configs.Hypothesis {
	var counted []configs.Hypothesis
	for _, h := range all {
		if slices.Contains(scenarios, h.Scenario) {
			counted = append(counted, h)
		}
	}
	return counted
}

// moved are the operators who give more or less at one point than at another.
func moved(a, b *Point) (owners []string) {
	before, after := a.capturedByOwner(), b.capturedByOwner()
	for _, s := range []map[string]float64{before, after} {
		for owner := range s {
			if before[owner] != after[owner] {
				owners = append(owners, owner)
			}
		}
	}
	return owners
}

// capturedByOwner is what networks draw from each operator's sites, J. It is
// added up in the order of the networks and links, so that the same heat is
// the same sum to the last bit.
func (p *Point) capturedByOwner() map[string]float64 {
	joules := map[string]float64{}
	for _, n := range p.Networks {
		for _, l := range n.Links {
			joules[l.Site.Owner] += l.Captured.Value
		}
	}
	return joules
}
