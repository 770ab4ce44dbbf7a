package configs

// Network is a heat network. Of a number that may be left out, zero is not
// stated; where zero is a value of its own, the field is a pointer.
type Network struct {
	ID               string  `yaml:"id"`
	OrderID          string  `yaml:"order_id"` // id of annex 7 of the order of 15 September 2006, e.g. 7501C
	Name             string  `yaml:"name"`
	Operator         string  `yaml:"operator"`
	Fluid            string  `yaml:"fluid"` // hot_water, superheated_water, steam, loop
	Demand           float64 `yaml:"demand_mwh"`
	NetworkDemand    `yaml:",inline"`
	NetworkDesign    `yaml:",inline"`
	BaseShare        float64       `yaml:"base_share_percent"` // weather-independent share (hot water, losses); default 30
	EnRRShare        *float64      `yaml:"enrr_percent"`       // nil: not stated
	CO2Direct        float64       `yaml:"co2_direct_kg_per_kwh"`
	CO2LifeCycle     float64       `yaml:"co2_life_cycle_kg_per_kwh"`
	Years            []NetworkYear `yaml:"years"`         // what was stated of single years
	SupplyColdC      float64       `yaml:"supply_cold_c"` // supply temperature at and below ColdC outdoors
	SupplyMildC      float64       `yaml:"supply_mild_c"`
	ReturnColdC      float64       `yaml:"return_cold_c"`
	ReturnMildC      float64       `yaml:"return_mild_c"`
	ColdC            float64       `yaml:"cold_c"`
	MildC            float64       `yaml:"mild_c"`
	ClimateZone      string        `yaml:"climate_zone"` // RT2012 zone of the typical year: H1a … H3
	Latitude         float64       `yaml:"latitude_deg"`
	Longitude        float64       `yaml:"longitude_deg"`
	GeometryFile     string        `yaml:"geometry_file"` // GeoJSON, in the projection that it declares
	LengthKM         float64       `yaml:"length_km"`
	Fictitious       bool          `yaml:"fictitious"`
	ReachKM          float64       `yaml:"reach_km"` // sites farther away are not matched; default 2
	SourcePinchK     float64       `yaml:"source_pinch_k"`
	NetworkPinchK    float64       `yaml:"network_pinch_k"`
	LorenzEfficiency float64       `yaml:"lorenz_efficiency"`
	Said             `yaml:",inline"`
}

// NetworkYear is what was stated of a network for one year, such as by the
// yearly order on the CO2 content of heat networks.
type NetworkYear struct {
	Year         int      `yaml:"year"`
	EnRRShare    *float64 `yaml:"enrr_percent"`
	CO2Direct    *float64 `yaml:"co2_direct_kg_per_kwh"`
	CO2LifeCycle *float64 `yaml:"co2_life_cycle_kg_per_kwh"`
	Source       string   `yaml:"source"`
}

// Of returns the network as it was stated for a year: the last statement of
// that year or before it stands before what the network says of itself.
func (n Network) Of(year int) Network {
	last := 0
	for _, y := range n.Years {
		if y.Year > year || y.Year < last {
			continue
		}
		last = y.Year
		if y.EnRRShare != nil {
			n.EnRRShare = y.EnRRShare
		}
		if y.CO2Direct != nil {
			n.CO2Direct = *y.CO2Direct
		}
		if y.CO2LifeCycle != nil {
			n.CO2LifeCycle = *y.CO2LifeCycle
		}
	}
	return n
}
