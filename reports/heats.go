package reports

import (
	"math"
	"strconv"
	"time"

	"thermie/heat"
	"thermie/reports/document"
)

// TerritoryFigures are the printed numbers of a territory's report, each rounded
// once. The document, the deposit table, the map layer and the summary all
// take theirs from here, so that one number is one string everywhere.
type TerritoryFigures struct {
	Annual []AnnualSite
	Short  []SiteFigures // sites whose data do not make a year
	Pairs  []Pair

	EDC, EIT HeatFigure
	FourHeats
	Pump    document.Figure // MWh of electricity
	Ceiling HeatFigure      // captured and supplied: what a target cannot exceed
}

// FourHeats are never mixed: gisement, captée, livrée, valorisée.
type FourHeats struct{ Rejected, Captured, Delivered, Supplied HeatFigure }

// HeatFigure is one energy in both units of the deposit forms, with the same
// digits.
type HeatFigure struct{ MWh, GWh document.Figure }

func (h HeatFigure) free() HeatFigure { return HeatFigure{Free(h.MWh), Free(h.GWh)} }

// AnnualSite are the figures of a site that enters the annual totals.
type AnnualSite struct {
	Site               *SiteResult
	EDC, EIT           HeatFigure
	PUE                document.Figure
	Rejected, Supplied HeatFigure
	Supply, Return     document.Figure // °C, means weighted by energy
	Tiers              string          // "T1 62 %, T3 38 %"
}

// Pair are the figures of a site matched with a network.
type Pair struct {
	Site                *SiteResult
	Network             *NetworkResult
	Distance            document.Figure
	Captured, Delivered HeatFigure
	Pump                document.Figure
	SCOP                document.Figure
	Density             document.Figure // MWh delivered a metre, as the crow flies
	Delivery            heat.Delivery
}

// pcaetReport is the report's name in figure codes.
const pcaetReport = "pcaet"

// Grid makes the figures of a table of the territory's report.
func (d *Dossier) Grid(name string) Grid {
	g := NewGrid(pcaetReport, d.Area.Territory.SIREN, strconv.Itoa(d.Options.Year), name)
	if d.Protected {
		g.least, g.coarse = d.leastCoverage(), d.Secrecy.UncertaintyStep
	}
	g.owner, g.secret, g.protected = d.ownerOf, d.Secret, d.Protected
	return g
}

// Figures rounds every number of the dossier.
func (d *Dossier) Figures() *TerritoryFigures {
	f := &TerritoryFigures{}
	for _, s := range d.Sites {
		if s.Annual() {
			f.Annual = append(f.Annual, d.annualSite(s))
		} else {
			f.Short = append(f.Short, s.figures(d.Secret))
		}
	}
	for _, n := range d.Networks {
		for i := range n.Members {
			f.Pairs = append(f.Pairs, d.Pair(n, i))
		}
	}
	d.totals(f)
	return f
}

// Both makes the two figures of one energy.
func (g Grid) Both(row, column string, q heat.Quantity) HeatFigure {
	mwh := g.Figure(row, column+"_mwh", q, InMWh)
	return HeatFigure{mwh, ToGWh(column, mwh)}
}

// ToGWh is the same figure in GWh: the same digits and the same code.
func ToGWh(column string, mwh document.Figure) document.Figure {
	gwh := mwh
	gwh.Key, gwh.Unit, gwh.Decimals = column+"_gwh", inGWh.Unit, inGWh.Decimals
	gwh.Value, gwh.U = RoundTo(mwh.Value/1000, inGWh.Decimals), RoundTo(mwh.U/1000, inGWh.Decimals)
	return gwh
}

// sum is the total of a column in both units.
func (g Grid) sum(column string, rows []document.Figure) HeatFigure {
	mwh := g.total(column+"_mwh", InMWh, rows)
	return HeatFigure{mwh, ToGWh(column, mwh)}
}

