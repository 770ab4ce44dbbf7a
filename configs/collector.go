package configs

// Collector is the configuration of `thermie collector`.
type Collector struct {
	Listen      string      `yaml:"listen"` // default 127.0.0.1:8086
	Data        string      `yaml:"data"`   // folder of the embedded store and of the registry
	Store       Store       `yaml:"store"`
	Retention   Retention   `yaml:"retention"`
	Tokens      []Token     `yaml:"tokens"`
	TLS         ListenerTLS `yaml:"tls"`
	Released    []string    `yaml:"released"`     // sites that their operators release from collectors of their own
	BehindProxy bool        `yaml:"behind_proxy"` // a proxy in front speaks TLS; then no request counts as local
	Limits      Limits      `yaml:"limits"`
	Sites       []SiteEntry `yaml:"sites"` // declared sites, and what overrides an agent's card
	Territories []Territory `yaml:"territories"`
	Networks    []Network   `yaml:"networks"`
	Factors     []Factor    `yaml:"factors"` // emission factors that stand before those of the program
	Studies     []Study     `yaml:"studies"` // what an engineer states of one connection
	Plans       []Plan      `yaml:"plans"`   // what authorities state for their climate plans
	Feeds       []Feed      `yaml:"feeds"`   // what others than our agents write
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
	Site     string `yaml:"site"`
	File     string `yaml:"file"`
	CarryKey string `yaml:"carry_key"` // public key of the agent's export files, see `thermie carry` and `thermie takein`
}
