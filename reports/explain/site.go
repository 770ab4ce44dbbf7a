package explain

import (
	"slices"
	"strings"
	"time"

	"thermie/heat"
	"thermie/interval"
	"thermie/reports"
	"thermie/reports/document"
)

// Site is what one site adds, down to its registers.
type Site struct {
	ID          string       `json:"id"`
	Name        string       `json:"name"`
	Operator    string       `json:"operator,omitempty"`
	Data        string       `json:"data"` // measured, simulated or declared
	Origin      string       `json:"origin,omitempty"`
	From        time.Time    `json:"from"`
	To          time.Time    `json:"to"`
	Records     int          `json:"records"`
	SHA256      string       `json:"records_sha256"`
	Fault       string       `json:"fault,omitempty"`
	Tiers       []Tier       `json:"tiers,omitempty"`
	SilentHours int          `json:"silent_hours"` // of which nothing is known
	Budgets     []Budget     `json:"uncertainty,omitempty"`
	Assumptions []Assumption `json:"assumptions,omitempty"`
	Points      []Point      `json:"points,omitempty"`
	Remarks     []string     `json:"remarks,omitempty"`
}

// Tier is how many hours were found in one way.
type Tier struct {
	ID        string  `json:"tier"`
	Title     string  `json:"title"`
	Hours     int     `json:"hours"`
	Percent   float64 `json:"share_percent"` // of the hours
	EnergyMWh float64 `json:"energy_mwh"`
}

// Assumption is a value that nobody measured.
type Assumption struct {
	ID     string  `json:"id"`
	Name   string  `json:"name"`
	Value  float64 `json:"value"`
	Low    float64 `json:"low"`
	High   float64 `json:"high"`
	Unit   string  `json:"unit"`
	Source string  `json:"source"`
	Status string  `json:"status"`
}

// siteTrail follows one site; columns are the keys of the figures in question.
func (l *Library) siteTrail(s *reports.SiteResult, records []interval.Record, columns []string) Site {
	t := Site{ID: s.ID, Name: reports.SiteName(s), Operator: s.Place.Operator, Data: l.words.DataOf(s), Origin: s.Place.Origin,
		From: s.Period.From, To: s.Period.To, Records: s.Records, SHA256: s.Inputs.String(), Remarks: l.words.Remarks(s)}
	if s.Fault != nil {
		t.Fault = l.words.Why(s.Fault)
	}
	if s.Estimate != nil && restsOnHeat(columns) {
		t.Tiers, t.SilentHours = l.tiers(s)
		t.Assumptions = l.assumptions(s.Estimate.Assumptions)
	}
	t.Budgets = l.budgets(s, columns)
	t.Points = l.points(s, records, rolesFor(columns))
	return t
}

// tiers counts the hours by tier.
func (l *Library) tiers(s *reports.SiteResult) (tiers []Tier, silent int) {
	hours := map[heat.Tier]int{}
	for _, h := range s.Estimate.Hours {
		hours[h.Tier]++
	}
	for tier := heat.T1; tier <= heat.T5; tier++ {
		if hours[tier] > 0 {
			tiers = append(tiers, Tier{ID: tier.String(), Title: l.words.MethodName(tier.String()), Hours: hours[tier],
				Percent:   reports.RoundTo(float64(hours[tier])/float64(len(s.Estimate.Hours))*100, 1),
				EnergyMWh: reports.RoundTo(float64(s.Estimate.ByTier[tier]/interval.MegawattHour), 3)})
		}
	}
	return tiers, hours[heat.TierNone]
}

func (l *Library) assumptions(list []heat.Assumption) (all []Assumption) {
	for _, a := range list {
		all = append(all, Assumption{ID: a.ID, Name: l.words.Name("assumptions", a.ID), Value: a.Value, Low: a.Low, High: a.High,
			Unit: reports.Unitless(a.Unit), Source: l.words.AssumptionSource(a), Status: l.words.AssumptionStatus(a)})
	}
	return all
}

// electric are the keys of figures that rest on electricity meters alone, or on
// others that are no estimate of heat, and the roles of the points that they are read from.
var electric = map[string][]interval.Role{
	"e_it": {interval.RoleIT}, "it_energy_kwh": {interval.RoleIT},
	"cooling_energy_kwh": {interval.RoleCooling},
	"e_dc":               {interval.RoleTotal, interval.RoleIT, interval.RoleCooling, interval.RolePower, interval.RoleAuxiliary},
	"total_energy_kwh":   {interval.RoleTotal, interval.RoleIT, interval.RoleCooling, interval.RolePower, interval.RoleAuxiliary},
	"pue":                {interval.RoleTotal, interval.RoleIT},
	"ppue_interim":       {interval.RoleTotal, interval.RoleIT, interval.RoleCooling, interval.RolePower, interval.RoleAuxiliary},
	"valorisee":          {interval.RoleHandover}, "handed_over_kwh": {interval.RoleHandover},
	tapClass: {interval.RoleHeat},
}

// tapClass is the key of what puts an hour into a class of temperature: the
// sensors at the tap.
const tapClass = "class"

// key is a figure's column without its unit.
func key(column string) string {
	column, _, _ = strings.Cut(column, "/")
	return strings.TrimSuffix(strings.TrimSuffix(column, "_mwh"), "_gwh")
}

// restsOnHeat reports whether one of the columns is more than electricity and
// what a hand-over meter says.
func restsOnHeat(columns []string) bool {
	return slices.ContainsFunc(columns, func(c string) bool { return electric[key(c)] == nil })
}

// rolesFor are the roles of the points behind columns; nil for all.
func rolesFor(columns []string) (roles []interval.Role) {
	for _, c := range columns {
		of := electric[key(c)]
		if of == nil {
			return nil
		}
		roles = append(roles, of...)
	}
	return roles
}

// columnsOf are the keys of what a figure is, or is the sum of.
func columnsOf(f document.Figure) []string {
	var columns []string
	for _, p := range f.Guard.Parts {
		columns = append(columns, p.Kind())
	}
	if len(columns) > 0 && f.Place.Table == reports.ClassTable {
		columns = append(columns, tapClass)
	}
	if len(columns) == 0 {
		columns = []string{f.Place.Column}
		if electric[key(f.Place.Column)] == nil && electric[key(f.Place.Row)] != nil {
			columns = []string{f.Place.Row}
		}
	}
	slices.Sort(columns)
	return slices.Compact(columns)
}
