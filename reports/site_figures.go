package reports

import (
	"time"

	"thermie/heat"
	"thermie/reports/document"
)

// SiteFigures are the printed numbers of one site over its own period. The
// site's report, the territory's table of short measurements and the summary
// share them.
type SiteFigures struct {
	Site           *SiteResult
	EIT, EDC       document.Figure // kWh
	PUE            document.Figure // known only for twelve months of a metered total
	PPUE           document.Figure // « PUE partiel et provisoire »
	Heat           document.Figure // kWh recoverable
	HandedOver     document.Figure // kWh
	Cooling        document.Figure // kWh
	Supply, Return document.Figure // °C
}

// SiteReport is the report's name in figure codes.
const SiteReport = "site"

// Figures rounds the site's numbers: to 0.01 kWh for periods below a month,
// to 1 kWh above.
func (r *SiteResult) Figures() SiteFigures { return r.figures(nil) }

// figures rounds them for an edition that must not show the secret codes.
func (r *SiteResult) figures(secret map[string]bool) SiteFigures {
	g := NewGrid(SiteReport, r.ID, PeriodID(r.Period), "energy")
	g.owner, g.secret = func(string) string { return r.Owner() }, secret
	kwh := inKWhOfDay
	if r.Period.To.Sub(r.Period.From) >= 28*24*time.Hour {
		kwh = inKWh
	}
	f := SiteFigures{Site: r,
		EIT:        g.Figure(r.ID, "it_energy_kwh", r.Quantity(eit), kwh),
		EDC:        g.Figure(r.ID, "total_energy_kwh", r.Quantity(edc), kwh),
		Cooling:    g.Figure(r.ID, "cooling_energy_kwh", r.Quantity(func(b *heat.Balance) heat.Quantity { return b.Cooling }), kwh),
		PUE:        g.Figure(r.ID, "pue", r.Quantity(pue), InRatio),
		PPUE:       g.Figure(r.ID, "ppue_interim", r.Quantity(interimPPUE), InRatio),
		Heat:       g.Figure(r.ID, "recoverable_heat_kwh", r.Heat(), kwh),
		HandedOver: g.Figure(r.ID, "handed_over_kwh", r.Quantity(handedOver), kwh),
		Supply:     g.Unknown(r.ID, "supply_c", InCelsius),
		Return:     g.Unknown(r.ID, "return_c", InCelsius),
	}
	if r.Estimate != nil {
		f.Supply = g.Plain(r.ID, "supply_c", r.Estimate.Supply.Celsius(), InCelsius)
		f.Return = g.Plain(r.ID, "return_c", r.Estimate.Return.Celsius(), InCelsius)
	}
	return f
}

// PeriodID names a period in figure codes: the year, or the first and the
// last day.
func PeriodID(p heat.Period) string {
	const day = "2006-01-02"
	last := p.To.Add(-time.Hour)
	if p.Annual() && p.From.YearDay() == 1 {
		return p.From.Format("2006")
	}
	return p.From.Format(day) + "/" + last.Format(day)
}

// All are the site's figures, in the order of print.
func (f SiteFigures) All() []document.Figure {
	return []document.Figure{f.EIT, f.EDC, f.PUE, f.PPUE, f.Heat, f.HandedOver, f.Cooling, f.Supply, f.Return}
}
