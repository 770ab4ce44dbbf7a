package configs

// Plan is what an authority states for its climate plan: how things may
// develop, what other documents say of its sites, and who does what. Nothing
// of it is measured, so that each entry says where it comes from.
type Plan struct {
	Territory    string         `yaml:"territory"`        // SIREN
	Needs        PlanNeeds      `yaml:"heat_needs"`       // of the whole territory
	Platform     PlanPlatform   `yaml:"platform"`         // the deposit platform's own numbers
	Sender       PlanSender     `yaml:"sender"`           // of the letters
	Sites        []SiteEntry    `yaml:"planned_sites"`    // not yet there: they enter trajectories only
	Networks     []Network      `yaml:"planned_networks"` // likewise
	Contours     Contours       `yaml:"contours"`         // of its communes, for maps
	Hypotheses   []Hypothesis   `yaml:"hypotheses"`
	Documents    []PlanDocument `yaml:"documents"`
	Actions      []PlanAction   `yaml:"actions"`
	Outside      []Outside      `yaml:"outside_figures"` // known elsewhere: see package disclosure
	Publications []Publication  `yaml:"publications"`    // what operators publish themselves
}

// PlanNeeds is the heat that a territory's buildings and industry need in a
// year, whatever produces it.
type PlanNeeds struct {
	MWh    float64 `yaml:"mwh"`
	Year   int     `yaml:"year"`
	Source string  `yaml:"source"`
}

// PlanPlatform are the numbers under which Territoires en Transitions knows
// the authority and the indicators: who writes values to it needs them.
type PlanPlatform struct {
	Collectivity int            `yaml:"collectivity_id"`
	Indicators   map[string]int `yaml:"indicators"` // by the public id, such as cae_22
}

// PlanSender is who signs the authority's letters, and where answers go. What
// is left empty is left to be written in.
type PlanSender struct {
	Service   string `yaml:"service"`
	Address   string `yaml:"address"`
	Place     string `yaml:"place"` // where letters are dated
	Signatory string `yaml:"signatory"`
	Title     string `yaml:"title"` // of the signatory
	Contact   string `yaml:"contact"`
}

// Hypothesis is one thing that may come, from a year on. Each kind has its
// own keys, see hypothesisKinds.
type Hypothesis struct {
	ID             string  `yaml:"id"`
	Kind           string  `yaml:"kind"`
	Scenario       string  `yaml:"scenario"` // the first of trend, committed, ambitious that counts it; those after it do too
	From           int     `yaml:"from"`     // first year
	Until          int     `yaml:"until"`    // last year of a growth; 0: it goes on
	Site           string  `yaml:"site"`     // id; empty: all, where the kind allows it
	Network        string  `yaml:"network"`  // likewise
	State          string  `yaml:"state"`    // of a project
	Percent        float64 `yaml:"percent"`  // of today's heat that an extension adds
	PercentPerYear float64 `yaml:"percent_per_year"`
	SharePercent   float64 `yaml:"share_percent"` // of the site's heat that liquid cooling takes up
	SupplyC        float64 `yaml:"tap_supply_c"`
	ReturnC        float64 `yaml:"tap_return_c"`
	KgPerKWh       float64 `yaml:"kg_co2e_per_kwh"`
	Source         string  `yaml:"source"`
}

// The kinds of hypothesis.
const (
	NewSite       = "new_site"
	Extension     = "extension"
	Closure       = "closure"
	SiteGrowth    = "site_growth"
	LiquidCooling = "liquid_cooling"
	NewNetwork    = "new_network"
	NetworkGrowth = "network_growth"
	Renovation    = "renovation" // of buildings: it cuts a network's demand
	GridFactor    = "grid_factor"
)

// Scenarios are those of a trajectory; each counts what the ones before it
// count.
var Scenarios = []string{"trend", "committed", "ambitious"}

// PlanDocument is another planning document and what it says: of the whole
// territory, or by zones in a GeoJSON file.
type PlanDocument struct {
	Topic     string `yaml:"topic"` // plu, scot, region, ppa, mobility, pdp, master_plan, zaenr
	Title     string `yaml:"title"`
	Provision string `yaml:"provision"` // what it says; empty is to be completed
	File      string `yaml:"file"`      // GeoJSON, in the projection that it declares
	Property  string `yaml:"property"`  // of the file that names a zone
	Source    string `yaml:"source"`
	Date      string `yaml:"date"` // of the document, 2006-01-02
}

// PlanAction is what an authority decided of one action: of the connection of
// a site with a network, or of a general one.
type PlanAction struct {
	Action     string   `yaml:"action"` // connection, charter, plu_clause, master_plan, follow_up
	Site       string   `yaml:"site"`
	Network    string   `yaml:"network"`
	Lead       string   `yaml:"lead"`
	LeadType   string   `yaml:"lead_type"`
	Partners   []string `yaml:"partners"`
	Audience   []string `yaml:"audience"`
	Start      int      `yaml:"start"`
	End        int      `yaml:"end"`
	Status     string   `yaml:"status"`
	BudgetKEUR float64  `yaml:"budget_keur"` // before tax
	Funding    []string `yaml:"funding"`
	Source     string   `yaml:"source"`
}

// Connection is the action that ties a site into a network.
const Connection = "connection"

// resolve places the paths that the plan names in the file's folder.
func (p *Plan) resolve(file string) {
	Declared{Networks: p.Networks}.resolve(file)
	p.Contours.File = besides(file, p.Contours.File)
	for i := range p.Outside {
		p.Outside[i].File = besides(file, p.Outside[i].File)
	}
	for i := range p.Documents {
		p.Documents[i].File = besides(file, p.Documents[i].File)
	}
}
