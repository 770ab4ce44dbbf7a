package release

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"time"

	"thermie/collector/rights"
	"thermie/heat"
	"thermie/interval"
	"thermie/reports"
)

// Terms are what the operator chooses to release.
type Terms struct {
	Site    string
	To      string // authority:SIREN, or engineer:CONVENTION
	Fields  map[rights.Field]rights.Resolution
	Expires time.Time // zero: until it is revoked
}

// Prepare makes the extract of a site's year in area, for a person to
// review. It holds what the terms name and nothing beside.
func Prepare(ctx context.Context, src reports.Source, area reports.Area, t Terms, o reports.Options) (*Extract, error) {
	if !slices.Contains(area.Territory.Sites, t.Site) {
		area.Territory.Sites = append(slices.Clone(area.Territory.Sites), t.Site)
	}
	d, err := reports.Build(ctx, src, area, o)
	if err != nil {
		return nil, fmt.Errorf("prepare a release: %w", err)
	}
	i := slices.IndexFunc(d.Sites, func(r *reports.SiteResult) bool { return r.ID == t.Site })
	if i < 0 {
		return nil, fmt.Errorf("prepare a release: nothing describes site %s (hint: its agent sends the card at start)", t.Site)
	}
	r := d.Sites[i]
	if r.Fault != nil {
		return nil, fmt.Errorf("prepare a release: site %s: %w", t.Site, r.Fault)
	}
	if r.Estimate == nil {
		return nil, errors.New("prepare a release: nothing can be said of the site's heat in that year")
	}
	e := &Extract{Format: Format, Site: t.Site, To: t.To, Prepared: o.Date.UTC().Truncate(time.Second), Expires: t.Expires, Fields: t.Fields,
		Year: o.Year, OffsetMin: r.Place.UTCOffsetMin, Place: chosen(r.Place, t.Fields), Origin: "thermie " + o.Software, Serial: o.Date.UnixMilli()}
	if t.Fields[rights.Heat] > rights.Nothing {
		e.Heat = e.heatOf(d, r)
	}
	if t.Fields[rights.FirmPower] > rights.Nothing {
		e.Firm = e.firmOf(heat.NewFirm(r.Estimate.Power(), r.Period.From), t.Fields[rights.FirmPower])
	}
	return e, e.Check()
}

// chosen is the part of a site's description that the terms name. What no
// reader can do without goes along: what the data are, and of which clock.
func chosen(p interval.Site, fields map[rights.Field]rights.Resolution) interval.Site {
	out := interval.Site{Data: p.Data, Fictitious: p.Fictitious, UTCOffsetMin: p.UTCOffsetMin, Tap: p.Tap, NeverListed: p.NeverListed}
	if fields[rights.Name] > rights.Nothing {
		out.Name, out.Operator, out.OperatorSIREN, out.SIRET, out.Commune = p.Name, p.Operator, p.OperatorSIREN, p.SIRET, p.Commune
	}
	if fields[rights.Location] > rights.Nothing {
		out.Latitude, out.Longitude, out.PositionClass = p.Latitude, p.Longitude, p.PositionClass
	}
	if fields[rights.ITPower] > rights.Nothing {
		out.RatedITKW = p.RatedITKW
	}
	if fields[rights.Temperature] > rights.Nothing {
		out.SupplyC, out.ReturnC = p.SupplyC, p.ReturnC
	}
	return out
}

// heatOf forms the heat by the chosen resolution.
func (e *Extract) heatOf(d *reports.Dossier, r *reports.SiteResult) *Heat {
	q := r.Estimate.Recoverable
	h := &Heat{U: round(q.Relative(), 1e-4), Coverage: round(q.Coverage, 1e-3), Method: q.Method}
	if q.Known && r.WholeYear {
		h.RecoverableKWh = kWh(q.Value)
	}
	captured, network := capturedBy(d, r)
	h.Network = network
	if e.Fields[rights.Heat] < rights.Month {
		return h
	}
	bins := e.bins()
	for i, from := range bins[:len(bins)-1] {
		h.Rows = append(h.Rows, e.row(r, captured, from, bins[i+1]))
	}
	return h
}

