package pcaet

import (
	"fmt"
	"slices"
	"strconv"

	"thermie/disclosure"
	"thermie/reports"
	"thermie/reports/document"
	"thermie/reports/secrecy"
	"thermie/reports/trajectory"
)

// Write writes the data-center part of a territory's climate plan (PCAET) in
// the words of its language, for the readers whom its profile of disclosure
// names: synthesis, diagnosis, potential, and the annexes that make each
// figure answer for itself. For those who do not see every value it
// is written twice: what the first edition would print is attacked, and the
// second prints « s » where the attack succeeds.
func Write(d *reports.Dossier) (*Report, error) {
	profile, known := disclosure.ProfileByID(d.Options.Disclosure)
	if !known {
		return nil, fmt.Errorf("no disclosure profile %q\nhint: -disclosure takes public, authority, engineer or operator", d.Options.Disclosure)
	}
	tables, err := loadTables(d.Area)
	if err != nil {
		return nil, err
	}
	future, err := trajectory.Compute(d, horizons(tables.forms))
	if err != nil {
		return nil, err
	}
	if profile.Exact {
		return write(d, tables, future, secrecy.Exact(profile))
	}
	whole, err := write(d, tables, future, nil)
	if err != nil {
		return nil, err
	}
	decision, err := secrecy.Decide(whole.figures(), profile, whole.knowledge())
	if err != nil {
		return nil, err
	}
	edition, err := d.Edition(decision.Secret)
	if err != nil {
		return nil, err
	}
	p, err := write(edition, tables, future, decision)
	if err != nil {
		return nil, err
	}
	p.publish()
	return p, nil
}

// Dossier is the dossier in the report's edition: what it must not show, no
// digest of it shows.
func (p *Report) Dossier() *reports.Dossier { return p.d }

// figures are all that the report and its digest print, and what a reader can
// reckon from them.
func (p *Report) figures() []document.Figure {
	all := slices.Clone(p.behind)
	for _, s := range p.d.Sites {
		all = append(all, s.Figures().All()...)
	}
	for _, placed := range reports.FiguresOf(p.Blocks) {
		all = append(all, placed.Figure)
	}
	return all
}

// write writes all chapters.
func write(d *reports.Dossier, tables tables, future *trajectory.Outlook, decision *secrecy.Decision) (*Report, error) {
	w, err := reports.WordsOf(d.Options.Lang)
	if err != nil {
		return nil, err
	}
	p := &Report{secrecy: decision, Draft: reports.Draft{Words: w}, d: d, f: d.Figures(), tables: tables, future: future, before: map[string][]earlier{}}
	if err := p.foresee(); err != nil {
		return nil, err
	}
	p.synthesis()
	p.diagnosis()
	if err := p.potential(); err != nil {
		return nil, err
	}
	p.decisions()
	return p, p.annexes()
}

// Report is a territory's report, written.
type Report struct {
	reports.Draft
	d       *reports.Dossier
	f       *reports.TerritoryFigures
	secrecy *secrecy.Decision // nil in the edition that is attacked
	behind  []document.Figure // not printed, but others are reckoned from them
	sheets  []Action
	future  *trajectory.Outlook
	ahead   []horizon            // the trajectories in print, the reference year first
	before  map[string][]earlier // by column: the trajectories' totals so far
	carbon  reports.CarbonFactors
	tables
}

// tables are the dated tables that the report prints from.
type tables struct {
	factors    []reports.Factor
	references []reports.Reference
	law        reports.Limits
	forms      []reports.Form
	study      reports.StudyTable
	atlas      *atlas
}

func loadTables(area reports.Area) (t tables, err error) {
	if t.factors, err = area.EmissionFactors(); err != nil {
		return t, err
	}
	if t.references, err = reports.References(); err != nil {
		return t, err
	}
	if t.law, err = reports.Thresholds(); err != nil {
		return t, err
	}
	if t.forms, err = reports.DepositForms(); err != nil {
		return t, err
	}
	t.atlas = readAtlas(area)
	t.study, err = reports.StudyInputs()
	return t, err
}

// Document is the report as a document.
func (p *Report) Document() *document.Document {
	t, o := p.d.Area.Territory, p.d.Options
	doc := &document.Document{
		Title:    p.T("pcaet.title"),
		Subtitle: p.T("pcaet.subtitle", "territory", t.Name, "year", p.year()),
		Subject:  p.T("pcaet.subject", "territory", t.Name, "siren", t.SIREN, "year", p.year()),
		Author:   t.Name,
		Lang:     p.Lang, Date: o.Date, Version: o.Software,
		Blocks: p.Blocks,
	}
	doc.Banner = p.banner()
	return doc
}

func (p *Report) year() string { return strconv.Itoa(p.d.Options.Year) }
