package reports

// Relation is what everyone knows of the kinds of energy of one site, or of
// one connection of it: of one kind, the sum of others is between two shares
// (factors/relations.yaml).
type Relation struct {
	ID           string   `yaml:"id"`
	Each         Extent   `yaml:"each"`
	Of           string   `yaml:"of"`    // as the leaves of figures name it, e.g. "gisement"
	Takes        []string `yaml:"takes"` // likewise
	LeastPercent int64    `yaml:"least_percent"`
	MostPercent  int64    `yaml:"most_percent"`
	Since        string   `yaml:"since"` // 2006-01-02
	Source       string   `yaml:"source"`
	Status       Status   `yaml:"status"`
}

// Extent is what a relation holds of, each by itself.
type Extent string

// The extents.
const (
	EachSite       Extent = "site"
	EachConnection Extent = "connection" // of a site to a network
)

// relations reads factors/relations.yaml once.
var relations = OnceFromFile[[]Relation]("relations.yaml")
