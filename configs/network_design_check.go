package configs

import (
	"regexp"
	"slices"
)

// sha256Hex is the form of a SHA-256 checksum.
var sha256Hex = regexp.MustCompile(`^[0-9a-f]{64}$`)

// demandKeys and designKeys need an origin beside them.
var (
	demandKeys = []string{"demand_csv", "demand_hours", "demand_sha256", "demand_profile", "demand_degree_days_k_d"}
	designKeys = []string{"injection", "injection_rise_k", "preheat", "storage_mwh", "heat_pump_points"}
)

// Defaults, which need none: a registry writes them out.
const heatingBaseC, highestSinkC = 15.5, 100

// demand checks how a network's hours are formed and fills the defaults.
func (p place) demand(d *NetworkDemand) {
	if !p.at("heating_base_c").written() {
		d.HeatingBaseC = heatingBaseC
	}
	if !p.at("degree_day_method").written() {
		d.DegreeDayMethod = "costic"
	}
	p.at("heating_base_c").between(d.HeatingBaseC, 10, 22)
	p.at("demand_profile").optional(d.DemandProfile, loadProfiles)
	p.at("degree_day_method").optional(d.DegreeDayMethod, degreeDayMethods)
	if d.DegreeDays != 0 {
		p.at("demand_degree_days_k_d").between(d.DegreeDays, 300, 6000)
	}
	if d.OwnHours() && d.DemandProfile != "" {
		p.at("demand_profile").fault("leave one of them out", "the network's own hours in demand_csv come before any profile")
	}
	if d.DemandFile != "" && d.DemandHours != "" {
		p.at("demand_hours").fault("leave one of them out", "the network's own hours stand in demand_csv as well")
	}
	if d.DemandYear != 0 {
		p.at("demand_year").between(float64(d.DemandYear), 1990, 2100)
	}
	if d.DemandSHA256 != "" && !sha256Hex.MatchString(d.DemandSHA256) {
		p.at("demand_sha256").fault("thermie registry show tells it; new hours are given as demand_csv", "%q is no checksum", d.DemandSHA256)
	}
	p.origin(demandKeys, d.HeatingBaseC != heatingBaseC, "demand_origin", d.DemandOrigin)
}

// design checks how sources are tied into a network.
func (p place) design(d *NetworkDesign) {
	p.at("injection").optional(d.Injection, injections)
	p.at("injection_rise_k").between(d.InjectionRiseK, 0, 60)
	p.at("storage_mwh").between(d.StorageMWh, 0, 1e5)
	p.at("storage_mw").between(d.StorageMW, 0, 1e4)
	p.at("storage_loss_percent_per_day").between(d.StorageLossPctDay, 0, 50)
	if d.InjectionRiseK != 0 && (d.Injection == "" || d.Injection == injections[0]) {
		p.at("injection_rise_k").fault("it belongs to return_to_return and supply_to_return", "this injection heats the return to the supply temperature, whatever the rise")
	}
	if d.StorageMWh == 0 && (d.StorageMW != 0 || d.StorageLossPctDay != 0) {
		p.at("storage_mw").fault("", "a tank of what content? storage_mwh is missing")
	}
	if !p.at("highest_sink_c").written() {
		d.HighestSinkC = highestSinkC
	}
	p.at("highest_sink_c").between(d.HighestSinkC, 40, 160)
	for i, point := range d.HeatPump {
		p.at("heat_pump_points", i).heatPumpPoint(point)
	}
	p.origin(designKeys, d.HighestSinkC != highestSinkC, "design_origin", d.DesignOrigin)
}

// heatPumpPoint checks one COP of a maker's sheet.
func (p place) heatPumpPoint(x HeatPumpPoint) {
	switch {
	case !(x.SourceInC >= x.SourceOutC && x.SinkOutC > x.SinkInC && x.SinkOutC > x.SourceInC):
		p.fault("source_in_c, source_out_c, sink_in_c and sink_out_c in °C", "the point does not lift heat from a source to a hotter sink")
	case !(x.COP > 1 && x.COP < 20):
		p.at("cop").fault("", "cop %v is not within 1 to 20", x.COP)
	}
}

// origin asks where what is written under any of the keys, or chosen besides,
// comes from.
func (p place) origin(keys []string, chosen bool, key, value string) {
	if chosen || slices.ContainsFunc(keys, func(k string) bool { return p.at(k).written() }) {
		p.at(key).required(value)
	}
}
