package explain

import (
	"slices"
	"strings"

	"thermie/reports"
	"thermie/reports/document"
)

// Price is a dated price or term that a cost is reckoned with.
type Price struct {
	ID     string  `json:"id"`
	Name   string  `json:"name"`
	Value  float64 `json:"value"`
	Unit   string  `json:"unit"`
	UpToMW float64 `json:"up_to_mw,omitempty"` // it holds up to this power
	Source string  `json:"source"`
	Seen   string  `json:"read_on,omitempty"` // day on which it was read there, 2006-01-02
	Status string  `json:"status"`
}

// The inputs of factors/study.yaml by what they pay for.
var (
	plant   = []string{"heat_pump", "station", "pipe", "detour"}
	running = []string{"fixed_om", "variable_om", "electricity"}
	capital = []string{"plant_years", "pipe_years", "discount"}
	yearly  = slices.Concat(plant, running, capital, []string{"aid"})
)

// pricesOf are the inputs of the methods of cost (heat/METHODS.md).
var pricesOf = map[string][]string{
	"TE3": plant,
	"EC1": capital,
	"EC2": yearly, "EC5": yearly, "EC6": yearly,
	"EC3": append(slices.Clone(yearly), "heat_worth"), "EC4": append(slices.Clone(yearly), "heat_worth"),
	"EC7": slices.Concat(plant, running, []string{"heat_worth"}),
}

// pricesFor are the ids of the inputs behind a figure.
func pricesFor(f document.Figure) (ids []string) {
	for _, method := range strings.Split(f.Method, ", ") {
		ids = append(ids, pricesOf[method]...)
	}
	switch {
	case f.Place.Table == "backup":
		return []string{"backup"}
	case strings.HasPrefix(f.Place.Row, "invest_"):
		ids = append(ids, "aid") // the study prints what is left to pay
	}
	return ids
}

// prices are those behind a figure, as they stand for the connections that it
// rests on.
func (l *Library) prices(v *volume, f document.Figure, b basis) (all []Price, err error) {
	ids := pricesFor(f)
	if len(ids) == 0 {
		return nil, nil
	}
	table, err := reports.StudyInputs()
	if err != nil {
		return nil, err
	}
	tables := []reports.StudyTable{}
	for _, n := range b.networks {
		for _, s := range b.sites {
			if slices.Contains(n.Members, s) {
				tables = append(tables, table.With(v.dossier.Area.StudyOf(s.ID, n.Network.ID)))
			}
		}
	}
	if len(tables) == 0 {
		tables = append(tables, table)
	}
	for _, t := range tables {
		for _, in := range t.Inputs {
			if p := l.price(in); slices.Contains(ids, in.ID) && !slices.Contains(all, p) {
				all = append(all, p)
			}
		}
	}
	return all, nil
}

func (l *Library) price(in reports.StudyInput) Price {
	unit := in.Unit
	switch unit {
	case "a":
		unit = l.words.T("study.years")
	case "%/a":
		unit = l.words.T("study.percent_a_year")
	}
	return Price{ID: in.ID, Name: l.words.T("study_inputs." + in.ID), Value: in.Value, Unit: reports.Unitless(unit), UpToMW: in.UpToMW,
		Source: in.Source, Seen: in.Seen, Status: l.words.T("status." + string(in.Status))}
}
