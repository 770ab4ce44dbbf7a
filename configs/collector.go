package configs

// Collector is the configuration of `thermie collector`.
type Collector struct {
	Listen      string      `yaml:"listen"` // default 127.0.0.1:8086
	Data        string      `yaml:"data"`   // folder of the embedded store and of the registry
	Store       Store       `yaml:"store"`
	Tokens      []Token     `yaml:"tokens"`
	TLS         ListenerTLS `yaml:"tls"`
	BehindProxy bool        `yaml:"behind_proxy"` // a proxy in front speaks TLS; then no request counts as local
	Limits      Limits      `yaml:"limits"`
	Sites       []SiteEntry `yaml:"sites"` // declared sites, and what overrides an agent's card
	Territories []Territory `yaml:"territories"`
	Networks    []Network   `yaml:"networks"`
	Feeds       []Feed      `yaml:"feeds"` // what others than our agents write
}

// Store says what keeps the cards, events and intervals.
type Store struct {
	Kind      string `yaml:"kind"`       // embedded (default) or influx
	URL       string `yaml:"url"`        // influx: where InfluxDB listens
	Bucket    string `yaml:"bucket"`     // influx: default thermie; InfluxDB 1.8: database or database/retention-policy
	Database  string `yaml:"database"`   // influx: by which InfluxQL knows the bucket; default its part before a slash
	Org       string `yaml:"org"`        // influx: may be empty where the server has one only
	TokenFile string `yaml:"token_file"` // influx: holds the token alone; user:password for InfluxDB 1.8
}

// The kinds of store.
const (
	EmbeddedStore = "embedded"
	InfluxStore   = "influx"
)

// Token lets one site's agent write. The file holds the secret alone.
type Token struct {
	Site string `yaml:"site"`
	File string `yaml:"file"`
}

// Territory is the area of one PCAET.
type Territory struct {
	SIREN      string   `yaml:"siren"`
	Name       string   `yaml:"name"`
	Kind       string   `yaml:"kind"` // CC, CA, CU, ME, EPT, commune
	Year       int      `yaml:"millesime"`
	Population int      `yaml:"population"`
	Communes   []string `yaml:"communes_insee"`
	Sites      []string `yaml:"sites"`
	Networks   []string `yaml:"networks"`
	Fictitious bool     `yaml:"fictitious"`
}

// Network is a heat network.
type Network struct {
	ID               string  `yaml:"id"`
	OrderID          string  `yaml:"order_id"` // id of annex 7 of the order of 15 September 2006, e.g. 7501C
	Name             string  `yaml:"name"`
	Operator         string  `yaml:"operator"`
	Fluid            string  `yaml:"fluid"` // hot_water, superheated_water, steam, loop
	Demand           float64 `yaml:"demand_mwh"`
	BaseShare        float64 `yaml:"base_share_percent"` // weather-independent share (hot water, losses); default 30
	EnRRShare        float64 `yaml:"enrr_percent"`
	CO2Direct        float64 `yaml:"co2_direct_kg_per_kwh"`
	CO2LifeCycle     float64 `yaml:"co2_life_cycle_kg_per_kwh"`
	SupplyColdC      float64 `yaml:"supply_cold_c"` // supply temperature at and below ColdC outdoors
	SupplyMildC      float64 `yaml:"supply_mild_c"`
	ReturnColdC      float64 `yaml:"return_cold_c"`
	ReturnMildC      float64 `yaml:"return_mild_c"`
	ColdC            float64 `yaml:"cold_c"`
	MildC            float64 `yaml:"mild_c"`
	ClimateZone      string  `yaml:"climate_zone"` // RT2012 zone of the typical year: H1a … H3
	Latitude         float64 `yaml:"latitude_deg"`
	Longitude        float64 `yaml:"longitude_deg"`
	LengthKM         float64 `yaml:"length_km"`
	Fictitious       bool    `yaml:"fictitious"`
	ReachKM          float64 `yaml:"reach_km"` // sites farther away are not matched; default 2
	SourcePinchK     float64 `yaml:"source_pinch_k"`
	NetworkPinchK    float64 `yaml:"network_pinch_k"`
	LorenzEfficiency float64 `yaml:"lorenz_efficiency"`
}
