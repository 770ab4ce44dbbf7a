package pcaet

import (
	"strconv"

	"thermie/configs"
	"thermie/reports/document"
)

// HypothesisText is a hypothesis in words, as chapter 3 prints it.
type HypothesisText struct{ Kind, About, Value, Years, Scenario, Source string }

// HypothesisText puts a hypothesis of the plan into words, without what could
// tell which site it is about where the edition does not name the site.
func (p *Report) HypothesisText(h configs.Hypothesis) HypothesisText {
	years := p.T("trajectory.from", "year", strconv.Itoa(h.From))
	if h.Until != 0 {
		years = strconv.Itoa(h.From) + "–" + strconv.Itoa(h.Until)
	}
	text := HypothesisText{Kind: p.T("hypothesis." + h.Kind), About: p.about(h), Value: p.valueOf(h), Years: years, Scenario: p.T("scenario." + h.Scenario), Source: h.Source}
	if none := document.LabelsOf(p.Lang).None; p.withheld(h.Site) {
		text.Value, text.Source = none, none
	}
	return text
}
