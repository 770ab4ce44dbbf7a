package pcaet

import (
	"strconv"
	"strings"

	"thermie/configs"
	"thermie/reports"
	"thermie/reports/document"
)

// synthesis is the page that is read when nothing else is.
func (p *Report) synthesis() {
	p.Heading(1, "", "synthesis.title")
	p.identity()
	p.Paragraph("synthesis.basis")
	p.Add(document.Highlights{Items: []document.Highlight{
		{Label: p.T("heats.captured"), Figure: p.f.Captured.MWh, Help: p.T("synthesis.captured_help")},
		{Label: p.T("heats.rejected"), Figure: p.f.Rejected.MWh, Help: p.T("synthesis.rejected_help")},
		{Label: p.T("heats.supplied"), Figure: p.f.Supplied.MWh, Help: p.T("synthesis.supplied_help")},
	}})
	p.fourHeats()
	p.gaps()
	p.Add(p.typeTable())
	p.Add(document.PageBreak{})
	p.audience()
	if p.d.Fictitious() {
		p.Note(document.NoteWarning, "synthesis.demonstration")
	}
	p.Add(document.TableOfContents{})
}

// fourHeats is the table of the four heats, in both units.
func (p *Report) fourHeats() {
	t := document.Table{Caption: p.T("synthesis.heats_caption"), Sheet: p.T("sheets.heats"),
		Columns: []document.Column{p.Text("quantity"), p.Uncertain("energy", "MWh"), p.Uncertain("energy", "GWh"),
			p.Center("coverage"), p.Text("method"), p.Text("code")},
		Notes: document.Text(p.T("synthesis.heats_note")),
	}
	for _, row := range p.heatRows() {
		t.Rows = append(t.Rows, document.Row{Cells: []document.Cell{
			document.HeadCell(p.T("heats." + row.key + "_short")),
			document.FigureCell(row.f.MWh), document.FigureCell(row.f.GWh),
			p.Coverage(row.f.MWh), reports.Method(row.f.MWh), reports.CodeOf(row.f.MWh),
		}, Strong: row.key == "captured"})
	}
	p.Add(t)
}

// heatRow is one of the four heats and its words' key.
type heatRow struct {
	key string
	f   reports.HeatFigure
}

func (p *Report) heatRows() []heatRow {
	return []heatRow{{"rejected", p.f.Rejected}, {"captured", p.f.Captured}, {"delivered", p.f.Delivered}, {"supplied", p.f.Supplied}}
}

// identity names the territory, its perimeter and what was looked at.
func (p *Report) identity() {
	t := p.d.Area.Territory
	population := p.T("words.none_given")
	if t.Population > 0 {
		population = p.Whole(t.Population)
	}
	p.Paragraph("synthesis.identity", "territory", p.named(t), "siren", t.SIREN,
		"millesime", yearOrNone(&p.Draft, t.Year), "population", population, "year", p.year(),
		"sites", p.Whole(len(p.d.Sites)+len(p.d.Missing)), "operators", p.Whole(p.d.Operators()),
		"annual", p.Whole(len(p.f.Annual)), "networks", p.Whole(len(p.d.Networks)))
}

// named is the territory's name, with its kind where the name does not say it.
func (p *Report) named(t configs.Territory) string {
	kind := p.kind(t.Kind)
	if strings.HasPrefix(strings.ToLower(t.Name), strings.ToLower(kind)) {
		return t.Name
	}
	return t.Name + " (" + kind + ")"
}

func (p *Report) kind(kind string) string {
	if key := "kinds." + strings.ToLower(kind); p.Has(key) {
		return p.T(key)
	}
	return p.OrNone(kind)
}

func yearOrNone(d *reports.Draft, year int) string {
	if year == 0 {
		return d.T("words.none_given")
	}
	return strconv.Itoa(year)
}
