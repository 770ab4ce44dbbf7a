package reports

// SecrecyRule is one thing that readers of public editions are taken to assume
// (factors/secrecy.yaml).
type SecrecyRule struct {
	ID     string  `yaml:"id"` // key of the words, edition.rule_<id>
	Value  float64 `yaml:"value"`
	Unit   string  `yaml:"unit"`
	Since  string  `yaml:"since"` // 2006-01-02
	Source string  `yaml:"source"`
	Reason string  `yaml:"reason"`
	Status Status  `yaml:"status"`
}

// Own is the status of a rule that nobody but the program states.
const Own Status = "own"

// SecrecyRules reads factors/secrecy.yaml once.
var SecrecyRules = OnceFromFile[[]SecrecyRule]("secrecy.yaml")

// YearlyChange is the factor by which an energy may change in a year, for who
// knows it of another one.
func YearlyChange() (float64, error) {
	rules, err := SecrecyRules()
	if err != nil {
		return 0, err
	}
	for _, r := range rules {
		if r.ID == "yearly_change_percent" {
			return 1 + r.Value/100, nil
		}
	}
	panic("factors/secrecy.yaml has no rule yearly_change_percent")
}
