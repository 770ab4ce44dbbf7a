package pcaet

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"thermie/heat"
	"thermie/interval"
	"thermie/reports"
	"thermie/reports/document"
)

// economy is what a match costs, by the study's prices.
type economy struct {
	Cost    document.Figure // of the heat delivered
	Budget  document.Figure // the investment, without aid
	Payback document.Figure // gross; unknown where the heat never pays for it
	Never   bool            // a year costs more than it brings
}

// priceLimits are how far a connection's prices may lie from those of the
// table, as shares of them: the study's own limits (heat.Study.Levers).
type priceLimits struct{ plant, distance, electricity float64 }

func (p *Report) priceLimits() priceLimits {
	levers := heat.Study{Terms: p.study.Terms(interval.Megawatt), Distance: 1}.Levers()
	share := func(id string) float64 {
		i := slices.IndexFunc(levers, func(l heat.Lever) bool { return l.ID == id })
		if i < 0 {
			return 0 // a price of nothing has no limits
		}
		return (levers[i].High - levers[i].Low) / (levers[i].High + levers[i].Low)
	}
	return priceLimits{share("plant_cost"), share("distance"), share("electricity_price")}
}

// Steps of money.
var (
	inEuroPerMWh = reports.In("€/MWh", heat.EuroPerMWh, 0)
	inKEUR       = reports.In("k€", 1e3, 0)
)

// economyOf prices a match.
//
// The uncertainty is that of prices which lie anywhere within their limits.
func (p *Report) economyOf(pr reports.Pair) economy {
	g := p.d.Grid("economy")
	row := pr.Captured.MWh.Place.Row
	e := economy{Cost: g.Unknown(row, "cost", inEuroPerMWh), Budget: g.Unknown(row, "budget", inKEUR), Payback: g.Unknown(row, "payback", p.inYears())}
	d := pr.Delivery
	if !(d.DeliveredHeat.Value > 0) || pr.Distance.Mark == document.Unknown {
		return e
	}
	peak := d.Peak()
	inputs := p.study.With(p.d.Area.StudyOf(pr.Site.ID, pr.Network.Network.ID))
	c := inputs.Terms(peak).Connection(d, p.lengthOf(pr))
	worth := inputs.Value("heat_worth", peak) * heat.EuroPerMWh

	limits := p.priceLimits()
	var invested, uInvested, uYear float64
	for _, i := range c.Investments {
		limit := limits.plant
		if i.Name == "pipe" {
			limit = limits.distance
		}
		u := limit * i.Cost / math.Sqrt(3)
		invested += i.Cost
		uInvested = math.Hypot(uInvested, u)
		uYear = math.Hypot(uYear, u*(1-i.Aid)*heat.CapitalRecovery(c.Discount, i.Years))
	}
	uElectricity := limits.electricity * c.ElectricityPrice * float64(c.Electricity) / math.Sqrt(3)
	quantity := func(value, u float64, method string) heat.Quantity {
		return heat.Quantity{Value: value, U: u, Known: d.DeliveredHeat.Known, Coverage: d.DeliveredHeat.Coverage, Method: method, Simulated: d.DeliveredHeat.Simulated}
	}
	e.Cost = g.Figure(row, "cost", quantity(c.Levelised(), math.Hypot(uYear, uElectricity)/float64(c.Delivered), "EC2"), inEuroPerMWh)
	e.Budget = g.Figure(row, "budget", quantity(invested, uInvested, "TE3"), inKEUR)
	years := c.Payback(worth)
	if e.Never = math.IsInf(years, 1); !e.Never {
		relative := math.Hypot(uInvested/invested, uElectricity*years/invested)
		e.Payback = g.Figure(row, "payback", quantity(years, years*relative, "EC7"), p.inYears())
	}
	return e
}

// lengthOf is the straight distance of a match in m.
func (p *Report) lengthOf(pr reports.Pair) float64 {
	return pr.Network.DistanceKM[slices.Index(pr.Network.Members, pr.Site)] * 1000
}

func (p *Report) inYears() reports.Step { return reports.In(p.T("study.years"), 1, 1) }

