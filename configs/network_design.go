package configs

// NetworkDemand says how a network's hours are formed: by its own series, by
// a standard load profile, or by degree hours.
type NetworkDemand struct {
	DemandFile      string  `yaml:"demand_csv"`             // the operator's hourly series, see heat.ReadDemand
	DemandHours     string  `yaml:"demand_hours"`           // such a series written out
	DemandSHA256    string  `yaml:"demand_sha256"`          // of such a series that a registry keeps
	DemandYear      int     `yaml:"demand_year"`            // of a series without time stamps
	DemandProfile   string  `yaml:"demand_profile"`         // SFH, MFH or COM of the German gas trade; empty: degree hours
	HeatingBaseC    float64 `yaml:"heating_base_c"`         // of degree hours; default 15.5
	DegreeDays      float64 `yaml:"demand_degree_days_k_d"` // of the year of demand_mwh, base 18 °C, civil year; zero: already a normal year
	DegreeDayMethod string  `yaml:"degree_day_method"`      // costic (default) or meteo
	DemandOrigin    string  `yaml:"demand_origin"`
}

// OwnHours reports whether the network has a series of its own.
func (d NetworkDemand) OwnHours() bool {
	return d.DemandFile != "" || d.DemandHours != "" || d.DemandSHA256 != ""
}

// NetworkDesign says how sources are tied into a network.
type NetworkDesign struct {
	Injection         string  `yaml:"injection"`        // return_to_supply (default), return_to_return, supply_to_return
	InjectionRiseK    float64 `yaml:"injection_rise_k"` // of the schemes that end in the return; default 10
	Preheat           bool    `yaml:"preheat"`          // a tap too cool for the supply still warms the return
	StorageMWh        float64 `yaml:"storage_mwh"`
	StorageMW         float64 `yaml:"storage_mw"` // largest charge and discharge; zero: no limit
	StorageLossPctDay float64 `yaml:"storage_loss_percent_per_day"`

	HeatPump     []HeatPumpPoint `yaml:"heat_pump_points"` // of a maker's sheet; none: lorenz_efficiency
	HighestSinkC float64         `yaml:"highest_sink_c"`   // that the heat pump delivers; default 100
	DesignOrigin string          `yaml:"design_origin"`    // who chose it, required with any of the above
}

// HeatPumpPoint is one COP of a maker's sheet.
type HeatPumpPoint struct {
	SourceInC  float64 `yaml:"source_in_c"`
	SourceOutC float64 `yaml:"source_out_c"`
	SinkInC    float64 `yaml:"sink_in_c"`
	SinkOutC   float64 `yaml:"sink_out_c"`
	COP        float64 `yaml:"cop"`
}
