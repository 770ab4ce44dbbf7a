package explain

import (
	"slices"
	"strconv"
	"strings"

	"thermie/configs"
	"thermie/reports/document"
)

// Hypothesis is something that may come and that a figure of the trajectories
// counts, in words.
type Hypothesis struct {
	ID       string `json:"id"`
	Kind     string `json:"kind"`
	About    string `json:"about"`
	Value    string `json:"value"`
	Years    string `json:"years"`
	Scenario string `json:"scenario"`
	Source   string `json:"source"`
}

// hypotheses are those that a figure of the trajectories counts.
func (l *Library) hypotheses(v *volume, f document.Figure) (all []Hypothesis) {
	if v.written == nil {
		return nil
	}
	for _, h := range v.dossier.Area.Plan.Hypotheses {
		if counts(f.Place, h) {
			t := v.written.HypothesisText(h)
			all = append(all, Hypothesis{ID: h.ID, Kind: t.Kind, About: t.About, Value: t.Value, Years: t.Years, Scenario: t.Scenario, Source: t.Source})
		}
	}
	return all
}

// counts reports whether the figure of a place counts a hypothesis: in the
// tables of the trajectories a row is a scenario and a year, and each scenario
// counts the hypotheses of those before it; the effects have a row a
// hypothesis.
func counts(at document.Place, h configs.Hypothesis) bool {
	if at.Table == "hypotheses" {
		return at.Row == h.ID
	}
	if table, _, _ := strings.Cut(at.Table, " "); table != "trajectories" && table != "rates" {
		return false
	}
	scenario, horizon, _ := strings.Cut(at.Row, "-")
	year, err := strconv.Atoi(horizon)
	return err == nil && h.From <= year && slices.Index(configs.Scenarios, h.Scenario) <= slices.Index(configs.Scenarios, scenario)
}
