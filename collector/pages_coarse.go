package collector

import (
	"cmp"
	"fmt"
	"strings"
	"time"

	"thermie/collector/release"
	"thermie/collector/rights"
	"thermie/reports/document"
)

// coarsePage shows a site to who may not read all of it: what was released to
// this collector, or what the operator consented to, by the month at most;
// hours are in a file. Where that is nothing, it returns why.
func (v *visit) coarsePage(site string, why error) (*page, error) {
	if v.rights.May(v.ctx, site, rights.Heat, rights.Year).Finest == rights.Nothing {
		return nil, why
	}
	e, err := v.extract(site)
	if err != nil {
		return nil, err
	}
	p := &page{Title: cmp.Or(e.Place.Name, site), Years: v.years(e.years.first, e.years.last, e.years.chosen)}
	p.Subtitle = fmt.Sprintf("%s (%s : %s)", v.words["coarse_"+e.Fields[rights.Heat].String()], v.words["data"], v.provenance(e.Place.Data))
	if e.Fields[rights.Heat] > rights.Month {
		p.Files = []fileLinks{{Files: []fileLink{{v.href("/site/" + site + "/" + site + hoursName), site + hoursName, v.words["released_hours"]}}}}
	}
	months := e.Narrow(byMonth)
	if e.Place.Fictitious {
		p.Banner = v.words["demonstration"]
	}
	if t := v.registry.Around(site); t.SIREN != "" {
		p.Trail = []link{{Href: v.href("/territory/" + t.SIREN), Text: t.Name}}
	}
	p.Lists = append(p.Lists, v.heatList(months))
	if len(months.Firm) > 0 {
		p.Lists = append(p.Lists, v.firmList(months))
	}
	return p, nil
}

// byMonth is every field by the month at most.
var byMonth = finest(func(rights.Field) rights.Resolution { return rights.Month })

// finest asks how finely each field may be told that an extract can hold.
func finest(of func(rights.Field) rights.Resolution) map[rights.Field]rights.Resolution {
	fields := map[rights.Field]rights.Resolution{}
	for _, f := range release.Releasable {
		if by := of(f); by > rights.Nothing {
			fields[f] = by
		}
	}
	return fields
}

// told is what a reader may see of a site's year, and on what ground.
type told struct {
	*release.Extract
	years  period
	ground string
}

// extract is the year of the site that the reader chose, as finely as it may
// see it: what was released here, or what its own intervals give.
func (v *visit) extract(site string) (t told, err error) {
	if t.years, err = v.period(site); err != nil {
		return t, err
	}
	held, err := v.rights.Held(v.ctx)
	if err != nil {
		return t, err
	}
	if len(held[site]) == 0 {
		t.ground = v.rights.May(v.ctx, site, rights.Heat, rights.Year).Reason
		t.Extract, err = v.ownExtract(site, t.years.chosen)
		return t, err
	}
	if t.Extract, err = v.heldExtract(held[site], t.years.chosen); err == nil {
		t.ground = t.Provenance()
	}
	return t, err
}

// ownExtract is what consents open of what is measured here: to an engineer by
// the hour, until its convention ends, and by the month to everyone else.
func (v *visit) ownExtract(site string, year int) (*release.Extract, error) {
	place, _, err := v.registry.Place(v.ctx, site)
	if err != nil {
		return nil, err
	}
	t := v.registry.Around(site)
	terms, most := release.Terms{Site: site, To: string(rights.Authority) + ":" + cmp.Or(t.SIREN, "-")}, rights.Month
	if who := rights.From(v.ctx); who.Role == rights.Engineer {
		terms.To, terms.Expires, most = string(rights.Engineer)+":"+who.Convention, who.Expires, rights.Hour
	}
	terms.Fields = finest(func(f rights.Field) rights.Resolution {
		return min(most, v.rights.May(v.ctx, site, f, rights.Once).Finest)
	})
	area, err := v.registry.Area(v.ctx, t)
	if err != nil {
		return nil, err
	}
	return release.Prepare(v.ctx, v.registry, area, terms, v.options(year, place.Fictitious || t.Fictitious))
}

