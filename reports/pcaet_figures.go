package reports

import (
	"math"
	"strconv"
	"time"

	"thermie/heat"
	"thermie/reports/document"
)

// pcaetFigures are the printed numbers of a territory's report, each rounded
// once. The document, the deposit table, the map layer and the summary all
// take theirs from here, so that one number is one string everywhere.
type pcaetFigures struct {
	Annual []annualSite
	Short  []siteFigures // sites whose data do not make a year
	Pairs  []pair

	EDC, EIT                                heatFigure
	Rejected, Captured, Delivered, Supplied heatFigure      // gisement, captée, livrée, valorisée
	Pump                                    document.Figure // MWh of electricity
	Ceiling                                 heatFigure      // captured and supplied: what a target cannot exceed
}

// heatFigure is one energy in both units of the deposit forms, with the same
// digits.
type heatFigure struct{ MWh, GWh document.Figure }

// annualSite are the figures of a site that enters the annual totals.
type annualSite struct {
	Site               *SiteResult
	EDC, EIT           heatFigure
	PUE                document.Figure
	Rejected, Supplied heatFigure
	Supply, Return     document.Figure // °C, means weighted by energy
	Tiers              string          // "T1 62 %, T3 38 %"
}

// pair are the figures of a site matched with a network.
type pair struct {
	Site                *SiteResult
	Network             *NetworkResult
	Distance            document.Figure
	Captured, Delivered heatFigure
	Pump                document.Figure
	SCOP                document.Figure
	Density             document.Figure // MWh delivered a metre, as the crow flies
	Delivery            heat.Delivery
}

// pcaetReport is the report's name in figure codes.
const pcaetReport = "pcaet"

func (d *Dossier) grid(name string) grid {
	return grid{pcaetReport, d.Area.Territory.SIREN, strconv.Itoa(d.Options.Year), name}
}

// figures rounds every number of the dossier.
func (d *Dossier) figures() *pcaetFigures {
	f := &pcaetFigures{}
	for _, s := range d.Sites {
		if s.Annual() {
			f.Annual = append(f.Annual, d.annualSite(s))
		} else {
			f.Short = append(f.Short, s.figures())
		}
	}
	for _, n := range d.Networks {
		for i := range n.Members {
			f.Pairs = append(f.Pairs, d.pair(n, i))
		}
	}
	d.totals(f)
	return f
}

// both makes the two figures of one energy.
func (g grid) both(row, column string, q heat.Quantity) heatFigure {
	mwh := g.figure(row, column+"_mwh", q, inMWh)
	return heatFigure{mwh, toGWh(column, mwh)}
}

// toGWh is the same figure in GWh: the same digits and the same code.
func toGWh(column string, mwh document.Figure) document.Figure {
	gwh := mwh
	gwh.Key, gwh.Unit, gwh.Decimals = column+"_gwh", inGWh.unit, inGWh.decimals
	gwh.Value, gwh.U = roundTo(mwh.Value/1000, inGWh.decimals), roundTo(mwh.U/1000, inGWh.decimals)
	return gwh
}

// sum is the total of a column in both units.
func (g grid) sum(column string, rows []document.Figure) heatFigure {
	mwh := g.total(column+"_mwh", inMWh, rows)
	return heatFigure{mwh, toGWh(column, mwh)}
}

func (d *Dossier) annualSite(s *SiteResult) annualSite {
	electricity, rejected := d.grid("electricity"), d.grid("rejected")
	return annualSite{
		Site: s,
		EDC:  electricity.both(s.ID, "e_dc", s.electricity()),
		EIT:  electricity.both(s.ID, "e_it", s.Quantity(eit)),
		PUE:  electricity.figure(s.ID, "pue", s.Quantity(pue), inRatio),

		Rejected: rejected.both(s.ID, "gisement", s.Heat()),
		Supplied: d.grid("supplied").both(s.ID, "valorisee", s.Quantity(handedOver)),
		Supply:   rejected.plain(s.ID, "supply_c", s.Estimate.Supply.Celsius(), inCelsius),
		Return:   rejected.plain(s.ID, "return_c", s.Estimate.Return.Celsius(), inCelsius),
		Tiers:    tierShares(s.Estimate, d.Options.Lang),
	}
}

// electricity is E_DC as metered, or as declared for the year where no meter
// tells it: then without an uncertainty budget.
func (r *SiteResult) electricity() heat.Quantity {
	metered := r.Quantity(edc)
	if !metered.Known && r.Place.TotalKWh > 0 {
		return heat.Quantity{Value: r.Place.TotalKWh * 3.6e6, Known: true, Coverage: 1, Simulated: r.Simulated()}
	}
	return metered
}

// What a figure is taken from.
func edc(b *heat.Balance) heat.Quantity         { return b.EDC }
func eit(b *heat.Balance) heat.Quantity         { return b.EIT }
func pue(b *heat.Balance) heat.Quantity         { return b.PUE }
func interimPPUE(b *heat.Balance) heat.Quantity { return b.InterimPPUE }
func handedOver(b *heat.Balance) heat.Quantity  { return b.HandedOver }

// inCelsius is a temperature that is already in °C.
var inCelsius = step{"°C", 1, 1}

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
		share := document.Figure{Value: roundTo(float64(energy)/total*100, 0), Unit: "%"}
		text += tier.String() + document.Nbsp + "(" + share.Full(lang) + ")"
	}
	return text
}

