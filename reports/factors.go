package reports

import (
	"embed"
	"path"
	"slices"
	"sync"
	"time"

	"thermie/configs"
)

//go:embed factors/*.yaml
var factorFiles embed.FS

// Status says how well an entry of a table is supported.
type Status string

// The statuses. What was not read again in its source is printed
// « à confirmer » and never as law.
const (
	Read    Status = "read"
	Confirm Status = "confirm"
)

// Factor is one dated emission factor (factors/emissions.yaml).
type Factor struct {
	ID     string  `yaml:"id"`
	Value  float64 `yaml:"value"`
	Unit   string  `yaml:"unit"`
	Basis  string  `yaml:"basis"` // key of the words that say what is counted
	Year   int     `yaml:"year"`
	Set    string  `yaml:"set"` // sets are never mixed
	Source string  `yaml:"source"`
	Status Status  `yaml:"status"`
}

// Reference is one text of law or practice that a report leans on
// (factors/references.yaml). What it says is in the words, under
// references.<id>.
type Reference struct {
	ID     string `yaml:"id"`
	Cite   string `yaml:"cite"`   // how French law cites it
	Source string `yaml:"source"` // where it was read
	Seen   string `yaml:"seen"`   // date of reading, 2006-01-02; empty if it was not read
	Status Status `yaml:"status"`

	Value float64 `yaml:"value"` // of the threshold that the text sets, in Unit; 0 where the reports need none
	Unit  string  `yaml:"unit"`
}

// Form is one cell, or one cell a horizon, of a deposit form
// (factors/deposit.yaml).
type Form struct {
	Form     string    `yaml:"form"`
	Code     string    `yaml:"code"`  // {period} stands for the horizon's code
	Label    string    `yaml:"label"` // the form's wording
	Topic    string    `yaml:"topic"`
	Unit     string    `yaml:"unit"`
	Takes    string    `yaml:"takes"` // target, share, rate, asked, nothing, text
	Horizons []Horizon `yaml:"horizons"`
	Status   Status    `yaml:"status"`
}

// Horizon is one period of a form.
type Horizon struct {
	Code string `yaml:"code"`
	Year int    `yaml:"year"` // 0 is the reference year
}

// The tables, each read once.
var (
	EmissionFactors = OnceFromFile[[]Factor]("emissions.yaml")
	References      = OnceFromFile[[]Reference]("references.yaml")
	DepositForms    = OnceFromFile[[]Form]("deposit.yaml")
)

// EmissionFactors returns the dated factors of the program; one that is
// declared for the area stands in the place of that of its id, or behind all.
func (a Area) EmissionFactors() ([]Factor, error) {
	dated, err := EmissionFactors()
	all := slices.Clone(dated)
	for _, d := range a.Factors {
		own := Factor{ID: d.ID, Value: d.Value, Unit: d.Unit, Basis: d.Basis, Year: d.Year, Set: d.Set, Source: d.Source, Status: Status(d.Status)}
		if i := slices.IndexFunc(all, func(f Factor) bool { return f.ID == d.ID }); i >= 0 {
			all[i] = own
		} else {
			all = append(all, own)
		}
	}
	return all, err
}

// inForce returns those entries of a dated table that hold on a day: of each id
// the latest that has begun, or the first where none has. The entries of an id
// stand by rising date.
func inForce[T any](table []T, day time.Time, dated func(T) (id, since string)) (holding []T) {
	today, begun := day.Format(time.DateOnly), map[string]string{}
	for _, entry := range table {
		id, since := dated(entry)
		if _, seen := begun[id]; !seen || since <= today {
			begun[id] = since
		}
	}
	for _, entry := range table {
		if id, since := dated(entry); since == begun[id] {
			holding = append(holding, entry)
		}
	}
	return holding
}

// OnceFromFile returns a function that decodes an embedded table on its
// first call.
func OnceFromFile[T any](name string) func() (T, error) {
	return sync.OnceValues(func() (T, error) {
		var table T
		data, err := factorFiles.ReadFile(path.Join("factors", name))
		if err != nil {
			return table, err
		}
		return table, configs.DecodeStrict(name, data, &table)
	})
}
