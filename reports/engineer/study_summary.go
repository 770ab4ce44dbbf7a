package engineer

import (
	"math"
	"slices"
	"strings"

	"thermie/heat"
	"thermie/reports"
	"thermie/reports/document"
)

// The steps of a study's figures.
var (
	inPrice = reports.In("€/MWh", heat.EuroPerMWh, 1)
	inHours = reports.In("h", 1, 0)
	inShare = reports.In("%", 0.01, 1)
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
	unknown := func(row string, as reports.Step) document.Figure { return s.figure("key", row, heat.Quantity{}, as) }
	k := keyFigures{
		Captured: unknown("captured", reports.InMWh), Delivered: unknown("delivered", reports.InMWh), Pump: unknown("pump", reports.InMWh),
		SCOP: unknown("scop", reports.InCOP), UseRate: unknown("use_rate", inShare), FullLoad: unknown("full_load", inHours),
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
	k.SCOP = s.figure("key", "scop", c.quantity(c.delivery.SCOP, c.spread(scop), "AL1"), reports.InCOP)
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
	g.Name = "monthly"
	return g.Both("total", "gisement", s.r.Heat()).MWh
}

// summary is chapter 1: what the study comes to, on one page.
func (s *studyDraft) summary() error {
	s.Heading(1, "1", "study.summary")
	s.nature()
	k := s.keys()
	if s.c == nil {
		s.Paragraph("study.summary_alone", "site", reports.SiteName(s.r), "period", s.Days(s.r.Period.From, s.r.Period.To))
		s.unmatched()
		for _, n := range s.d.Networks {
			if n.Fault != nil {
				s.Note(document.NoteWarning, "study.network_fault", "network", n.Network.Name, "fault", s.Why(n.Fault))
			}
		}
	} else {
		s.Paragraph("study.summary_text", "site", reports.SiteName(s.r), "network", s.c.link.Network.Name, "distance", s.c.pair.Distance.Full(s.Lang),
			"period", s.Days(s.r.Period.From, s.r.Period.To))
		s.Add(document.Highlights{Items: []document.Highlight{
			{Label: s.T("heats.captured"), Figure: k.Captured, Help: s.T("study.captured_help")},
			{Label: s.T("heats.delivered"), Figure: k.Delivered, Help: s.T("study.delivered_help")},
			{Label: s.T("study.cost"), Figure: k.Cost, Help: s.T("study.cost_help")},
		}})
	}
	if s.r.Heat().Known && s.r.Heat().Coverage < heat.EnoughCoverage || !s.r.WholeYear {
		s.Note(document.NoteWarning, "study.short", "coverage", document.Figure{Coverage: s.r.Heat().Coverage}.CoverageText(s.Lang))
	}
	s.doubts()
	s.unseen()
	if list := s.d.Area.Restated; len(list) > 0 {
		s.Note(document.NoteInfo, "inputs.restated_note", "n", s.Whole(len(list)), "file", list[0].File)
	}
	s.figures("study.key_caption", []line{
		{s.T("site.heat"), s.offered()}, {s.T("heats.captured"), k.Captured}, {s.T("columns.pump"), k.Pump}, {s.T("heats.delivered"), k.Delivered},
		{s.T("columns.scop"), k.SCOP}, {s.T("study.use_rate"), k.UseRate}, {s.T("study.full_load"), k.FullLoad},
		{s.T("network.p50"), k.P50}, {s.T("network.p90"), k.P90}, {s.T("network.p99"), k.P99},
		{s.T("study.cost"), k.Cost}, {s.T("study.break_even"), k.BreakEven},
	}, s.T("study.key_note"))
	if s.c != nil {
		s.closure()
	}
	return nil
}

// doubtful are the remarks that a reader must see before any figure.
var doubtful = []string{"probes_swapped", "flow_negative", "supply_above_100_c", "ratio_below_one", "heat_closure"}

// doubts warns of meters that contradict themselves or each other.
func (s *studyDraft) doubts() {
	if s.r.Balance == nil {
		return
	}
	var texts []string
	for _, key := range s.r.Balance.Notes {
		if kind, point, _ := strings.Cut(key, ":"); slices.Contains(doubtful, kind) {
			texts = append(texts, s.T("notes."+kind, "point", point))
		}
	}
	if len(texts) > 0 {
		s.Note(document.NoteWarning, "study.doubt", "remarks", s.Listed(texts))
	}
}

// unseen warns of the hours in which no meter saw the heat, or the electricity
// that becomes it: the firm power rests on an assumption there.
func (s *studyDraft) unseen() {
	if s.r.Estimate == nil {
		return
	}
	hours := 0
	for _, h := range s.r.Estimate.Hours {
		if h.Tier == heat.T4 || h.Tier == heat.T5 {
			hours++
		}
	}
	if hours > 0 {
		s.Note(document.NoteWarning, "study.unseen", "hours", s.Whole(hours), "of", s.Whole(len(s.r.Estimate.Hours)))
	}
}

// closure says how well the year's energies add up: what is delivered is what
// is captured and the heat pump's electricity, hour by hour and in sum.
func (s *studyDraft) closure() {
	gap := s.c.closure()
	if gap > 1e-9 {
		s.Note(document.NoteWarning, "study.open_balance", "gap", s.Digits(reports.RoundTo(gap*1e6, 3)))
		return
	}
	s.Note(document.NoteInfo, "study.closed_balance")
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
	if !c.priced {
		return gap
	}
	a := c.result.Allocation
	store := a.Store
	served := float64(a.Served+store.Charged-store.Discharged) / a.Delivered.Value
	gap = max(gap, math.Abs(served-1), math.Abs(float64(c.result.Cost.Delivered/a.Served)-1))
	if store.Charged > 0 {
		gap = max(gap, math.Abs(float64((store.Discharged+store.Lost+store.Final)/store.Charged)-1))
	} else {
		gap = max(gap, math.Abs(a.Delivered.Value/d.DeliveredHeat.Value-1)) // alone on what the others leave it gets the same
	}
	return gap
}
