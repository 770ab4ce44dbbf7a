package reports

import (
	"thermie/configs"
	"thermie/heat"
	"thermie/reports/document"
)

// Why a site is matched with no network, where no pair of heat.MatchAll says
// it. The ids are the keys of the words that do; pcaet.md asks for the
// reasons of what is not mobilised.
const (
	ReasonNoYear    heat.Reason = "no_year"    // no annual profile yet
	ReasonNoNetwork heat.Reason = "no_network" // none is described
)

// NetworkResult is one network and what the sites near it could give it.
type NetworkResult struct {
	Network    configs.Network
	Members    []*SiteResult // the sites matched with it
	Sources    []heat.Source // by member: its heat without what is handed over and what other networks take
	DistanceKM []float64     // as the crow flies, by member
	Cost       []float64     // of heat delivered, €/J, by member; NaN when nothing was computed
	Model      heat.Network  // what the match computed with
	Basis      DemandBasis   // where the model's demand comes from
	Allocation *heat.Allocation
	Turn       int   // its place in the order in which the networks drew from the sites
	Fault      error // why no match could be computed
}

// Delivery returns what member i gives, with ok false when nothing was
// computed.
func (n *NetworkResult) Delivery(i int) (heat.Delivery, bool) {
	if n.Allocation == nil || i >= len(n.Allocation.Deliveries) {
		return heat.Delivery{}, false
	}
	return n.Allocation.Deliveries[i], true
}

// Unmatched is a site that no network can take heat from, and why.
type Unmatched struct {
	Site       *SiteResult
	Reason     heat.Reason
	DistanceKM float64 // to the nearest network; NaN where unknown
}

// Computed reports whether the match looked at the site's heat and found that
// no network takes any: then what is captured is a known zero.
func (u Unmatched) Computed() bool {
	switch u.Reason {
	case heat.TooFar, heat.WrongFluid, heat.TooHot, heat.TooThin, heat.TooDear, heat.NoDemandLeft, heat.NoHeat, heat.NoHeatLeft:
		return true
	}
	return false
}

// Untaken is what networks take of a site that they leave: nothing where the
// match says so, else unknown. The heat is "captee" or "livree".
func (d *Dossier) Untaken(u Unmatched, heat string) document.Figure {
	g := d.Grid("match")
	if !u.Computed() {
		return g.Unknown(u.Site.ID, heat+"_mwh", InMWh)
	}
	return energyOf(u.Site, heat, g.Figure(u.Site.ID, heat+"_mwh", nothing, InMWh))
}