// bins are the starts of the rows, and the year's end.
func (e *Extract) bins() (starts []time.Time) {
	begin, end := e.Bounds()
	if e.Fields[rights.Heat] == rights.Month {
		for m := time.January; m <= 13; m++ {
			starts = append(starts, e.month(m))
		}
		return starts
	}
	for t := begin; !t.After(end); t = t.Add(time.Hour) {
		starts = append(starts, t)
	}
	return starts
}

// row sums the hours of one bin; what was not seen adds nothing, and shows
// in the coverage.
func (e *Extract) row(r *reports.SiteResult, captured []float64, from, to time.Time) Row {
	row := Row{From: from}
	var energy, taken, supply, ret, cover float64
	first := int(from.Sub(r.Period.From) / time.Hour)
	hours := int(to.Sub(from) / time.Hour)
	for h := max(first, 0); h < min(first+hours, len(r.Estimate.Hours)); h++ {
		at := r.Estimate.Hours[h]
		if at.Coverage == 0 {
			continue
		}
		if tier := at.Tier.String(); !slices.Contains(row.Tiers, tier) {
			row.Tiers = append(row.Tiers, tier)
		}
		energy, cover = energy+float64(at.Heat), cover+at.Coverage
		supply, ret = supply+float64(at.Heat)*float64(at.Supply), ret+float64(at.Heat)*float64(at.Return)
		if captured != nil {
			taken += captured[h]
		}
	}
	slices.Sort(row.Tiers)
	row.Coverage = round(cover/float64(hours), 1e-3)
	if cover == 0 {
		return row
	}
	row.RecoverableKWh = kWh(energy)
	if captured != nil {
		row.CapturedKWh = kWh(taken)
	}
	if e.Fields[rights.Temperature] >= e.Fields[rights.Heat] {
		row.SupplyC, row.ReturnC = celsius(supply/energy), celsius(ret/energy)
	}
	return row
}

// capturedBy returns what networks take of the site's heat by hour (J), and
// their names; nil where none does.
func capturedBy(d *reports.Dossier, r *reports.SiteResult) (captured []float64, networks string) {
	for _, n := range d.Networks {
		i := slices.Index(n.Members, r)
		if i < 0 {
			continue
		}
		delivery, ok := n.Delivery(i)
		if !ok || len(delivery.Captured) != len(r.Estimate.Hours) {
			continue
		}
		if captured == nil {
			captured, networks = make([]float64, len(delivery.Captured)), n.Network.Name
		} else {
			networks += ", " + n.Network.Name
		}
		for h, p := range delivery.Captured {
			if p > 0 { // NaN is unknown and adds nothing
				captured[h] += float64(p.For(time.Hour))
			}
		}
	}
	return captured, networks
}

// firmOf is the firm-power table: the year, the winter and, by month, each
// month that has an hour.
func (e *Extract) firmOf(f heat.Firm, by rights.Resolution) []Firm {
	rows := []Firm{firmRow("year", f.Year), firmRow("winter", f.Winter)}
	for m, month := range f.Months {
		if by >= rights.Month && len(month.Sorted) > 0 {
			rows = append(rows, firmRow(e.month(time.Month(m+1)).Format(monthForm), month))
		}
	}
	return rows
}

func firmRow(period string, d heat.LoadDuration) Firm {
	kW := func(p interval.Power) *float64 { return known(round(p.Kilowatts(), 0.1)) }
	return Firm{period, kW(d.P50), kW(d.P90), kW(d.P95), kW(d.P99)}
}

func kWh(joules float64) *float64 { return known(round(joules/3.6e6, 1)) }

func celsius(t float64) *float64 { return known(round(t, 0.1)) }

// known is nil for what is not a number: unknown, never zero.
func known(v float64) *float64 {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return nil
	}
	return &v
}

// round rounds to a step that is a power of ten.
func round(v, step float64) float64 {
	if step < 1 {
		return math.Round(v*math.Round(1/step)) / math.Round(1/step)
	}
	return math.Round(v/step) * step
}