func (d *Dossier) annualSite(s *SiteResult) AnnualSite {
	electricity, rejected := d.Grid("electricity"), d.Grid("rejected")
	a := AnnualSite{
		Site: s,
		EDC:  heatOf(s, "e_dc", electricity.Both(s.ID, "e_dc", s.electricity())),
		EIT:  heatOf(s, "e_it", electricity.Both(s.ID, "e_it", s.Quantity(eit))),
		PUE:  electricity.Figure(s.ID, "pue", s.Quantity(pue), InRatio),

		Rejected: heatOf(s, "gisement", rejected.Both(s.ID, "gisement", s.Heat())),
		Supplied: heatOf(s, "valorisee", d.Grid("supplied").Both(s.ID, "valorisee", s.Quantity(handedOver))),
		Supply:   rejected.Plain(s.ID, "supply_c", s.Estimate.Supply.Celsius(), InCelsius),
		Return:   rejected.Plain(s.ID, "return_c", s.Estimate.Return.Celsius(), InCelsius),
		Tiers:    tierShares(s.Estimate, d.Options.Lang),
	}
	if a.Rejected.MWh.Mark == document.Secret {
		a.Tiers = document.LabelsOf(d.Options.Lang).None
	}
	return a
}

// electricity is E_DC as metered, or as declared for the year where no meter
// tells it.
func (r *SiteResult) electricity() heat.Quantity {
	if metered := r.Quantity(edc); metered.Known {
		return metered
	}
	return heat.DeclaredTotal(r.Place, r.Simulated())
}

// What a figure is taken from.
func edc(b *heat.Balance) heat.Quantity         { return b.EDC }
func eit(b *heat.Balance) heat.Quantity         { return b.EIT }
func pue(b *heat.Balance) heat.Quantity         { return b.PUE }
func interimPPUE(b *heat.Balance) heat.Quantity { return b.InterimPPUE }
func handedOver(b *heat.Balance) heat.Quantity  { return b.HandedOver }

// InCelsius is a temperature that is already in °C.
var InCelsius = In("°C", 1, 1)

// tierShares lists the tiers that made an estimate with their share of the
// energy.
func tierShares(e *heat.Estimate, lang string) string {
	total := 0.0
	for _, energy := range e.ByTier {
		total += float64(energy)
	}
	text := ""
	for tier := heat.T1; tier <= heat.T5; tier++ {
		energy, used := e.ByTier[tier]
		if !used || total == 0 {
			continue
		}
		if text != "" {
			text += ", "
		}
		share := document.Figure{Value: RoundTo(float64(energy)/total*100, 0), Unit: "%"}
		text += tier.String() + document.Nbsp + "(" + share.Full(lang) + ")"
	}
	return text
}

// Pair rounds the match of a network with its member i.
func (d *Dossier) Pair(n *NetworkResult, i int) Pair {
	s := n.Members[i]
	g := d.Grid("match")
	row := s.ID + "→" + n.Network.ID
	p := Pair{Site: s, Network: n, Distance: g.Plain(row, "distance_km", n.DistanceKM[i]*1000, InKm)}
	delivery, ok := n.Delivery(i)
	if !ok {
		delivery.SCOP = math.NaN()
	}
	p.Delivery = delivery
	p.Captured = heatOf(s, "captee", g.Both(row, "captee", delivery.CapturedHeat))
	p.Pump = energyOf(s, "electricite", g.Figure(row, "electricite_mwh", delivery.PumpEnergy, InMWh))
	p.Delivered = heatOf(s, "livree", g.delivered(row, p.Captured.MWh, p.Pump, delivery.DeliveredHeat))
	p.SCOP = g.Plain(row, "scop", delivery.SCOP, InCOP)
	p.Density = g.density(row, p.Delivered.MWh, n.DistanceKM[i]*1000)
	return p
}

// density is the heat delivered a metre, with its uncertainty: whether it
// passes a threshold hangs on it. Beside the network there is no route to
// speak of.
func (g Grid) density(row string, delivered document.Figure, metres float64) document.Figure {
	return g.Figure(row, "density", heat.Quantity{Value: delivered.Value / metres, U: delivered.U / 2 / metres, Known: delivered.Stated() && InKm.Round(metres) > 0,
		Coverage: delivered.Coverage, Method: delivered.Method, Simulated: delivered.Simulated}, inDensity)
}

// inDensity is heat delivered a metre of route.
var inDensity = In("MWh/m", 1, 1)

// delivered is the printed sum of what is captured and the heat pump's
// electricity, so that the three columns add up on paper as they do in
// physics.
func (g Grid) delivered(row string, captured, pump document.Figure, q heat.Quantity) HeatFigure {
	mwh := g.Figure(row, "livree_mwh", q, InMWh)
	if mwh.Stated() && captured.Stated() && pump.Stated() {
		mwh.Value = captured.Value + pump.Value
	}
	return HeatFigure{mwh, ToGWh("livree", mwh)}
}

