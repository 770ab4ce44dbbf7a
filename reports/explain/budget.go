package explain

import (
	"math"
	"strings"

	"thermie/heat"
	"thermie/interval"
	"thermie/reports"
)

// Budget is the uncertainty of one of a site's energies by its causes, of
// which the squares add up: k=1, in kWh.
type Budget struct {
	Of         string  `json:"of"`
	U          float64 `json:"u_kwh"`
	Systematic []Cause `json:"systematic,omitempty"` // of devices: they never average out
	Random     []Cause `json:"random,omitempty"`     // of points: sampling, counter steps
	Assumed    []Cause `json:"assumed,omitempty"`
	Sources    []Cause `json:"sources,omitempty"` // a site's heat, as a network sees it
}

// Cause is one contribution.
type Cause struct {
	Name string  `json:"name"`
	U    float64 `json:"u_kwh"`
}

// budgets are those of the columns in question.
func (l *Library) budgets(s *reports.SiteResult, columns []string) (all []Budget) {
	if s.Balance == nil {
		return nil
	}
	done := map[string]bool{}
	add := func(of string, list []heat.Contribution) {
		if !done[of] && len(list) > 0 {
			all = append(all, l.budget(of, list))
		}
		done[of] = true
	}
	for _, c := range columns {
		switch key(c) {
		case "e_dc", "total_energy_kwh":
			add("e_dc", s.Balance.Budgets.EDC)
		case "e_it", "it_energy_kwh":
			add("e_it", s.Balance.Budgets.EIT)
		case "pue", "ppue_interim":
			add("e_dc", s.Balance.Budgets.EDC)
			add("e_it", s.Balance.Budgets.EIT)
		case "cooling_energy_kwh":
			add("cooling", s.Balance.Budgets.Cooling)
		case "valorisee", "handed_over_kwh":
			add("supplied", s.Balance.Budgets.HandedOver)
		case tapClass: // moves energy between classes and adds to none of its uncertainties
		default:
			if s.Estimate != nil {
				add("rejected", s.Estimate.Budget)
			}
		}
	}
	return all
}

// budget sorts contributions by their nature.
func (l *Library) budget(of string, list []heat.Contribution) Budget {
	b := Budget{Of: l.words.T("explain.of_" + of)}
	squares := 0.0
	for _, c := range list {
		if c.U == 0 {
			continue
		}
		squares += c.U * c.U
		kind, name, found := strings.Cut(c.Cause, ":")
		cause := Cause{Name: name, U: reports.RoundTo(c.U/float64(interval.KilowattHour), 2)}
		switch {
		case found && kind == "assumption":
			cause.Name = l.words.Name("assumptions", name)
			b.Assumed = append(b.Assumed, cause)
		case found && kind == "random":
			b.Random = append(b.Random, cause)
		case found && kind == "source":
			b.Sources = append(b.Sources, cause)
		default:
			cause.Name = c.Cause
			b.Systematic = append(b.Systematic, cause)
		}
	}
	b.U = reports.RoundTo(math.Sqrt(squares)/float64(interval.KilowattHour), 2)
	return b
}
