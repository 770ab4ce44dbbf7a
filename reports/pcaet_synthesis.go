package reports

import (
	"strconv"
	"strings"
)

// synthesis is the page that is read when nothing else is.
func (p *pcaet) synthesis() {
	p.heading(1, "", "synthesis.title")
	p.identity()
	p.paragraph("synthesis.basis")
	p.add(Highlights{Items: []Highlight{
		{p.t("heats.captured"), p.f.Captured.MWh, p.t("synthesis.captured_help")},
		{p.t("heats.rejected"), p.f.Rejected.MWh, p.t("synthesis.rejected_help")},
		{p.t("heats.supplied"), p.f.Supplied.MWh, p.t("synthesis.supplied_help")},
	}})
	p.fourHeats()
	p.gaps()
	p.whatToType()
	p.add(PageBreak{})
	p.paragraph("synthesis.type_note")
	p.note(NoteWarning, "synthesis.restricted")
	if p.d.Fictitious() {
		p.note(NoteWarning, "synthesis.demonstration")
	}
	p.add(TableOfContents{})
	p.add(PageBreak{})
}

// fourHeats is the table of the four heats, in both units.
func (p *pcaet) fourHeats() {
	t := Table{Caption: p.t("synthesis.heats_caption"), Sheet: p.t("sheets.heats"),
		Columns: []Column{p.text("quantity"), p.sure("energy", "MWh"), p.sure("energy", "GWh"),
			p.center("coverage"), p.text("method"), p.text("code")},
		Notes: Text(p.t("synthesis.heats_note")),
	}
	for _, row := range []struct {
		key string
		f   heatFigure
	}{
		{"rejected", p.f.Rejected}, {"captured", p.f.Captured}, {"delivered", p.f.Delivered}, {"supplied", p.f.Supplied},
	} {
		t.Rows = append(t.Rows, Row{Cells: []Cell{
			HeadCell(p.t("heats." + row.key + "_short")),
			FigureCell(row.f.MWh), FigureCell(row.f.GWh),
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
	if p.f.Supplied.MWh.Mark == Unknown && len(p.f.Annual) > 0 {
		said = append(said, p.t("synthesis.no_handover"))
	}
	if len(said) == 0 {
		return
	}
	n := Note{Kind: NoteWarning, Title: p.t("synthesis.gaps_title"), Runs: Text(strings.Join(said, " "))}
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
