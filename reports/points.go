package reports

import (
	"maps"
	"slices"
	"strings"

	"thermie/heat"
	"thermie/interval"
	"thermie/reports/document"
)

// PointTable lists the metering points of sites; a single site needs no
// column with its name.
func (d *Draft) PointTable(sites []*SiteResult) document.Table {
	t := document.Table{Caption: d.T("annex.points_caption"), Sheet: d.T("sheets.points"),
		Columns: []document.Column{d.Text("site"), d.Text("point"), d.Text("role"), d.Text("device"), d.Text("accuracy"), d.Text("data")}}
	for _, s := range sites {
		for _, c := range LatestPoints(s.Cards) {
			t.Rows = append(t.Rows, document.Row{Cells: []document.Cell{document.HeadCell(SiteName(s)), document.TextCell(c.Point.Name + " (" + c.Meter + ")"),
				document.TextCell(d.Name("roles", string(c.Point.Role))), document.TextCell(d.device(c.Point)),
				document.TextCell(d.class(c.Point)), document.TextCell(d.Name("data", string(c.Point.Data)))}})
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

// LatestPoints returns the newest card of each point, by point id.
func LatestPoints(cards []interval.Card) []interval.Card {
	newest := map[string]interval.Card{}
	for _, c := range cards {
		old, seen := newest[c.Meter]
		if c.Point != nil && (!seen || c.ValidFrom > old.ValidFrom || c.ValidFrom == old.ValidFrom && c.Rev > old.Rev) {
			newest[c.Meter] = c
		}
	}
	points := make([]interval.Card, 0, len(newest))
	for _, id := range slices.Sorted(maps.Keys(newest)) {
		points = append(points, newest[id])
	}
	return points
}

func (d *Draft) device(p *interval.Point) string {
	parts := slices.DeleteFunc([]string{p.Device, p.Template, p.Serial}, func(s string) bool { return s == "" })
	return d.OrNone(strings.Join(parts, ", "))
}

// class names a point's accuracy: its class, or the stated uncertainty.
func (d *Draft) class(p *interval.Point) string {
	switch {
	case p.Class != "":
		return p.Class
	case p.DeclaredPct != nil:
		return d.T("annex.declared_u", "u", d.Digits(*p.DeclaredPct))
	}
	return document.LabelsOf(d.Lang).Unknown
}

// Assumptions prints the values that nobody measured, with their limits.
// where names the site or network for which they were used.
func (d *Draft) Assumptions(where string, list []heat.Assumption) {
	if len(list) == 0 {
		return
	}
	t := document.Table{Caption: d.T("annex.assumptions_caption", "where", where), Sheet: d.T("sheets.assumptions"),
		Columns: []document.Column{d.Text("assumption"), d.Text("value"), d.Text("limits"), d.Text("source"), d.Center("status")}}
	for _, a := range list {
		t.Rows = append(t.Rows, document.Row{Cells: []document.Cell{document.HeadCell(d.Name("assumptions", a.ID)),
			document.TextCell(strings.TrimSpace(d.Digits(a.Value) + " " + Unitless(a.Unit))),
			document.TextCell(d.Digits(a.Low) + " – " + d.Digits(a.High)), document.TextCell(d.AssumptionSource(a)), document.TextCell(d.AssumptionStatus(a))}})
	}
	d.Add(t)
}

// Remarks are what the balance and the estimate noticed in a site's data.
func (d *Draft) Remarks(s *SiteResult) []string {
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
		if word := "notes." + kind; d.Has(word) {
			texts = append(texts, SiteName(s)+" – "+d.T(word, "point", point))
		}
	}
	return texts
}

// MethodName says a method's formula in words, its title where the words
// have none.
func (d *Draft) MethodName(id string) string {
	if key := "methods." + id; d.Has(key) {
		return d.T(key)
	}
	m, _ := heat.MethodByID(id)
	return m.Title
}

// MethodSource says where a method comes from.
func (d *Draft) MethodSource(id string) string {
	if key := "method_sources." + id; d.Has(key) {
		return d.T(key)
	}
	m, _ := heat.MethodByID(id)
	return m.Source
}

// MethodStatus says how well a method is supported.
func (d *Draft) MethodStatus(id string) string {
	m, _ := heat.MethodByID(id)
	switch m.Mark {
	case heat.Verified:
		return d.T("status.read")
	case heat.Computed:
		return d.T("status.computed")
	}
	return d.T("status.confirm")
}

// Unitless hides the unit of a pure number.
func Unitless(unit string) string {
	if unit == "1" {
		return ""
	}
	return unit
}

// AssumptionStatus says how well an assumption is supported.
func (d *Draft) AssumptionStatus(a heat.Assumption) string {
	switch a.Mark {
	case heat.Unconfirmed:
		return d.T("status.confirm")
	case heat.Computed:
		return d.T("status.computed")
	}
	return d.T("status.read")
}

// AssumptionSource says where an assumption comes from.
func (d *Draft) AssumptionSource(a heat.Assumption) string {
	if key := "assumption_sources." + a.ID; d.Has(key) {
		return d.T(key)
	}
	return a.Source
}

// DataOf says what a site's numbers are.
func (d *Draft) DataOf(s *SiteResult) string {
	if s.Declared {
		return d.T("data.declared_only")
	}
	return d.Name("data", string(s.Place.Data))
}
