package pcaet

import (
	"context"
	"fmt"
	"strconv"

	"thermie/disclosure"
	"thermie/reports"
	"thermie/reports/document"
	"thermie/reports/secrecy"
)

// PCAETDocument builds the data-center part of a territory's climate plan
// (PCAET): synthesis, diagnosis, potential, and the annexes that make each
// figure answer for itself.
func PCAETDocument(ctx context.Context, src reports.Source, area reports.Area, o reports.Options) (*document.Document, error) {
	d, err := reports.Build(ctx, src, area, o)
	if err != nil {
		return nil, err
	}
	p, err := Write(d)
	if err != nil {
		return nil, err
	}
	return p.Document(), nil
}

// Write writes a dossier in the words of its language, for the readers whom
// its profile of disclosure names. It is written twice: what the first
// edition would print is attacked, and the second prints « s » where the
// attack succeeds.
func Write(d *reports.Dossier) (*Report, error) {
	profile, known := disclosure.ProfileByID(d.Options.Disclosure)
	if !known {
		return nil, fmt.Errorf("no disclosure profile %q\nhint: -disclosure takes public or authority", d.Options.Disclosure)
	}
	whole, err := write(d, nil)
	if err != nil {
		return nil, err
	}
	decision, err := secrecy.Decide(whole.figures(), profile, nil)
	if err != nil {
		return nil, err
	}
	edition := *d
	edition.Secret = decision.Secret
	return write(&edition, decision)
}

// Dossier is the dossier in the report's edition: what it must not show, no
// digest of it shows.
func (p *Report) Dossier() *reports.Dossier { return p.d }

// figures are all that the report and its digest print, and what a reader can
// reckon from them.
func (p *Report) figures() []document.Figure {
	all := p.behind
	for _, s := range p.d.Sites {
		all = append(all, s.Figures().All()...)
	}
	for _, placed := range reports.FiguresOf(p.Blocks) {
		all = append(all, placed.Figure)
	}
	return all
}

// write writes all chapters.
func write(d *reports.Dossier, decision *secrecy.Decision) (*Report, error) {
	w, err := reports.WordsOf(d.Options.Lang)
	if err != nil {
		return nil, err
	}
	tables, err := loadTables(d.Area)
	if err != nil {
		return nil, err
	}
	p := &Report{secrecy: decision, Draft: reports.Draft{Words: w}, d: d, f: d.Figures(), tables: tables}
	p.synthesis()
	p.diagnosis()
	p.potential()
	p.outlook()
	p.annexes()
	return p, nil
}

// Report is a territory's report, written.
type Report struct {
	reports.Draft
	d       *reports.Dossier
	f       *reports.TerritoryFigures
	secrecy *secrecy.Decision // nil in the edition that is attacked
	behind  []document.Figure // not printed, but others are reckoned from them
	sheets  []Action
	tables
}

// tables are the dated tables that the report prints from.
type tables struct {
	factors    []reports.Factor
	references []reports.Reference
	forms      []reports.Form
}

func loadTables(area reports.Area) (t tables, err error) {
	if t.factors, err = area.EmissionFactors(); err != nil {
		return t, err
	}
	if t.references, err = reports.References(); err != nil {
		return t, err
	}
	t.forms, err = reports.DepositForms()
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
	doc.Banner = p.T("words.restricted")
	if p.d.Fictitious() {
		doc.Banner = p.T("words.demonstration") + " · " + doc.Banner
	}
	return doc
}

func (p *Report) year() string { return strconv.Itoa(p.d.Options.Year) }
