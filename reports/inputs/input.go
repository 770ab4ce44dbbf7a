package inputs

import (
	"slices"

	"thermie/configs"
)

// input is one line of the sheet.
type input struct {
	id        string // key of the words, chapter "study_inputs"
	unit      string // empty for a word
	low, high float64
	words     []string
	get       func(c *Case) value
	set       func(c *Case, v value, origin string)
}

// group is a part of the sheet.
type group struct {
	key    string // of its title, chapter "inputs"
	inputs []input
}

// groups are the lines of the sheet in their order; those of a heat pump's
// points are makerPoints.
var groups = []group{
	{"prices", ofStudy("electricity", "heat_worth", "heat_pump", "station", "pipe", "backup", "fixed_om", "variable_om")},
	{"finance", ofStudy("discount", "aid", "plant_years", "pipe_years", "concession_years", "closure")},
	{"route", ofStudy("distance", "detour", "fittings", "circulation_efficiency", "exchanger_coefficient", "soil", "boiler_efficiency")},
	{"network", []input{
		ofNetwork("network_demand", "MWh/a", 0, 1e8, func(n *configs.Network) *float64 { return &n.Demand }, nil),
		ofNetwork("base_share", "%", 0, 100, func(n *configs.Network) *float64 { return &n.BaseShare }, nil),
		ofNetwork("heating_base", "°C", 10, 22, func(n *configs.Network) *float64 { return &n.HeatingBaseC }, byDemand),
		{id: "must_run", unit: "%", high: 100, get: func(c *Case) value { return mustRun(c.Network) },
			set: func(c *Case, v value, _ string) { c.Network.EnRRShare = &v.number }},
		ofNetwork("supply_cold", "°C", 0, 250, func(n *configs.Network) *float64 { return &n.SupplyColdC }, nil),
		ofNetwork("supply_mild", "°C", 0, 250, func(n *configs.Network) *float64 { return &n.SupplyMildC }, nil),
		ofNetwork("return_cold", "°C", 0, 250, func(n *configs.Network) *float64 { return &n.ReturnColdC }, nil),
		ofNetwork("return_mild", "°C", 0, 250, func(n *configs.Network) *float64 { return &n.ReturnMildC }, nil),
		ofNetwork("outdoor_cold", "°C", -40, 30, func(n *configs.Network) *float64 { return &n.ColdC }, nil),
		ofNetwork("outdoor_mild", "°C", -40, 30, func(n *configs.Network) *float64 { return &n.MildC }, nil),
	}},
	{"heat_pump", []input{
		ofNetwork("lorenz_efficiency", "1", 0.2, 0.75, func(n *configs.Network) *float64 { return &n.LorenzEfficiency }, nil),
		ofNetwork("source_pinch", "K", 0, 20, func(n *configs.Network) *float64 { return &n.SourcePinchK }, nil),
		ofNetwork("network_pinch", "K", 0, 20, func(n *configs.Network) *float64 { return &n.NetworkPinchK }, nil),
		ofNetwork("highest_sink", "°C", 40, 160, func(n *configs.Network) *float64 { return &n.HighestSinkC }, byDesign),
	}},
	{"injection", []input{
		{id: "injection", words: []string{"return_to_supply", "return_to_return", "supply_to_return"}, get: injection,
			set: func(c *Case, v value, from string) { c.Network.Injection = v.word; byDesign(&c.Network, from) }},
		ofNetwork("injection_rise", "K", 0, 60, func(n *configs.Network) *float64 { return &n.InjectionRiseK }, byDesign),
		{id: "preheat", words: []string{"no", "yes"}, get: func(c *Case) value { return word(yesNo[c.Network.Preheat]) },
			set: func(c *Case, v value, from string) { c.Network.Preheat = v.word == "yes"; byDesign(&c.Network, from) }},
		ofNetwork("storage_mwh", "MWh", 0, 1e5, func(n *configs.Network) *float64 { return &n.StorageMWh }, byDesign),
		ofNetwork("storage_mw", "MW", 0, 1e4, func(n *configs.Network) *float64 { return &n.StorageMW }, byDesign),
		ofNetwork("storage_loss", "%/d", 0, 50, func(n *configs.Network) *float64 { return &n.StorageLossPctDay }, byDesign),
	}},
	{"growth", growth()},
}

var yesNo = map[bool]string{false: "no", true: "yes"}

// ofStudy are inputs that a study states one by one.
func ofStudy(ids ...string) []input {
	var list []input
	for _, id := range ids {
		unit, low, high := configs.StudyLimits(id)
		list = append(list, input{id: id, unit: unit, low: low, high: high,
			get: func(c *Case) value { return c.stated(id) },
			set: func(c *Case, v value, from string) { c.state(id, unit, v, from) }})
	}
	return list
}

// ofNetwork is a number that the network states; owner enters who chose it.
func ofNetwork(id, unit string, low, high float64, field func(*configs.Network) *float64, owner func(*configs.Network, string)) input {
	return input{id: id, unit: unit, low: low, high: high,
		get: func(c *Case) value { return number(*field(&c.Network)) },
		set: func(c *Case, v value, from string) {
			*field(&c.Network) = v.number
			if owner != nil {
				owner(&c.Network, from)
			}
		}}
}

func byDesign(n *configs.Network, from string) { n.DesignOrigin = origin(n.DesignOrigin, from) }
func byDemand(n *configs.Network, from string) { n.DemandOrigin = origin(n.DemandOrigin, from) }

// lines are the inputs of a group that bear on the case: a network's own
// hours are what they are, and no yearly demand stretches them.
func (g group) lines(c *Case) []input {
	if !c.Network.OwnHours() {
		return g.inputs
	}
	return slices.DeleteFunc(slices.Clone(g.inputs), func(in input) bool {
		return slices.Contains([]string{"network_demand", "base_share", "heating_base"}, in.id)
	})
}

func mustRun(n configs.Network) value {
	if n.EnRRShare == nil {
		return value{}
	}
	return number(*n.EnRRShare)
}

func injection(c *Case) value {
	if c.Network.Injection == "" {
		return word("return_to_supply")
	}
	return word(c.Network.Injection)
}
