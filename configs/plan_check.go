package configs

import (
	"maps"
	"slices"
	"strings"
)

// hypothesisKind is what a kind of hypothesis speaks of, and the keys that it
// takes.
type hypothesisKind struct {
	site, network bool     // it is about one, or about all where optional
	optional      bool     // site or network may be left out: all of them
	planned       bool     // the site or network is one of the plan's own
	keys          []string // that it needs
	until         bool     // it may end
}

var hypothesisKinds = map[string]hypothesisKind{
	NewSite:       {site: true, planned: true, keys: []string{"state"}},
	Extension:     {site: true, keys: []string{"state", "percent"}},
	Closure:       {site: true, keys: []string{"state"}},
	SiteGrowth:    {site: true, optional: true, keys: []string{"percent_per_year"}, until: true},
	LiquidCooling: {site: true, keys: []string{"state", "share_percent", "tap_supply_c", "tap_return_c"}},
	NewNetwork:    {network: true, planned: true, keys: []string{"state"}},
	NetworkGrowth: {network: true, optional: true, keys: []string{"percent_per_year"}, until: true},
	Renovation:    {network: true, optional: true, keys: []string{"percent_per_year"}, until: true},
	GridFactor:    {keys: []string{"kg_co2e_per_kwh"}},
}

var (
	projectStates = []string{"study", "permit_requested", "permit_granted", "under_construction", "contracted", "announced"}
	planTopics    = []string{"plu", "scot", "region", "ppa", "mobility", "pdp", "master_plan", "zaenr"}
	planActions   = []string{Connection, "charter", "plu_clause", "master_plan", "follow_up"}
)

// hypothesisKeys are the keys of which each kind takes some.
var hypothesisKeys = []string{"site", "network", "state", "percent", "percent_per_year", "share_percent", "tap_supply_c", "tap_return_c", "kg_co2e_per_kwh", "until"}

// plans checks the plans of the territories that the file describes.
func (c *checker) plans(col *Collector, here described) {
	territories, seen := map[string]int{}, map[string]int{}
	for i, t := range col.Territories {
		territories[t.SIREN] = c.at("territories", i).line()
	}
	for i := range col.Plans {
		p, t := c.at("plans", i), &col.Plans[i]
		p.at("territory").described("territory", t.Territory, territories, "describe it under territories")
		p.at("territory").unique(seen, t.Territory, "plan of territory")
		p.plan(t, here)
	}
}

// plan checks one plan against what else the file describes, and fills the
// defaults of its networks.
func (p place) plan(t *Plan, here described) {
	p.needs(t.Needs)
	p.at("contours").contours(&t.Contours)
	planned := described{map[string]int{}, map[string]int{}}
	all := described{maps.Clone(here.sites), maps.Clone(here.networks)}
	for i := range t.Sites {
		at, s := p.at("planned_sites", i), &t.Sites[i]
		at.site(s)
		at.said(&s.Said)
		at.at("id").unique(all.sites, s.ID, "site")
		planned.sites[s.ID] = at.line()
	}
	for i := range t.Networks {
		at, n := p.at("planned_networks", i), &t.Networks[i]
		at.network(n)
		at.said(&n.Said)
		at.at("id").unique(all.networks, n.ID, "network")
		planned.networks[n.ID] = at.line()
	}
	seen := map[string]int{}
	for i, h := range t.Hypotheses {
		at := p.at("hypotheses", i)
		if at.at("id").id(h.ID) {
			at.at("id").unique(seen, h.ID, "hypothesis")
		}
		at.hypothesis(h, planned, all)
	}
	for i, o := range t.Outside {
		p.at("outside_figures", i).outside(o)
	}
	for i, pub := range t.Publications {
		p.at("publications", i).publication(pub)
	}
	for i, d := range t.Documents {
		p.at("documents", i).planDocument(d)
	}
	done := map[string]int{}
	for i, a := range t.Actions {
		at := p.at("actions", i)
		at.planAction(a, here)
		at.unique(done, strings.TrimSpace(a.Action+" "+a.Site+" "+a.Network), "action")
	}
}