// heldExtract is, of what was released of a site's year, what tells the
// reader most of its heat, and of that the latest.
func (v *visit) heldExtract(held []rights.Release, year int) (best *release.Extract, err error) {
	for _, one := range held {
		fields := finest(func(f rights.Field) rights.Resolution { return v.rights.Of(v.ctx, one, f) })
		if one.Year != year || fields[rights.Heat] == rights.Nothing {
			continue
		}
		e, err := release.Open(one.File)
		if err != nil {
			return nil, fmt.Errorf("release of site %s, serial %d: %w", one.Site, one.Serial, err)
		}
		e = e.Narrow(fields)
		if best == nil || cmp.Or(cmp.Compare(e.Fields[rights.Heat], best.Fields[rights.Heat]), cmp.Compare(e.Serial, best.Serial)) > 0 {
			best = e
		}
	}
	if best == nil {
		return nil, errNoPage
	}
	return best, nil
}

// heatList has the year and, where they were released, its months.
func (v *visit) heatList(e *release.Extract) list {
	l := list{ID: "heat", Title: v.words["heat_by_month"], Heads: v.heads("period", "recoverable", "captured", "coverage", "tiers")}
	if e.Heat == nil {
		return l
	}
	for _, row := range e.Heat.Rows {
		l.Rows = append(l.Rows, listRow{Name: v.month(row.From), Cells: []string{
			v.value(row.RecoverableKWh, "kWh", 0), v.value(row.CapturedKWh, "kWh", 0), v.share(row.Coverage), strings.Join(row.Tiers, ", ")}})
	}
	total := v.value(e.Heat.RecoverableKWh, "kWh", 0)
	if e.Heat.RecoverableKWh != nil {
		total += fmt.Sprintf(" ± %s %% (k = 2)", document.FormatNumber(v.lang, 200*e.Heat.U, 0))
	}
	l.Rows = append(l.Rows, listRow{Name: fmt.Sprint(e.Year), Cells: []string{total, v.captured(e.Heat.Rows), v.share(e.Heat.Coverage), e.Heat.Method}})
	return l
}

// captured sums the months that are known, as they are printed.
func (v *visit) captured(rows []release.Row) string {
	var sum *float64
	for _, row := range rows {
		if row.CapturedKWh != nil {
			if sum == nil {
				sum = new(float64)
			}
			*sum += *row.CapturedKWh
		}
	}
	return v.value(sum, "kWh", 0)
}

func (v *visit) firmList(e *release.Extract) list {
	l := list{ID: "firm", Title: v.words["firm_power"], Heads: []string{v.words["period"], "P50", "P90", "P95", "P99"}}
	for _, f := range e.Firm {
		name := map[string]string{"year": v.words["whole_year"], "winter": v.words["winter"]}[f.Period]
		if at, err := time.Parse("2006-01", f.Period); err == nil {
			name = v.month(at)
		}
		l.Rows = append(l.Rows, listRow{Name: name, Cells: []string{v.value(f.P50, "kW", 1), v.value(f.P90, "kW", 1), v.value(f.P95, "kW", 1), v.value(f.P99, "kW", 1)}})
	}
	return l
}

// value prints a number with its unit, or that nobody knows it.
func (v *visit) value(x *float64, unit string, decimals int) string {
	if x == nil {
		return v.words["unknown"]
	}
	return document.Figure{Value: *x, Unit: unit, Decimals: decimals, Unbudgeted: true}.Text(v.lang) + " " + unit
}

func (v *visit) share(x float64) string { return document.FormatNumber(v.lang, 100*x, 1) + " %" }

// month prints a month as files sort it.
func (v *visit) month(t time.Time) string { return t.Format("2006-01") }
