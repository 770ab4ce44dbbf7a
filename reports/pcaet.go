package reports

import (
	"context"
	"strconv"

	"thermie/reports/document"
)

// PCAETDocument builds the data-center part of a territory's climate plan
// (PCAET): synthesis, diagnosis, potential, and the annexes that make each
// figure answer for itself.
func PCAETDocument(ctx context.Context, src Source, area Area, o Options) (*document.Document, error) {
	d, err := Build(ctx, src, area, o)
	if err != nil {
		return nil, err
	}
	return d.Document()
}

// Document writes the dossier out in the words of its language.
func (d *Dossier) Document() (*document.Document, error) {
	p, err := d.write()
	if err != nil {
		return nil, err
	}
	return p.document(), nil
}

// write writes all chapters.
func (d *Dossier) write() (*pcaet, error) {
	w, err := wordsOf(d.Options.Lang)
	if err != nil {
		return nil, err
	}
	tables, err := loadTables()
	if err != nil {
		return nil, err
	}
	p := &pcaet{draft: draft{words: w}, d: d, f: d.figures(), tables: tables}
	p.synthesis()
	p.diagnosis()
	p.potential()
	p.outlook()
	p.annexes()
	return p, nil
}

// pcaet is the territory's report being written.
type pcaet struct {
	draft
	d *Dossier
	f *pcaetFigures
	tables
}

// tables are the dated tables that the report prints from.
type tables struct {
	factors    []Factor
	references []Reference
	forms      []Form
}

func loadTables() (t tables, err error) {
	if t.factors, err = emissionFactors(); err != nil {
		return t, err
	}
	if t.references, err = references(); err != nil {
		return t, err
	}
	t.forms, err = depositForms()
	return t, err
}

func (p *pcaet) document() *document.Document {
	t, o := p.d.Area.Territory, p.d.Options
	doc := &document.Document{
		Title:    p.t("pcaet.title"),
		Subtitle: p.t("pcaet.subtitle", "territory", t.Name, "year", p.year()),
		Subject:  p.t("pcaet.subject", "territory", t.Name, "siren", t.SIREN, "year", p.year()),
		Author:   t.Name,
		Lang:     p.lang, Date: o.Date, Version: o.Software,
		Blocks: p.blocks,
	}
	doc.Banner = p.t("words.restricted")
	if p.d.Fictitious() {
		doc.Banner = p.t("words.demonstration") + " · " + doc.Banner
	}
	return doc
}

func (p *pcaet) year() string { return strconv.Itoa(p.d.Options.Year) }

// siteName is how a site is called in tables.
func siteName(s *SiteResult) string { return s.Place.Name }
