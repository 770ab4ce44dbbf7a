package reports

import (
	"math"

	"thermie/heat"
	"thermie/reports/document"
)

// The steps of a study's figures.
var (
	inPrice = step{"€/MWh", heat.EuroPerMWh, 1}
	inHours = step{"h", 1, 0}
	inShare = step{"%", 0.01, 1}
	inTons  = step{"tCO2e", 1e3, 0}
)

// keyFigures are the numbers that chapter 1 shows and the chapters repeat.
type keyFigures struct {
	Captured, Delivered, Pump document.Figure
	SCOP, UseRate, FullLoad   document.Figure
	P50, P90, P99             document.Figure
	Cost, BreakEven           document.Figure
}

// keys rounds the key figures, each once.
func (s *studyDraft) keys() keyFigures {
	unknown := func(row string, as step) document.Figure { return s.figure("key", row, heat.Quantity{}, as) }
	k := keyFigures{
		Captured: unknown("captured", inMWh), Delivered: unknown("delivered", inMWh), Pump: unknown("pump", inMWh),
		SCOP: unknown("scop", inCOP), UseRate: unknown("use_rate", inShare), FullLoad: unknown("full_load", inHours),
		Cost: unknown("cost", inPrice), BreakEven: unknown("break_even", inPrice),
		P50: s.power("key_p50", "year", s.counted.Year.P50), P90: s.power("key_p90", "year", s.counted.Year.P90), P99: s.power("key_p99", "year", s.counted.Year.P99),
	}
	if len(s.hours) == 0 {
		k.P50, k.P90, k.P99 = unknown("key_p50", inPower), unknown("key_p90", inPower), unknown("key_p99", inPower)
	}
	c := s.c
	if c == nil {
		return k
	}
	scop := func(d heat.Delivery) float64 { return d.SCOP }
	full := func(d heat.Delivery) float64 { return d.FullLoadHours() }
	k.Captured, k.Delivered, k.Pump = c.pair.Captured.MWh, c.pair.Delivered.MWh, c.pair.Pump
	k.SCOP = s.figure("key", "scop", c.quantity(c.delivery.SCOP, c.spread(scop), "AL1"), inCOP)
	k.FullLoad = s.figure("key", "full_load", c.quantity(full(c.delivery), c.spread(full), "AL8"), inHours)
	k.UseRate = s.figure("key", "use_rate", c.useRate(), inShare)
	if c.priced {
		k.Cost = s.figure("key", "cost", c.cost(), inPrice)
		k.BreakEven = s.figure("key", "break_even", c.breakEven(), inPrice)
	}
	return k
}

// offered is the recoverable heat: in MWh of a year, in kWh of some days.
func (s *studyDraft) offered() document.Figure {
	if !s.r.Annual() {
		return s.f.Heat
	}
	g := s.grid
	g.name = "monthly"
	return g.both("total", "gisement", s.r.Heat()).MWh
}

// summary is chapter 1: what the study comes to, on one page.
func (s *studyDraft) summary() error {
	s.heading(1, "1", "study.summary")
	s.nature()
	k := s.keys()
	if s.c == nil {
		s.paragraph("study.summary_alone", "site", siteName(s.r), "period", s.days(s.r.Period.From, s.r.Period.To))
		s.unmatched()
	} else {
		s.paragraph("study.summary_text", "site", siteName(s.r), "network", s.c.link.Network.Name, "distance", s.c.pair.Distance.Full(s.lang),
			"period", s.days(s.r.Period.From, s.r.Period.To))
		s.add(document.Highlights{Items: []document.Highlight{
			{Label: s.t("heats.captured"), Figure: k.Captured, Help: s.t("study.captured_help")},
			{Label: s.t("heats.delivered"), Figure: k.Delivered, Help: s.t("study.delivered_help")},
			{Label: s.t("study.cost"), Figure: k.Cost, Help: s.t("study.cost_help")},
		}})
	}
	if s.r.Heat().Known && s.r.Heat().Coverage < heat.EnoughCoverage || !s.r.WholeYear {
		s.note(document.NoteWarning, "study.short", "coverage", document.Figure{Coverage: s.r.Heat().Coverage}.CoverageText(s.lang))
	}
	s.figures("study.key_caption", []line{
		{s.t("site.heat"), s.offered()}, {s.t("heats.captured"), k.Captured}, {s.t("columns.pump"), k.Pump}, {s.t("heats.delivered"), k.Delivered},
		{s.t("columns.scop"), k.SCOP}, {s.t("study.use_rate"), k.UseRate}, {s.t("study.full_load"), k.FullLoad},
		{s.t("network.p50"), k.P50}, {s.t("network.p90"), k.P90}, {s.t("network.p99"), k.P99},
		{s.t("study.cost"), k.Cost}, {s.t("study.break_even"), k.BreakEven},
	}, s.t("study.key_note"))
	if s.c != nil {
		s.closure()
	}
	return nil
}

// closure says how well the year's energies add up: what is delivered is what
// is captured and the heat pump's electricity, hour by hour and in sum.
func (s *studyDraft) closure() {
	gap := s.c.closure()
	if gap > 1e-9 {
		s.note(document.NoteWarning, "study.open_balance", "gap", s.digits(roundTo(gap*1e6, 3)))
		return
	}
	s.note(document.NoteInfo, "study.closed_balance")
}

// closure returns the largest relative gap of the energy balances: of each
// hour's match, of the year's sums, and of the network's demand.
func (c *studyCase) closure() float64 {
	gap, d := 0.0, c.delivery
	var delivered, captured, pump float64
	for h := range d.Delivered {
		if d.Delivered[h] > 0 {
			gap = max(gap, math.Abs(float64((d.Captured[h]+d.Electricity[h]-d.Delivered[h])/d.Delivered[h])))
		}
		delivered, captured, pump = delivered+float64(d.Delivered[h])*3600, captured+float64(d.Captured[h])*3600, pump+float64(d.Electricity[h])*3600
	}
	for _, pair := range [][2]float64{{delivered, d.DeliveredHeat.Value}, {captured, d.CapturedHeat.Value}, {pump, d.PumpEnergy.Value}, {captured + pump, delivered}} {
		if pair[1] != 0 {
			gap = max(gap, math.Abs(pair[0]/pair[1]-1))
		}
	}
	if c.priced {
		gap = max(gap, math.Abs(float64(c.result.Cost.Delivered)/d.DeliveredHeat.Value-1))
	}
	return gap
}
