package pcaet

import (
	"strings"

	"thermie/reports"
	"thermie/reports/document"
)

// gaps says on the first page what is missing from the figures.
func (p *Report) gaps() {
	var said []string
	say := func(key string, names []string) {
		if len(names) > 0 {
			said = append(said, p.T(key, "sites", p.someOf(names)))
		}
	}
	var short, silent, faulty []string
	for _, s := range p.d.Outside() {
		switch {
		case s.Fault != nil:
			faulty = append(faulty, reports.SiteName(s))
		case !s.WholeYear:
			short = append(short, reports.SiteName(s)+" ("+p.Days(s.Period.From, s.Period.To)+")")
		default:
			silent = append(silent, reports.SiteName(s))
		}
	}
	say("synthesis.short_sites", short)
	say("synthesis.silent_sites", silent)
	say("synthesis.faulty_sites", faulty)
	say("synthesis.missing_sites", p.d.Missing)
	if len(p.d.Sites)+len(p.d.Missing) == 0 {
		said = append(said, p.T("synthesis.no_site"))
	}
	if n, least := p.d.Operators(), p.d.Secrecy.MinOperators; n > 0 && n < least {
		said = append(said, p.T("synthesis.few_operators", "least", p.Whole(least)))
	}
	if len(p.d.Networks) == 0 {
		said = append(said, p.T("synthesis.no_network"))
	}
	for _, n := range p.d.Networks {
		if n.Fault != nil {
			said = append(said, p.T("synthesis.faulty_network", "network", n.Network.Name, "fault", p.Why(n.Fault)))
		}
	}
	for _, f := range p.refused() {
		said = append(said, p.T("synthesis.faulty_plan", "name", f.Name, "fault", p.Why(f.Err)))
	}
	said = append(said, p.leftOut()...)
	said = append(append(said, p.perimeter()...), p.datedFactors()...)
	if len(said) == 0 {
		return
	}
	n := document.Note{Kind: document.NoteWarning, Title: p.T("synthesis.gaps_title"), Runs: document.Text(strings.Join(said, " "))}
	p.Add(n)
}

// leftOut says which totals lack annual sites of which nobody knows the part.
func (p *Report) leftOut() (said []string) {
	switch without := p.withoutElectricity(); {
	case without != "":
		said = append(said, without)
	case len(p.f.Annual) > 0 && !p.f.EDC.MWh.Stated():
		said = append(said, p.T("synthesis.no_total_electricity"))
	}
	switch without := p.withoutSupply(); {
	case without != "":
		said = append(said, without)
	case len(p.f.Annual) > 0 && !p.f.Supplied.MWh.Stated():
		said = append(said, p.T("synthesis.no_handover"))
	}
	return said
}

// withoutElectricity says which annual sites the territory's electricity
// lacks; empty where it lacks none, or where there is no total.
func (p *Report) withoutElectricity() string {
	if !p.f.EDC.MWh.Stated() {
		return ""
	}
	return p.without("synthesis.no_electricity", func(s reports.AnnualSite) document.Figure { return s.EDC.MWh })
}

// withoutSupply says the same of the heat handed over.
func (p *Report) withoutSupply() string {
	if !p.f.Supplied.MWh.Stated() {
		return ""
	}
	return p.without("synthesis.no_supply", func(s reports.AnnualSite) document.Figure { return s.Supplied.MWh })
}

// without is the sentence of a key with the annual sites whose figure nobody
// knows; empty where there is none.
func (p *Report) without(key string, of func(reports.AnnualSite) document.Figure) string {
	var names []string
	for _, s := range p.f.Annual {
		if !of(s).Stated() {
			names = append(names, reports.SiteName(s.Site))
		}
	}
	switch {
	case len(names) == 0:
		return ""
	case p.protected(): // which of them it is, is one site's own
		return p.T(key, "sites", p.T("words.site_count", "n", p.Whole(len(names))))
	}
	return p.T(key, "sites", p.someOf(names))
}

// notInTotal is the note under a table whose total lacks sites.
func (p *Report) notInTotal(of func(reports.AnnualSite) document.Figure) []document.Run {
	text := p.without("words.not_in_total", of)
	if text == "" {
		return nil
	}
	return document.Text(text)
}

// mostNamed is how many names a sentence holds; the tables hold them all.
const mostNamed = 8

// someOf lists names in a sentence, and counts those that it has no room for.
func (p *Report) someOf(names []string) string {
	if len(names) <= mostNamed+1 {
		return strings.Join(names, ", ")
	}
	return p.T("words.and_more", "names", strings.Join(names[:mostNamed], ", "), "n", p.Whole(len(names)-mostNamed))
}
