package reports

import (
	"strconv"
	"strings"
)

// synthesis is the page that is read when nothing else is.
func (p *pcaet) synthesis() {
	p.heading(1, "", "synthesis.title")
	p.paragraph("synthesis.basis")
	if p.d.Fictitious() {
		p.demonstration()
	}
	p.add(Highlights{Items: []Highlight{
		{p.t("synthesis.captured"), p.f.Captured.MWh, p.t("synthesis.captured_help")},
		{p.t("synthesis.rejected"), p.f.Rejected.MWh, p.t("synthesis.rejected_help")},
		{p.t("synthesis.supplied"), p.f.Supplied.MWh, p.t("synthesis.supplied_help")},
	}})
	p.fourHeats()
	p.gaps()
	p.identity()
	p.whatToType()
	p.note(NoteWarning, "synthesis.restricted")
	p.add(PageBreak{})
}

// demonstration says what of the demonstration is real.
func (p *pcaet) demonstration() {
	p.note(NoteWarning, "synthesis.demonstration")
}

// fourHeats is the table of the four heats, in both units.
func (p *pcaet) fourHeats() {
	t := Table{Caption: p.t("synthesis.heats_caption"), Sheet: p.t("sheets.heats"),
		Columns: []Column{p.text("quantity"), p.text("definition"), p.sure("energy", "MWh"),
			p.number("energy", "GWh"), p.center("coverage"), p.text("method"), p.text("code")},
		Notes: Text(p.t("synthesis.heats_note")),
	}
	for _, row := range []struct {
		key string
		f   heatFigure
	}{
		{"rejected", p.f.Rejected}, {"captured", p.f.Captured}, {"delivered", p.f.Delivered}, {"supplied", p.f.Supplied},
	} {
		t.Rows = append(t.Rows, Row{Cells: []Cell{
			HeadCell(p.t("heats." + row.key)), TextCell(p.t("heats." + row.key + "_short")),
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

// identity is the card of the territory.
func (p *pcaet) identity() {
	t := p.d.Area.Territory
	t0 := Table{Caption: p.t("synthesis.identity_caption"), Sheet: p.t("sheets.identity"),
		Columns: []Column{p.text("item"), p.text("content")}}
	row := func(key, text string) {
		t0.Rows = append(t0.Rows, Row{Cells: []Cell{HeadCell(p.t("identity." + key)), TextCell(text)}})
	}
	population := p.t("words.none_given")
	if t.Population > 0 {
		population = p.whole(t.Population)
	}
	row("territory", t.Name+" ("+p.kind(t.Kind)+")")
	row("siren", t.SIREN)
	row("millesime", yearOrNone(&p.draft, t.Year))
	row("population", population)
	row("year", p.t("identity.year_text", "year", p.year()))
	row("sites", p.t("identity.sites_text", "sites", p.whole(len(p.d.Sites)+len(p.d.Missing)),
		"operators", p.whole(p.d.Operators()), "annual", p.whole(len(p.f.Annual))))
	row("networks", p.whole(len(p.d.Networks)))
	row("edition", p.day(p.d.Options.Date))
	row("software", "Thermie "+p.d.Options.Software)
	p.add(t0)
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
