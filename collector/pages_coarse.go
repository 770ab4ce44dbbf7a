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

// coarsePage shows a site to who may not read its hours: what was released to
// this collector, or what the operator consented to, in the resolution of
// that and no finer. Where that is nothing, it returns why.
func (v *visit) coarsePage(site string, why error) (*page, error) {
	fields := v.allowed(site)
	if fields[rights.Heat] == rights.Nothing {
		return nil, why
	}
	years, err := v.period(site)
	if err != nil {
		return nil, err
	}
	e, err := v.extract(site, fields, years.chosen)
	if err != nil {
		return nil, err
	}
	p := &page{Title: cmp.Or(e.Place.Name, site), Years: v.years(years.first, years.last, years.chosen)}
	p.Subtitle = fmt.Sprintf("%s (%s : %s)", v.words["coarse_"+fields[rights.Heat].String()], v.words["data"], v.provenance(e.Place.Data))
	if e.Place.Fictitious {
		p.Banner = v.words["demonstration"]
	}
	if t := v.registry.Around(site); t.SIREN != "" {
		p.Trail = []link{{Href: v.href("/territory/" + t.SIREN), Text: t.Name}}
	}
	p.Lists = append(p.Lists, v.heatList(e))
	if fields[rights.FirmPower] > rights.Nothing {
		p.Lists = append(p.Lists, v.firmList(e))
	}
	return p, nil
}

// allowed is how finely the reader may see each field, by the month at most.
func (v *visit) allowed(site string) map[rights.Field]rights.Resolution {
	fields := map[rights.Field]rights.Resolution{}
	for _, f := range release.Releasable {
		if finest := v.rights.May(v.ctx, site, f, rights.Once).Finest; finest > rights.Nothing {
			fields[f] = min(finest, rights.Month)
		}
	}
	return fields
}

// extract is the site's year, as it was released here or as its own intervals
// give it. What was released but not to this reader is taken out.
func (v *visit) extract(site string, fields map[rights.Field]rights.Resolution, year int) (*release.Extract, error) {
	held, err := v.rights.Held(v.ctx)
	if err != nil {
		return nil, err
	}
	for _, r := range held[site] {
		if r.Year == year {
			e, err := release.Open(r.File)
			if err == nil && fields[rights.Heat] < rights.Month {
				e.Heat.Rows = nil
			}
			return e, err
		}
	}
	if len(held[site]) > 0 {
		return nil, errNoPage
	}
	place, _, err := v.registry.Place(v.ctx, site)
	if err != nil {
		return nil, err
	}
	t := v.registry.Around(site)
	terms := release.Terms{Site: site, To: string(rights.Authority) + ":" + cmp.Or(t.SIREN, "-"), Fields: fields}
	return release.Prepare(v.ctx, v.registry, v.registry.Area(t), terms, v.options(year, place.Fictitious || t.Fictitious))
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
