package configs

import "regexp"

// orderID is the form of a network's id in annex 7 of the order of
// 15 September 2006: department, number, C for heat or F for cold.
var orderID = regexp.MustCompile(`^[0-9][0-9AB][0-9]{1,2}[0-9]{1,2}[CF]$`)

// networkDefaults are what a network takes where it states nothing; the
// source of each is METHODS.md.
var networkDefaults = []struct {
	key   string
	field func(*Network) *float64
	value float64
}{
	{"base_share_percent", func(n *Network) *float64 { return &n.BaseShare }, 30},
	{"cold_c", func(n *Network) *float64 { return &n.ColdC }, -7},
	{"mild_c", func(n *Network) *float64 { return &n.MildC }, 15},
	{"reach_km", func(n *Network) *float64 { return &n.ReachKM }, 2},
	{"source_pinch_k", func(n *Network) *float64 { return &n.SourcePinchK }, 3},
	{"network_pinch_k", func(n *Network) *float64 { return &n.NetworkPinchK }, 5},
	{"lorenz_efficiency", func(n *Network) *float64 { return &n.LorenzEfficiency }, 0.5},
}

// network checks a heat network and fills its defaults.
func (p place) network(n *Network) {
	for _, d := range networkDefaults {
		if !p.at(d.key).written() {
			*d.field(n) = d.value
		}
	}
	p.at("id").id(n.ID)
	p.at("name").required(n.Name)
	p.at("fluid").oneOf(n.Fluid, fluids)
	p.at("climate_zone").oneOf(n.ClimateZone, climateZones)
	if n.OrderID != "" && !orderID.MatchString(n.OrderID) {
		p.at("order_id").fault("as in annex 7 of the order of 15 September 2006, such as 7501C", "%q is not a network's id", n.OrderID)
	}
	if p.at("demand_mwh").between(n.Demand, 0, 1e8) && n.Demand == 0 && !n.OwnHours() {
		p.at("demand_mwh").fault("the heat delivered in a year, as in the operator's yearly report; or demand_csv, its hours", "demand_mwh is missing")
	}
	p.at("base_share_percent").between(n.BaseShare, 0, 100)
	p.at("enrr_percent").within(n.EnRRShare, 0, 100)
	p.at("co2_direct_kg_per_kwh").between(n.CO2Direct, 0, 2)
	p.at("co2_life_cycle_kg_per_kwh").between(n.CO2LifeCycle, 0, 2)
	p.at("latitude_deg").between(n.Latitude, -90, 90)
	p.at("longitude_deg").between(n.Longitude, -180, 180)
	p.at("length_km").between(n.LengthKM, 0, 1e4)
	p.at("reach_km").between(n.ReachKM, 0, 100)
	p.at("source_pinch_k").between(n.SourcePinchK, 0, 20)
	p.at("network_pinch_k").between(n.NetworkPinchK, 0, 20)
	p.at("lorenz_efficiency").between(n.LorenzEfficiency, 0.2, 0.75)
	p.temperatures(n)
	p.demand(&n.NetworkDemand)
	p.design(&n.NetworkDesign)
	for i, y := range n.Years {
		p.at("years", i).networkYear(y)
	}
}

// networkYear checks what was stated of one year; without its source it
// would be a rumour.
func (p place) networkYear(y NetworkYear) {
	p.at("year").between(float64(y.Year), 2000, 2100)
	p.at("source").required(y.Source)
	p.at("enrr_percent").within(y.EnRRShare, 0, 100)
	p.at("co2_direct_kg_per_kwh").within(y.CO2Direct, 0, 2)
	p.at("co2_life_cycle_kg_per_kwh").within(y.CO2LifeCycle, 0, 2)
}

// temperatures: a heat pump cannot be reckoned without the network's own
// heating curve, so none is assumed for it.
func (p place) temperatures(n *Network) {
	missing := false
	for _, key := range []string{"supply_cold_c", "supply_mild_c", "return_cold_c", "return_mild_c"} {
		if !p.at(key).written() {
			missing = true
			p.at(key).fault("ask the operator; 90, 65, 50 and 42 °C are common for hot water", "%s is missing", key)
		}
	}
	if missing {
		return
	}
	p.at("supply_cold_c").between(n.SupplyColdC, 0, 250)
	p.at("supply_mild_c").between(n.SupplyMildC, 0, 250)
	if n.ReturnColdC >= n.SupplyColdC || n.ReturnMildC >= n.SupplyMildC {
		p.at("return_cold_c").fault("", "the return is not colder than the supply")
	}
	if n.ColdC >= n.MildC {
		p.at("cold_c").fault("", "cold_c %v is not below mild_c %v", n.ColdC, n.MildC)
	}
}
