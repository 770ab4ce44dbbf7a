package deposit

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"thermie/configs"
	"thermie/heat"
	"thermie/reports"
	"thermie/reports/document"
)

// developing states two hypotheses: buildings need less, and a site closes.
func developing(d *reports.Dossier) {
	d.Options.OtherThermal = true
	d.Area.Plan.Hypotheses = []configs.Hypothesis{
		{ID: "renovation", Kind: configs.Renovation, Scenario: "trend", From: 2026, PercentPerYear: 1, Source: "schéma directeur"},
		{ID: "closure", Kind: configs.Closure, Scenario: "committed", From: 2032, Site: "dlc-2mw", Source: "presse locale"},
	}
}

// One ceiling of one horizon and scenario is one figure in the plan's workbook
// and in the indicator values, each naming the scenario; no horizon has two
// rows.
func TestTheHorizonsAreOneFigureInEveryFile(t *testing.T) {
	p := written(t, "authority", developing)
	var v values
	data := output(t, WriteValues, p)
	valid(t, data)
	if err := json.Unmarshal(data, &v); err != nil {
		t.Fatal(err)
	}
	comments := map[string]string{}
	for _, i := range v.Indicators {
		if key := i.ID + " " + i.Date; comments[key] != "" {
			t.Errorf("two rows for %s", key)
		}
		comments[i.ID+" "+i.Date] = i.TargetComment + " "
	}
	f, err := excelize.OpenReader(bytes.NewReader(output(t, WritePlan, p)))
	if err != nil {
		t.Fatal(err)
	}
	rows, err := f.GetRows(planSheet)
	if err != nil {
		t.Fatal(err)
	}
	workbook := fmt.Sprint(rows)
	for _, l := range p.Deposit() {
		if l.Code != "cae_3.ap" || l.Year <= 2025 {
			continue
		}
		said := comments[fmt.Sprintf("cae_3.ap %d-01-01", l.Year)]
		if !strings.Contains(said, l.Ceiling.MWh.Code) || !strings.Contains(said, p.ScenarioOf(l)) {
			t.Errorf("indicateurs.json says of %d, %s: %q", l.Year, l.Scenario, said)
		}
		if !strings.Contains(workbook, l.Ceiling.MWh.Code) || !strings.Contains(workbook, "scénario « "+p.ScenarioOf(l)+" »") && !strings.Contains(strings.ReplaceAll(workbook, document.Nbsp, " "), "scénario « "+p.ScenarioOf(l)+" »") {
			t.Errorf("plan-import.xlsx does not hold %s, %d, %s", l.Ceiling.MWh.Code, l.Year, l.Scenario)
		}
	}
}

// A site of which nobody knows the electricity is not in the total that the
// platform is told: the comment says so, as a sentence of its own.
func TestAnIndicatorSaysWhatItLacks(t *testing.T) {
	p := written(t, "authority", func(d *reports.Dossier) {
		for _, s := range d.Sites {
			if s.ID == "air-5mw" {
				known := *s.Balance
				known.EDC = heat.Quantity{}
				s.Balance = &known
			}
		}
	})
	if text := string(output(t, WriteValues, p)); !strings.Contains(text, "déjà comprise dans le total. Hors du total d'électricité, non connue : Centre simulé de 5 MW.") {
		t.Error("cae_2.fb does not say which site it lacks")
	}
}
