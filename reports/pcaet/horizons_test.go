package pcaet_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"thermie/configs"
	"thermie/reports"
	"thermie/reports/document"
	"thermie/reports/pcaet"
)

// recovered are the lines of the form's cell for recovered heat at a horizon,
// by scenario.
func recovered(p *pcaet.Report, year int) map[string]pcaet.DepositLine {
	lines := map[string]pcaet.DepositLine{}
	for _, l := range p.Deposit() {
		if l.Form.Form == "old_v2" && l.Form.Topic == "recovered" && l.Year == year {
			lines[l.Scenario] = l
		}
	}
	return lines
}

// A site that closes in 2032 captures nothing in 2050: the form's cell for
// 2050 must not promise its heat.
func TestTheFormCarriesTheTrajectoriesOfItsHorizons(t *testing.T) {
	p, page := written(t, plan, "authority")
	before, after := recovered(p, 2030), recovered(p, 2050)
	for _, scenario := range configs.Scenarios {
		if before[scenario].Ceiling.MWh.Code == "" || after[scenario].Ceiling.MWh.Code == "" {
			t.Fatalf("no ceiling by the scenario %s: %v, %v", scenario, before, after)
		}
	}
	open, closed := before["committed"].Ceiling.MWh, after["committed"].Ceiling.MWh
	if !(closed.Value < open.Value && closed.Value < after["trend"].Ceiling.MWh.Value) {
		t.Errorf("2030: %s; 2050, a site having closed: %s, and %s where it has not", open.Full("fr"), closed.Full("fr"), after["trend"].Ceiling.MWh.Full("fr"))
	}
	captured := map[string]float64{}
	for _, f := range reports.FiguresOf(p.Document().Blocks) {
		if at := f.Figure.Place; at.Table == "trajectories" && f.Figure.Unit == "MWh" {
			captured[at.Row+" "+at.Column] = f.Figure.Value
		}
	}
	if sum := captured["committed-2050 captee_mwh"] + captured["committed-2050 valorisee_mwh"]; sum != closed.Value || sum == 0 {
		t.Errorf("chapter 3 captures and hands over %g MWh, the form has %g", sum, closed.Value)
	}
	var csv bytes.Buffer
	if err := p.WriteDeposit(&csv); err != nil {
		t.Fatal(err)
	}
	line := ""
	for text := range strings.SplitSeq(csv.String(), "\n") {
		if strings.Contains(text, ";2050;Engagé;GWh;") {
			line = text
		}
	}
	if !strings.Contains(line, ";"+closed.Plain()+";") || !strings.Contains(line, ";"+closed.Code+";") {
		t.Errorf("depot.csv has for 2050 and the scenario « engagé »: %s, want %s (%s)", line, closed.Plain(), closed.Code)
	}
	if !strings.Contains(page, closed.Text("fr")) || !strings.Contains(page, closed.Code) {
		t.Errorf("the page does not print %s, %s", closed.Full("fr"), closed.Code)
	}
	followed := false
	for _, a := range p.Actions() {
		for _, r := range a.Results {
			followed = followed || r.Figure.Code == closed.Code
		}
	}
	if !followed {
		t.Error("no action sheet follows the ceiling of 2050")
	}
}

func TestWithoutAHypothesisAHorizonSaysSo(t *testing.T) {
	p, _ := written(t, configs.Plan{}, "authority")
	lines := recovered(p, 2050)
	if len(lines) != 1 || lines["unchanged"].Ceiling.MWh.Code == "" {
		t.Errorf("lines %v", lines)
	}
	if said := p.ScenarioOf(lines["unchanged"]); said != "Sans hypothèse, état 2025" {
		t.Errorf("the line is of the scenario %q", said)
	}
}

// What the rates of the horizons gain is what is captured by then, of what the
// networks deliver by then.
func TestTheRatesOfTheHorizonsAreThoseOfChapterThree(t *testing.T) {
	p, _ := written(t, plan, "authority")
	mean := map[string]document.Figure{}
	for _, f := range reports.FiguresOf(p.Document().Blocks) {
		if at := f.Figure.Place; at.Table == "trajectories" && at.Column == "rate" {
			mean[at.Row] = f.Figure
		}
	}
	points := map[string]float64{}
	for _, l := range p.Deposit() {
		if l.Code != "cae_22" || l.Year == 2025 {
			continue
		}
		row := fmt.Sprintf("%s-%d", l.Scenario, l.Year)
		if l.Rate.Code != mean[row].Code || l.Rate.Code == "" {
			t.Errorf("%s: the form has the rate %s, chapter 3 %s", row, l.Rate.Full("fr"), mean[row].Full("fr"))
		}
		points[row] = l.Points.Value
	}
	if !(points["committed-2050"] < points["trend-2050"]) {
		t.Errorf("points %v: a closed site still gains some", points)
	}
}