// totals adds up the printed rows.
func (d *Dossier) totals(f *TerritoryFigures) {
	f.EDC = d.Grid("electricity").sum("e_dc", mwhOf(f.Annual, func(s AnnualSite) HeatFigure { return s.EDC }))
	f.EIT = d.Grid("electricity").sum("e_it", mwhOf(f.Annual, func(s AnnualSite) HeatFigure { return s.EIT }))
	f.Rejected = d.Grid("rejected").sum("gisement", mwhOf(f.Annual, func(s AnnualSite) HeatFigure { return s.Rejected }))
	f.Supplied = d.Grid("supplied").sum("valorisee", mwhOf(f.Annual, func(s AnnualSite) HeatFigure { return s.Supplied }))

	match := d.Grid("match")
	f.Captured = match.sum("captee", mwhOf(f.Pairs, func(p Pair) HeatFigure { return p.Captured }))
	f.Delivered = match.sum("livree", mwhOf(f.Pairs, func(p Pair) HeatFigure { return p.Delivered }))
	f.Pump = match.total("electricite_mwh", InMWh, mwhOf(f.Pairs, func(p Pair) HeatFigure { return HeatFigure{MWh: p.Pump} }))
	f.Captured = d.jointly(f.Captured, "captee", func(a *heat.Allocation) heat.Quantity { return a.Captured })
	f.Delivered = d.jointly(f.Delivered, "livree", func(a *heat.Allocation) heat.Quantity { return a.Delivered })
	f.Pump = d.jointly(HeatFigure{MWh: f.Pump}, "electricite", func(a *heat.Allocation) heat.Quantity { return a.Electricity }).MWh
	if d.nothingInReach() {
		f.Captured = match.Both("total", "captee", nothing).free()
		f.Delivered = match.Both("total", "livree", nothing).free()
		f.Pump = Free(match.Figure("total", "electricite_mwh", nothing, InMWh))
	}
	f.Ceiling = HeatFigure{MWh: d.Grid("deposit").Unknown("total", "plafond_mwh", InMWh)}
	if f.Captured.MWh.Stated() {
		f.Ceiling.MWh = d.Grid("deposit").total("plafond_mwh", InMWh, []document.Figure{f.Captured.MWh, f.Supplied.MWh})
	}
	f.Ceiling.GWh = ToGWh("plafond", f.Ceiling.MWh)
}

// jointly gives a total of the match the uncertainty of the joint match:
// what one network's heat pumps are assumed to do, they do for all its
// sources alike, and only the networks are independent of each other.
func (d *Dossier) jointly(total HeatFigure, column string, of func(*heat.Allocation) heat.Quantity) HeatFigure {
	if !total.MWh.Stated() || d.Protected {
		return total
	}
	u := 0.0
	for _, n := range d.Networks {
		if n.Allocation != nil {
			u = math.Hypot(u, of(n.Allocation).U)
		}
	}
	total.MWh.U = InMWh.RoundU(2 * u)
	return HeatFigure{total.MWh, ToGWh(column, total.MWh)}
}

// nothing is a computed zero, not an unknown.
var nothing = heat.Quantity{Known: true, Coverage: 1, Method: "AL1"}

// mwhOf picks one column in MWh.
func mwhOf[T any](rows []T, column func(T) HeatFigure) []document.Figure {
	figures := make([]document.Figure, len(rows))
	for i, r := range rows {
		figures[i] = column(r).MWh
	}
	return figures
}

// nothingInReach reports whether the match was computed and found, for every
// annual site, networks that are too far away or of the wrong fluid: then
// nothing is captured, which is a known zero.
func (d *Dossier) nothingInReach() bool {
	computed := false
	for _, u := range d.Left {
		switch {
		case u.Computed():
			computed = true
		case u.Reason != ReasonNoYear:
			return false
		}
	}
	for _, n := range d.Networks {
		if len(n.Members) > 0 {
			return false
		}
	}
	return computed
}

// MonthOf returns the month, 0 to 11, of hour h of the year.
func (d *Dossier) MonthOf(h int) int {
	return int(d.Year.From.Add(time.Duration(h)*time.Hour).Month()) - 1
}
