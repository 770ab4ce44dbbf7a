package reports

import (
	"slices"
	"strings"

	"thermie/heat"
	"thermie/interval"
	"thermie/reports/document"
)

// pointTable lists the metering points of sites; a single site needs no
// column with its name.
func (d *draft) pointTable(sites []*SiteResult) document.Table {
	t := document.Table{Caption: d.t("annex.points_caption"), Sheet: d.t("sheets.points"),
		Columns: []document.Column{d.text("site"), d.text("point"), d.text("role"), d.text("device"), d.text("accuracy"), d.text("data")}}
	for _, s := range sites {
		for _, c := range latestPoints(s.Cards) {
			t.Rows = append(t.Rows, document.Row{Cells: []document.Cell{document.HeadCell(siteName(s)), document.TextCell(c.Point.Name + " (" + c.Meter + ")"),
				document.TextCell(d.name("roles", string(c.Point.Role))), document.TextCell(d.device(c.Point)),
				document.TextCell(d.class(c.Point)), document.TextCell(d.name("data", string(c.Point.Data)))}})
		}
	}
	if len(sites) == 1 {
		t.Columns = t.Columns[1:]
		for i, r := range t.Rows {
			t.Rows[i].Cells = r.Cells[1:]
			t.Rows[i].Cells[0].Head = true
		}
	}
	return t
}

// latestPoints returns the newest card of each point, by point id.
func latestPoints(cards []interval.Card) []interval.Card {
	newest := map[string]interval.Card{}
	for _, c := range cards {
		old, seen := newest[c.Meter]
		if c.Point != nil && (!seen || c.ValidFrom > old.ValidFrom || c.ValidFrom == old.ValidFrom && c.Rev > old.Rev) {
			newest[c.Meter] = c
		}
	}
	points := make([]interval.Card, 0, len(newest))
	for _, id := range sortedKeys(newest) {
		points = append(points, newest[id])
	}
	return points
}

func (d *draft) device(p *interval.Point) string {
	parts := slices.DeleteFunc([]string{p.Device, p.Template, p.Serial}, func(s string) bool { return s == "" })
	return d.orNone(strings.Join(parts, ", "))
}

// class names a point's accuracy: its class, or the stated uncertainty.
func (d *draft) class(p *interval.Point) string {
	switch {
	case p.Class != "":
		return p.Class
	case p.DeclaredPct != nil:
		return d.t("annex.declared_u", "u", d.digits(*p.DeclaredPct))
	}
	return document.LabelsOf(d.lang).Unknown
}

// assumptions prints the values that nobody measured, with their limits.
// where names the site or network for which they were used.
func (d *draft) assumptions(where string, list []heat.Assumption) {
	if len(list) == 0 {
		return
	}
	t := document.Table{Caption: d.t("annex.assumptions_caption", "where", where), Sheet: d.t("sheets.assumptions"),
		Columns: []document.Column{d.text("assumption"), d.text("value"), d.text("limits"), d.text("source"), d.center("status")}}
	for _, a := range list {
		status := "status.read"
		switch a.Mark {
		case heat.Unconfirmed:
			status = "status.confirm"
		case heat.Computed:
			status = "status.computed"
		}
		t.Rows = append(t.Rows, document.Row{Cells: []document.Cell{document.HeadCell(d.name("assumptions", a.ID)),
			document.TextCell(strings.TrimSpace(d.digits(a.Value) + " " + unitless(a.Unit))),
			document.TextCell(d.digits(a.Low) + " – " + d.digits(a.High)), document.TextCell(d.assumptionSource(a)), document.TextCell(d.t(status))}})
	}
	d.add(t)
}

// remarks are what the balance and the estimate noticed in a site's data.
func (d *draft) remarks(s *SiteResult) []string {
	var keys []string
	if s.Balance != nil {
		keys = append(keys, s.Balance.Notes...)
	}
	if s.Estimate != nil {
		keys = append(keys, s.Estimate.Notes...)
	}
	var texts []string
	for _, key := range slices.Compact(slices.Sorted(slices.Values(keys))) {
		kind, point, _ := strings.Cut(key, ":")
		if word := "notes." + kind; d.has(word) {
			texts = append(texts, siteName(s)+" – "+d.t(word, "point", point))
		}
	}
	return texts
}

// methodName says a method's formula in words, its title where the words
// have none.
func (d *draft) methodName(id string) string {
	if key := "methods." + id; d.has(key) {
		return d.t(key)
	}
	m, _ := heat.MethodByID(id)
	return m.Title
}

// methodSource says where a method comes from.
func (d *draft) methodSource(id string) string {
	if key := "method_sources." + id; d.has(key) {
		return d.t(key)
	}
	m, _ := heat.MethodByID(id)
	return m.Source
}

// methodStatus says how well a method is supported.
func (d *draft) methodStatus(id string) string {
	m, _ := heat.MethodByID(id)
	switch m.Mark {
	case heat.Verified:
		return d.t("status.read")
	case heat.Computed:
		return d.t("status.computed")
	}
	return d.t("status.confirm")
}

// unitless hides the unit of a pure number.
func unitless(unit string) string {
	if unit == "1" {
		return ""
	}
	return unit
}

// assumptionSource says where an assumption comes from.
func (d *draft) assumptionSource(a heat.Assumption) string {
	if key := "assumption_sources." + a.ID; d.has(key) {
		return d.t(key)
	}
	return a.Source
}