// costs ranks the matches by the cost of their heat. Where one cost may not
// be read the order would tell it: then the matches stand as elsewhere.
func (p *Report) costs() {
	if len(p.f.Pairs) == 0 {
		return
	}
	p.Paragraph("economy.text", "worth", p.Digits(p.study.Value("heat_worth", 0)), "electricity", p.Digits(p.study.Value("electricity", 0)))
	type priced struct {
		reports.Pair
		economy
	}
	var list []priced
	ranked := true
	for _, pr := range p.f.Pairs {
		list = append(list, priced{pr, p.economyOf(pr)})
		ranked = ranked && list[len(list)-1].Cost.Mark != document.Secret
	}
	if ranked {
		slices.SortStableFunc(list, func(a, b priced) int { return cmp.Compare(rank(a.Cost), rank(b.Cost)) })
	}
	t := document.Table{Caption: p.T("economy.caption"), Sheet: p.T("sheets.economy"),
		Columns: []document.Column{p.Text("site"), p.Text("network"), p.Uncertain("captured", "MWh"), p.Uncertain("cost", "€/MWh"),
			p.Uncertain("investment", "k€"), p.Uncertain("payback", p.T("study.years")), p.Center("method")},
		Notes: document.Text(p.limitsNote())}
	for _, one := range list {
		payback := document.FigureCell(one.Payback)
		if one.Never {
			payback = document.TextCell(p.T("economy.never"))
		}
		t.Rows = append(t.Rows, document.Row{Cells: []document.Cell{document.HeadCell(reports.SiteName(one.Site)), document.TextCell(one.Network.Network.Name),
			document.FigureCell(one.Captured.MWh), document.FigureCell(one.Cost), document.FigureCell(one.Budget), payback, reports.Method(one.Cost)}})
	}
	p.Add(t)
	p.Add(p.priceTable())
}

// limitsNote says what the uncertainty of the costs is.
func (p *Report) limitsNote() string {
	percent := func(share float64) string { return p.Digits(reports.RoundTo(100*share, 0)) }
	l := p.priceLimits()
	return p.T("economy.note", "plant", percent(l.plant), "distance", percent(l.distance), "electricity", percent(l.electricity))
}

// rank puts what has no cost last.
func rank(f document.Figure) float64 {
	if !f.Stated() {
		return math.Inf(1)
	}
	return f.Value
}

// priceTable prints the prices with their source and status.
func (p *Report) priceTable() document.Table {
	t := document.Table{Caption: p.T("economy.prices_caption"), Sheet: p.T("sheets.prices"),
		Columns: []document.Column{p.Text("assumption"), p.Text("value"), p.Text("source"), p.Center("status")}}
	for _, in := range p.study.Inputs {
		if !slices.Contains(priceIDs, in.ID) {
			continue
		}
		unit := in.Unit
		switch unit {
		case "a":
			unit = p.T("study.years")
		case "%/a":
			unit = p.T("study.percent_a_year")
		}
		value := strings.TrimSpace(p.Digits(in.Value) + document.Nbsp + reports.Unitless(unit))
		if in.UpToMW != 0 {
			value += " " + p.T("economy.up_to", "mw", p.Digits(in.UpToMW))
		}
		t.Rows = append(t.Rows, document.Row{Cells: []document.Cell{document.HeadCell(p.T("study_inputs." + in.ID)), document.TextCell(value),
			document.TextCell(p.OrAssumed(in.Source)), document.TextCell(p.T("status." + string(in.Status)))}})
	}
	return t
}

// priceIDs are the inputs of a connection's cost (reports.StudyTable.Terms)
// and of its payback.
var priceIDs = []string{"heat_pump", "station", "pipe", "plant_years", "pipe_years", "fixed_om", "variable_om", "discount", "aid", "electricity", "heat_worth", "detour"}

// failures lists the pairs of a site and a network within reach that do not
// come about, and counts the others.
func (p *Report) failures() {
	t := document.Table{Caption: p.T("economy.failures_caption"), Sheet: p.T("sheets.failures"),
		Columns: []document.Column{p.Text("site"), p.Text("network"), p.Number("distance", "km"), p.Text("reason")}}
	g := p.d.Grid("failures")
	far := 0
	for _, f := range p.d.Failures {
		if f.Reason == heat.TooFar {
			far++
			continue
		}
		row := f.Source + "→" + f.Network
		t.Rows = append(t.Rows, document.Row{Cells: []document.Cell{document.HeadCell(p.nameOf(f.Source)), document.TextCell(p.nameOf(f.Network)),
			document.FigureCell(g.Plain(row, "distance_km", f.Distance, reports.InKm)), document.TextCell(p.T("reasons." + string(f.Reason)))}})
	}
	if len(p.d.Failures) == 0 {
		return
	}
	p.Paragraph("economy.failures_text", "pairs", p.Whole(len(p.d.Failures)), "far", p.Whole(far))
	if len(t.Rows) > 0 {
		p.Add(t)
	}
}
