package trajectory

import (
	"cmp"
	"math"
	"slices"

	"thermie/configs"
	"thermie/heat"
	"thermie/reports"
)

// world is what the points of an outlook share: the sites and networks of
// today and of the plan, and the allocations computed so far.
type world struct {
	year     int // of reference
	sites    []*Site
	networks []*place
	several  map[*Site]bool // members of more than one network
	known    map[string]*heat.Allocation
	faults   []Fault
	progress func()
}

// place is a network as the dossier or the plan describes it.
type place struct {
	config   configs.Network
	model    heat.Network
	position heat.Position
	members  []*Site // of today
	planned  bool
}

// newWorld takes the sites whose heat is known for the year, and the
// networks in the order in which the dossier's match served them.
func newWorld(d *reports.Dossier) *world {
	w := &world{year: d.Options.Year, several: map[*Site]bool{}, known: map[string]*heat.Allocation{}, progress: func() {}}
	byID := map[string]*Site{}
	for _, s := range d.Sites {
		if s.Annual() {
			byID[s.ID] = &Site{ID: s.ID, Name: s.Place.Name, Owner: s.Owner(), offer: s.Offer,
				position: heat.Position{Latitude: s.Place.Latitude, Longitude: s.Place.Longitude}}
			w.sites = append(w.sites, byID[s.ID])
		}
	}
	served := slices.Clone(d.Networks)
	slices.SortStableFunc(served, func(a, b *reports.NetworkResult) int { return cmp.Compare(a.Turn, b.Turn) })
	for _, n := range served {
		if n.Fault != nil || !heat.Serves(n.Network.Fluid) {
			continue
		}
		p := &place{config: n.Network, model: n.Model, position: heat.Position{Latitude: n.Network.Latitude, Longitude: n.Network.Longitude}}
		for _, s := range n.Members {
			p.members = append(p.members, byID[s.ID])
		}
		w.networks = append(w.networks, p)
	}
	w.plan(d)
	member := map[*Site]bool{}
	for _, n := range w.networks {
		for _, s := range n.members {
			w.several[s], member[s] = member[s], true
		}
	}
	return w
}

// plan adds what is planned.
func (w *world) plan(d *reports.Dossier) {
	for _, entry := range d.Area.Plan.Sites {
		s, err := planned(entry, heat.YearOf(w.year, entry.UTCOffsetMin))
		if err != nil {
			w.faults = append(w.faults, Fault{entry.ID, entry.Name, err})
			continue
		}
		w.sites = append(w.sites, s)
	}
	for _, n := range d.Area.Plan.Networks {
		model, _, err := reports.ModelOf(n, d.Year)
		if err == nil {
			err = model.Check()
		}
		if err != nil {
			w.faults = append(w.faults, Fault{n.ID, n.Name, err})
			continue
		}
		w.networks = append(w.networks, &place{config: n, model: model, planned: true, position: heat.Position{Latitude: n.Latitude, Longitude: n.Longitude}})
	}
}

// planned is a site that does not run yet: its card alone says what it will
// reject.
func planned(entry configs.SiteEntry, year heat.Period) (*Site, error) {
	balance, err := heat.NewBalance(heat.SiteData{ID: entry.ID, Site: entry.Site}, year)
	if err != nil {
		return nil, err
	}
	estimate, err := balance.Estimate()
	if err != nil {
		return nil, err
	}
	return &Site{ID: entry.ID, Name: entry.Name, Owner: cmp.Or(entry.OperatorSIREN, entry.Operator, entry.ID), Planned: true, TotalKWh: entry.TotalKWh,
		offer: balance.Offer(estimate, entry.ID), position: heat.Position{Latitude: entry.Latitude, Longitude: entry.Longitude}}, nil
}

// membersAt are the sites of each open network: those of today, and each
// site without a network, planned ones too, at the nearest within reach.
func (w *world) membersAt(open []*place, here []*Site) map[*place][]*Site {
	members, taken := map[*place][]*Site{}, map[*Site]bool{}
	for _, n := range open {
		for _, s := range n.members {
			members[n], taken[s] = append(members[n], s), true
		}
	}
	for _, s := range here {
		if taken[s] {
			continue
		}
		if n := nearest(s, open); n != nil {
			members[n] = append(members[n], s)
		}
	}
	for _, n := range open {
		slices.SortFunc(members[n], func(a, b *Site) int { return cmp.Compare(a.ID, b.ID) })
	}
	return members
}

// nearest is the network within whose reach a site lies: for a site of today
// one of the plan, since the networks of today did not take its heat.
func nearest(s *Site, open []*place) *place {
	var found *place
	best := math.Inf(1)
	for _, n := range open {
		if !s.Planned && !n.planned {
			continue
		}
		if km := heat.Distance(s.position, n.position) / 1000; km <= n.config.ReachKM && km < best {
			found, best = n, km
		}
	}
	return found
}

// tell hears how far the points are.
func (w *world) tell(progress reports.Progress, total int) {
	if progress == nil {
		return
	}
	done := 0
	w.progress = func() {
		done++
		progress("trajectories", done, total)
	}
}