// needs checks that a stated amount says whose it is.
func (p place) needs(n PlanNeeds) {
	if n == (PlanNeeds{}) {
		return
	}
	at := p.at("heat_needs")
	at.at("mwh").between(n.MWh, 1, 1e8)
	at.at("year").between(float64(n.Year), 1990, 2100)
	at.at("source").required(n.Source)
}

// hypothesis checks one of them: what it is about, and the keys of its kind.
func (p place) hypothesis(h Hypothesis, planned, all described) {
	p.at("source").required(h.Source)
	p.at("scenario").oneOf(h.Scenario, Scenarios)
	p.at("from").between(float64(h.From), 2000, 2100)
	if !p.at("kind").oneOf(h.Kind, slices.Sorted(maps.Keys(hypothesisKinds))) {
		return
	}
	kind := hypothesisKinds[h.Kind]
	takes := slices.Clone(kind.keys)
	named := all
	if kind.planned {
		named = planned
	}
	if kind.site {
		takes = append(takes, "site")
		p.about("site", h.Site, named.sites, kind)
	}
	if kind.network {
		takes = append(takes, "network")
		p.about("network", h.Network, named.networks, kind)
	}
	if kind.until {
		takes = append(takes, "until")
	}
	for _, key := range hypothesisKeys {
		switch at := p.at(key); {
		case at.written() && !slices.Contains(takes, key):
			at.fault("leave it out", "a hypothesis of kind %s has no %s", h.Kind, key)
		case !at.written() && slices.Contains(kind.keys, key):
			at.fault("", "%s is missing", key)
		}
	}
	p.numbers(h)
}

// about checks the site or the network of a hypothesis.
func (p place) about(what, id string, named map[string]int, kind hypothesisKind) {
	if id == "" && kind.optional {
		return
	}
	otherwise := "describe it under " + what + "s"
	if kind.planned {
		otherwise = "describe it under planned_" + what + "s of this plan"
	}
	p.at(what).described(what, id, named, otherwise)
}

// numbers checks the range of what is written.
func (p place) numbers(h Hypothesis) {
	p.at("state").optional(h.State, projectStates)
	p.at("percent").between(h.Percent, -100, 1000)
	p.at("percent_per_year").between(h.PercentPerYear, -50, 100)
	p.at("share_percent").between(h.SharePercent, 0, 100)
	p.at("tap_supply_c").between(h.SupplyC, 0, 100)
	p.at("kg_co2e_per_kwh").between(h.KgPerKWh, 0, 2)
	if h.Kind == LiquidCooling && h.ReturnC >= h.SupplyC {
		p.at("tap_return_c").fault("the supply is what leaves the machines", "the return is not colder than the supply")
	}
	if h.Kind == Renovation && h.PercentPerYear < 0 {
		p.at("percent_per_year").fault("a renovation of 1.5 lowers the demand by 1.5 % a year", "a renovation is stated as a positive rate")
	}
	if h.Until != 0 && h.Until < h.From {
		p.at("until").fault("", "until %d comes before from %d", h.Until, h.From)
	}
}

// planDocument checks another document: without its source it would be a
// rumour.
func (p place) planDocument(d PlanDocument) {
	p.at("topic").oneOf(d.Topic, planTopics)
	p.at("title").required(d.Title)
	p.at("source").required(d.Source)
	if d.File != "" && d.Property == "" && d.Topic == "plu" {
		p.at("property").fault("the property of the file that names the zone, such as libelle", "property is missing")
	}
	if d.Date != "" {
		p.at("date").day(d.Date)
	}
}

// planAction checks what was decided of one action.
func (p place) planAction(a PlanAction, here described) {
	p.at("source").required(a.Source)
	p.at("budget_keur").between(a.BudgetKEUR, 0, 1e6)
	for _, year := range []string{"start", "end"} {
		if at := p.at(year); at.written() {
			at.between(float64(map[string]int{"start": a.Start, "end": a.End}[year]), 2000, 2100)
		}
	}
	if a.End != 0 && a.End < a.Start {
		p.at("end").fault("", "the action ends in %d, before it starts", a.End)
	}
	if !p.at("action").oneOf(a.Action, planActions) || a.Action != Connection {
		return
	}
	p.at("site").described("site", a.Site, here.sites, "describe it under sites, or give its agent a token")
	p.at("network").described("network", a.Network, here.networks, "describe it under networks")
}