func (d *Dossier) pair(n *NetworkResult, i int) pair {
	s := n.Members[i]
	g := d.grid("match")
	row := s.ID + "→" + n.Network.ID
	p := pair{Site: s, Network: n, Distance: g.plain(row, "distance_km", n.DistanceKM[i]*1000, inKm)}
	delivery, ok := n.Delivery(i)
	if !ok {
		delivery.SCOP = math.NaN()
	}
	p.Delivery = delivery
	p.Captured = g.both(row, "captee", delivery.CapturedHeat)
	p.Pump = g.figure(row, "electricite_mwh", delivery.PumpEnergy, inMWh)
	p.Delivered = g.delivered(row, p.Captured.MWh, p.Pump, delivery.DeliveredHeat)
	p.SCOP = g.plain(row, "scop", delivery.SCOP, inCOP)
	p.Density = g.plain(row, "density", p.Delivered.MWh.Value/(n.DistanceKM[i]*1000), inDensity)
	if p.Delivered.MWh.Mark != document.Known || p.Distance.Value == 0 {
		p.Density = g.unknown(row, "density", inDensity)
	}
	return p
}

// inDensity is heat delivered a metre of route.
var inDensity = step{"MWh/m", 1, 1}

// delivered is the printed sum of what is captured and the heat pump's
// electricity, so that the three columns add up on paper as they do in
// physics.
func (g grid) delivered(row string, captured, pump document.Figure, q heat.Quantity) heatFigure {
	mwh := g.figure(row, "livree_mwh", q, inMWh)
	if mwh.Mark == document.Known && captured.Mark == document.Known && pump.Mark == document.Known {
		mwh.Value = captured.Value + pump.Value
	}
	return heatFigure{mwh, toGWh("livree", mwh)}
}

// totals adds up the printed rows.
func (d *Dossier) totals(f *pcaetFigures) {
	f.EDC = d.grid("electricity").sum("e_dc", mwhOf(f.Annual, func(s annualSite) heatFigure { return s.EDC }))
	f.EIT = d.grid("electricity").sum("e_it", mwhOf(f.Annual, func(s annualSite) heatFigure { return s.EIT }))
	f.Rejected = d.grid("rejected").sum("gisement", mwhOf(f.Annual, func(s annualSite) heatFigure { return s.Rejected }))
	f.Supplied = d.grid("supplied").sum("valorisee", mwhOf(f.Annual, func(s annualSite) heatFigure { return s.Supplied }))

	match := d.grid("match")
	f.Captured = match.sum("captee", mwhOf(f.Pairs, func(p pair) heatFigure { return p.Captured }))
	f.Delivered = match.sum("livree", mwhOf(f.Pairs, func(p pair) heatFigure { return p.Delivered }))
	f.Pump = match.total("electricite_mwh", inMWh, mwhOf(f.Pairs, func(p pair) heatFigure { return heatFigure{MWh: p.Pump} }))
	f.Captured = d.jointly(f.Captured, "captee", func(a *heat.Allocation) heat.Quantity { return a.Captured })
	f.Delivered = d.jointly(f.Delivered, "livree", func(a *heat.Allocation) heat.Quantity { return a.Delivered })
	f.Pump = d.jointly(heatFigure{MWh: f.Pump}, "electricite", func(a *heat.Allocation) heat.Quantity { return a.Electricity }).MWh
	if d.nothingInReach() {
		f.Captured = match.both("total", "captee", nothing)
		f.Delivered = match.both("total", "livree", nothing)
		f.Pump = match.figure("total", "electricite_mwh", nothing, inMWh)
	}
	f.Ceiling = heatFigure{MWh: d.grid("deposit").unknown("total", "plafond_mwh", inMWh)}
	if f.Captured.MWh.Mark == document.Known {
		f.Ceiling.MWh = d.grid("deposit").total("plafond_mwh", inMWh, []document.Figure{f.Captured.MWh, f.Supplied.MWh})
	}
	f.Ceiling.GWh = toGWh("plafond", f.Ceiling.MWh)
}

// jointly gives a total of the match the uncertainty of the joint match:
// what one network's heat pumps are assumed to do, they do for all its
// sources alike, and only the networks are independent of each other.
func (d *Dossier) jointly(total heatFigure, column string, of func(*heat.Allocation) heat.Quantity) heatFigure {
	if total.MWh.Mark != document.Known {
		return total
	}
	u := 0.0
	for _, n := range d.Networks {
		if n.Allocation != nil {
			u = math.Hypot(u, of(n.Allocation).U)
		}
	}
	total.MWh.U = inMWh.roundU(2 * u)
	return heatFigure{total.MWh, toGWh(column, total.MWh)}
}

// nothing is a computed zero, not an unknown.
var nothing = heat.Quantity{Known: true, Coverage: 1, Method: "AL1"}

// mwhOf picks one column in MWh.
func mwhOf[T any](rows []T, column func(T) heatFigure) []document.Figure {
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
		switch u.Reason {
		case reasonNoYear:
		case reasonOutOfReach, reasonFluid:
			computed = true
		default:
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

// apportion rounds the parts of a printed total so that they add up to it:
// the running sum is rounded, and each part is its growth.
func (g grid) apportion(total document.Figure, column string, rows []string, parts []float64, s step) []document.Figure {
	figures := make([]document.Figure, len(parts))
	running, before := 0.0, 0.0
	for i, part := range parts {
		running += part
		upTo := s.round(running)
		if i == len(parts)-1 {
			upTo = total.Value
		}
		f := total
		f.Code, f.Key = g.place(rows[i], column).code(), column
		f.Value = roundTo(upTo-before, s.decimals)
		f.U = 0
		if total.Value != 0 {
			f.U = s.roundU(total.U / total.Value * f.Value * s.si)
		}
		figures[i], before = f, upTo
	}
	return figures
}

// monthOf returns the month, 0 to 11, of hour h of the year.
func (d *Dossier) monthOf(h int) int {
	return int(d.Year.From.Add(time.Duration(h)*time.Hour).Month()) - 1
}
