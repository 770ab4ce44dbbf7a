package reports

import (
	"time"

	"thermie/heat"
	"thermie/reports/document"
)

// siteFigures are the printed numbers of one site over its own period. The
// site's report, the territory's table of short measurements and the summary
// share them.
type siteFigures struct {
	Site           *SiteResult
	EIT, EDC       document.Figure // kWh
	PUE            document.Figure // known only for twelve months of a metered total
	PPUE           document.Figure // « PUE partiel et provisoire »
	Heat           document.Figure // kWh recoverable
	HandedOver     document.Figure // kWh
	Cooling        document.Figure // kWh
	Supply, Return document.Figure // °C
}

// siteReport is the report's name in figure codes.
const siteReport = "site"

// figures rounds the site's numbers: to 0.01 kWh for periods below a month,
// to 1 kWh above.
func (r *SiteResult) figures() siteFigures {
	g := grid{siteReport, r.ID, periodID(r.Period), "energy"}
	kwh := inKWhOfDay
	if r.Period.To.Sub(r.Period.From) >= 28*24*time.Hour {
		kwh = inKWh
	}
	f := siteFigures{Site: r,
		EIT:        g.figure(r.ID, "it_energy_kwh", r.Quantity(eit), kwh),
		EDC:        g.figure(r.ID, "total_energy_kwh", r.Quantity(edc), kwh),
		Cooling:    g.figure(r.ID, "cooling_energy_kwh", r.Quantity(func(b *heat.Balance) heat.Quantity { return b.Cooling }), kwh),
		PUE:        g.figure(r.ID, "pue", r.Quantity(pue), inRatio),
		PPUE:       g.figure(r.ID, "ppue_interim", r.Quantity(interimPPUE), inRatio),
		Heat:       g.figure(r.ID, "recoverable_heat_kwh", r.Heat(), kwh),
		HandedOver: g.figure(r.ID, "handed_over_kwh", r.Quantity(handedOver), kwh),
		Supply:     g.unknown(r.ID, "supply_c", inCelsius),
		Return:     g.unknown(r.ID, "return_c", inCelsius),
	}
	if r.Estimate != nil {
		f.Supply = g.plain(r.ID, "supply_c", r.Estimate.Supply.Celsius(), inCelsius)
		f.Return = g.plain(r.ID, "return_c", r.Estimate.Return.Celsius(), inCelsius)
	}
	return f
}

// periodID names a period in figure codes: the year, or the first and the
// last day.
func periodID(p heat.Period) string {
	const day = "2006-01-02"
	last := p.To.Add(-time.Hour)
	if p.Annual() && p.From.YearDay() == 1 {
		return p.From.Format("2006")
	}
	return p.From.Format(day) + "/" + last.Format(day)
}
