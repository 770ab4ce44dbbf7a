package reports

import (
	"strconv"
	"strings"

	"thermie/reports/document"
)

// synthesis is the page that is read when nothing else is.
func (p *pcaet) synthesis() {
	p.heading(1, "", "synthesis.title")
	p.identity()
	p.paragraph("synthesis.basis")
	p.add(document.Highlights{Items: []document.Highlight{
		{Label: p.t("heats.captured"), Figure: p.f.Captured.MWh, Help: p.t("synthesis.captured_help")},
		{Label: p.t("heats.rejected"), Figure: p.f.Rejected.MWh, Help: p.t("synthesis.rejected_help")},
		{Label: p.t("heats.supplied"), Figure: p.f.Supplied.MWh, Help: p.t("synthesis.supplied_help")},
	}})
	p.fourHeats()
	p.gaps()
	p.whatToType()
	p.add(document.PageBreak{})
	p.paragraph("synthesis.type_note")
	p.note(document.NoteWarning, "synthesis.restricted")
	if p.d.Fictitious() {
		p.note(document.NoteWarning, "synthesis.demonstration")
	}
	p.add(document.TableOfContents{})
	p.add(document.PageBreak{})
}

// fourHeats is the table of the four heats, in both units.
func (p *pcaet) fourHeats() {
	t := document.Table{Caption: p.t("synthesis.heats_caption"), Sheet: p.t("sheets.heats"),
		Columns: []document.Column{p.text("quantity"), p.sure("energy", "MWh"), p.sure("energy", "GWh"),
			p.center("coverage"), p.text("method"), p.text("code")},
		Notes: document.Text(p.t("synthesis.heats_note")),
	}
	for _, row := range []struct {
		key string
		f   heatFigure
	}{
		{"rejected", p.f.Rejected}, {"captured", p.f.Captured}, {"delivered", p.f.Delivered}, {"supplied", p.f.Supplied},
	} {
		t.Rows = append(t.Rows, document.Row{Cells: []document.Cell{
			document.HeadCell(p.t("heats." + row.key + "_short")),
			document.FigureCell(row.f.MWh), document.FigureCell(row.f.GWh),
			p.coverage(row.f.MWh), method(row.f.MWh), codeOf(row.f.MWh),
		}, Strong: row.key == "captured"})
	}
	p.add(t)
}

// gaps says on the first page what is missing from the figures.
func (p *pcaet) gaps() {
	var said []string
	say := func(key string, names []string) {
		if len(names) > 0 {
			said = append(said, p.t(key, "sites", strings.Join(names, ", "), "n", p.whole(len(names))))
		}
	}
	var short, silent, faulty []string
	for _, s := range p.d.Outside() {
		switch {
		case s.Fault != nil:
			faulty = append(faulty, siteName(s))
		case !s.WholeYear:
			short = append(short, siteName(s)+" ("+p.days(s.Period.From, s.Period.To)+")")
		default:
			silent = append(silent, siteName(s))
		}
	}
	say("synthesis.short_sites", short)
	say("synthesis.silent_sites", silent)
	say("synthesis.faulty_sites", faulty)
	say("synthesis.missing_sites", p.d.Missing)
	if len(p.d.Sites)+len(p.d.Missing) == 0 {
		said = append(said, p.t("synthesis.no_site"))
	}
	if len(p.d.Networks) == 0 {
		said = append(said, p.t("synthesis.no_network"))
	}
	for _, n := range p.d.Networks {
		if n.Fault != nil {
			said = append(said, p.t("synthesis.faulty_network", "network", n.Network.Name, "fault", n.Fault.Error()))
		}
	}
	if p.f.Supplied.MWh.Mark == document.Unknown && len(p.f.Annual) > 0 {
		said = append(said, p.t("synthesis.no_handover"))
	}
	if len(said) == 0 {
		return
	}
	n := document.Note{Kind: document.NoteWarning, Title: p.t("synthesis.gaps_title"), Runs: document.Text(strings.Join(said, " "))}
	p.add(n)
}

// identity names the territory, its perimeter and what was looked at.
func (p *pcaet) identity() {
	t := p.d.Area.Territory
	population := p.t("words.none_given")
	if t.Population > 0 {
		population = p.whole(t.Population)
	}
	p.paragraph("synthesis.identity", "territory", t.Name, "kind", p.kind(t.Kind), "siren", t.SIREN,
		"millesime", yearOrNone(&p.draft, t.Year), "population", population, "year", p.year(),
		"sites", p.whole(len(p.d.Sites)+len(p.d.Missing)), "operators", p.whole(p.d.Operators()),
		"annual", p.whole(len(p.f.Annual)), "networks", p.whole(len(p.d.Networks)))
}

func (p *pcaet) kind(kind string) string {
	if key := "kinds." + strings.ToLower(kind); p.has(key) {
		return p.t(key)
	}
	return p.orNone(kind)
}

func yearOrNone(d *draft, year int) string {
	if year == 0 {
		return d.t("words.none_given")
	}
	return strconv.Itoa(year)
}
