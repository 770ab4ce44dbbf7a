package reports

import (
	"cmp"
	"fmt"
	"strings"
	"time"

	"thermie/configs"
	"thermie/disclosure"
)

// Area is what a territory's report covers: the territory and the heat
// networks that serve it. Networks that the territory does not name are left
// out by NewArea.
type Area struct {
	Territory configs.Territory `yaml:"territory"`
	Networks  []configs.Network `yaml:"networks"`
	Studies   []configs.Study   `yaml:"studies"` // what engineers state of single connections
	Restated  []Restated        `yaml:"-"`       // what one changed in the workbook of the connection that is studied
	Factors   []configs.Factor  `yaml:"factors"` // emission factors that stand before the program's
	Plan      configs.Plan      `yaml:"plan"`    // what the authority states for its climate plan
	Courses   map[string]string `yaml:"courses"` // by network: its pipes as GeoJSON in WGS 84, from a registry
}

// Atlas is a source that knows territories and networks as well as sites: a
// collector's registry.
type Atlas interface {
	AreaOf(siren string) (Area, error)
}

// NewArea picks the territory of that SIREN, and its networks, from a
// collector's configuration.
func NewArea(c *configs.Collector, siren string) (Area, error) {
	networks := map[string]configs.Network{}
	for _, n := range c.Networks {
		networks[n.ID] = n
	}
	for _, t := range c.Territories {
		if t.SIREN != siren {
			continue
		}
		a := Area{Territory: t, Studies: c.Studies, Factors: c.Factors, Plan: PlanOf(c.Plans, siren)}
		for _, id := range t.Networks {
			n, ok := networks[id]
			if !ok {
				return Area{}, fmt.Errorf("territory %s (%s) names the network %q, which the configuration does not describe", t.SIREN, t.Name, id)
			}
			a.Networks = append(a.Networks, n)
		}
		return a, nil
	}
	return Area{}, fmt.Errorf("no territory with SIREN %q in the configuration\nhint: territories: lists %d of them", siren, len(c.Territories))
}

// PlanOf is what is stated for a territory's climate plan; empty where
// nothing is.
func PlanOf(plans []configs.Plan, siren string) configs.Plan {
	for _, p := range plans {
		if p.Territory == siren {
			return p
		}
	}
	return configs.Plan{Territory: siren}
}

// Only narrows the area to one network. An area without a territory then
// holds that network and the site alone.
func (a Area) Only(networks []configs.Network, id, site string) (Area, error) {
	var known []string
	for _, n := range networks {
		if n.ID != id {
			known = append(known, n.ID)
			continue
		}
		if a.Territory.SIREN == "" {
			a.Territory.Sites = []string{site}
		}
		a.Networks = []configs.Network{n}
		return a, nil
	}
	return a, fmt.Errorf("the configuration describes no network %q\nhint: it describes %s", id, cmp.Or(strings.Join(known, ", "), "none, under networks:"))
}

// Options are the choices of a report. Date and Software are arguments, not
// looked up, so that the same inputs give the same bytes.
type Options struct {
	Year            int       // civil year, in the sites' standard time
	Lang            string    // "fr" or "en"; empty is French
	Date            time.Time // printed on the report
	Software        string    // version printed on the report
	Disclosure      string    // id of the disclosure profile of those who read; empty is authority
	Reader          string    // who reads, printed where the profile asks for it; of an operator, its SIREN
	Openings        Openings  // what is open beside what the source knows
	OtherThermal    bool      // the authority asks for recovered heat in the row « Autre » of the new deposit form (cae_3.ap)
	AllowFictitious bool      // what is fictitious may stand beside what is real
	Out             string    // folder for the files
	Progress        Progress  // hears how far the work is; may be nil
}

// Progress hears that done of total parts of a step are finished: "sites",
// "match", "trajectories" or "files".
type Progress func(step string, done, total int)

// step is the progress of one step, nil where nobody listens.
func (o Options) step(name string) func(done, total int) {
	if o.Progress == nil {
		return nil
	}
	return func(done, total int) { o.Progress(name, done, total) }
}

// FirstYear and LastYear are the years that a report can be of: no rule, but a
// guard against slips of the pen, which the other rooms draw likewise.
const (
	FirstYear = 1990
	LastYear  = 2200
)

// WithDefaults fills in what is left empty and refuses what cannot be meant.
func (o Options) WithDefaults() (Options, error) {
	if o.Lang == "" {
		o.Lang = "fr"
	}
	if o.Disclosure == "" {
		o.Disclosure = disclosure.Authority.ID
	}
	if o.Year < FirstYear || o.Year > LastYear {
		return o, fmt.Errorf("a report for the year %d: that is not a year of measurement", o.Year)
	}
	_, err := WordsOf(o.Lang)
	return o, err
}
