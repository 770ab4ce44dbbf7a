package reports

import (
	"fmt"
	"time"

	"thermie/disclosure"
)

// SecrecyRule is one limit of what a protected edition prints, or one thing
// that its readers are taken to assume (factors/secrecy.yaml).
type SecrecyRule struct {
	ID     string  `yaml:"id"` // key of the words, edition.rule_<id>
	Value  float64 `yaml:"value"`
	Unit   string  `yaml:"unit"`
	Since  string  `yaml:"since"` // 2006-01-02
	Source string  `yaml:"source"`
	Seen   string  `yaml:"seen"`   // date of reading, 2006-01-02; empty for a convention
	Reason string  `yaml:"reason"` // why the convention is as it is
	Status Status  `yaml:"status"`
}

// Own is the status of a rule that nobody but the program states.
const Own Status = "own"

// secrecyRules reads factors/secrecy.yaml once.
var secrecyRules = OnceFromFile[[]SecrecyRule]("secrecy.yaml")

// Secrecy are the rules by which one report is protected.
type Secrecy struct {
	disclosure.Rules
	UncertaintyStep float64       // to a multiple of which a sum's relative uncertainty is rounded up
	YearlyChange    float64       // the factor by which an energy may change in a year, for who knows it of another one
	Relations       []Relation    // of the kinds of energy of one site, which everyone knows
	Stated          []SecrecyRule // as the annex prints them
}

// SecrecyOn returns the rules for a report of that date. One that the table
// does not state, or states in another unit, is an error: nothing is protected
// by a number of the code's own.
func SecrecyOn(day time.Time) (s Secrecy, err error) {
	all, err := secrecyRules()
	if err != nil {
		return s, err
	}
	related, err := relations()
	if err != nil {
		return s, err
	}
	s.Relations = inForce(related, day, func(r Relation) (id, since string) { return r.ID, r.Since })
	s.Stated = inForce(all, day, func(r SecrecyRule) (id, since string) { return r.ID, r.Since })
	values := map[string]float64{}
	for _, r := range s.Stated {
		values[r.ID+" "+r.Unit] = r.Value
	}
	stated := func(id, unit string) float64 {
		v, ok := values[id+" "+unit]
		if !ok {
			err = fmt.Errorf("factors/secrecy.yaml: no rule %s in %q", id, unit)
		}
		return v
	}
	s.Rules = disclosure.Rules{MinOperators: int(stated("min_operators", "")), MaxShare: int(stated("max_share_percent", "%")), Percent: int(stated("p_percent", "%"))}
	s.UncertaintyStep = stated("uncertainty_step_percent", "%") / 100
	s.YearlyChange = 1 + stated("yearly_change_percent", "%")/100
	return s, err
}
