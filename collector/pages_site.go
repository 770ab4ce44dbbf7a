package collector

import (
	"cmp"
	"errors"
	"io"
	"slices"

	"thermie/interval"
	"thermie/reports"
	"thermie/reports/document"
	"thermie/reports/engineer"
)

// siteFiles are the files about a site; each name follows the site's id.
var siteFiles = []reportFile[*siteVisit]{
	{".html", "site_report", func(s *siteVisit, w io.Writer) error { return s.write("html", w, s.site) }},
	{".docx", "editable", func(s *siteVisit, w io.Writer) error { return s.write("docx", w, s.site) }},
	{".pdf", "printable", func(s *siteVisit, w io.Writer) error { return s.write("pdf", w, s.site) }},
	{"-hourly.csv", "hourly", (*siteVisit).writeHourly},
	{".xlsx", "engineer", func(s *siteVisit, w io.Writer) error { return s.write("xlsx", w, s.engineer) }},
}

// siteVisit is a visit to a site that is known.
type siteVisit struct {
	*visit
	id    string
	place interval.Site
	years period
}

// visitSite finds the site that the address names.
func (v *visit) visitSite() (*siteVisit, error) {
	s := &siteVisit{visit: v, id: v.r.PathValue("id")}
	if err := v.may(s.id, siteNeeds); err != nil {
		return nil, err
	}
	ids, err := v.registry.Sites(v.ctx)
	if err != nil {
		return nil, err
	}
	if !slices.Contains(ids, s.id) {
		return nil, errNoPage
	}
	if s.place, _, err = v.registry.Place(v.ctx, s.id); err != nil {
		return nil, err
	}
	s.years, err = v.period(s.id)
	return s, err
}

// settings are the options of the site's reports.
func (s *siteVisit) settings() reports.Options {
	return s.options(s.years.chosen, s.place.Fictitious || s.registry.Around(s.id).Fictitious)
}

// site is the site's report.
func (s *siteVisit) site() (*document.Document, error) {
	return engineer.SiteDocument(s.ctx, s.registry, s.id, s.settings())
}

// engineer is the engineer's workbook of the site.
func (s *siteVisit) engineer() (*document.Document, error) {
	area, err := s.registry.Area(s.ctx, s.registry.Around(s.id))
	if err != nil {
		return nil, err
	}
	return engineer.NetworkDocument(s.ctx, s.registry, area, s.id, s.settings())
}

func (s *siteVisit) write(format string, w io.Writer, document func() (*document.Document, error)) error {
	doc, err := document()
	if err != nil {
		return err
	}
	return writeAs(format, w, doc)
}

func (s *siteVisit) writeHourly(w io.Writer) error {
	result, err := reports.ReadSite(s.ctx, s.registry, s.id, s.settings())
	if err != nil {
		return err
	}
	return result.WriteHourly(w, s.lang)
}

// sitePage shows the site's report and the load-duration curve of its heat.
func (v *visit) sitePage() (*page, error) {
	s, err := v.visitSite()
	if no := (denied{}); errors.As(err, &no) {
		return v.coarsePage(v.r.PathValue("id"), no)
	}
	if err != nil {
		return nil, err
	}
	doc, err := s.site()
	if err != nil {
		return nil, err
	}
	engineer, err := s.engineer()
	if err != nil {
		return nil, err
	}
	p := &page{Title: cmp.Or(s.place.Name, s.id), Subtitle: doc.Subtitle, Banner: doc.Banner, Years: v.years(s.years.first, s.years.last, s.years.chosen)}
	var links fileLinks
	for _, f := range siteFiles {
		links.Files = append(links.Files, fileLink{v.href("/site/" + s.id + "/" + s.id + f.name), s.id + f.name, v.words[f.about]})
	}
	p.Files = []fileLinks{links}
	if t := v.registry.Around(s.id); t.SIREN != "" {
		p.Trail = []link{{Href: v.href("/territory/" + t.SIREN), Text: t.Name}}
	}
	p.Body, err = v.body(doc, append(slices.Clone(doc.Blocks), durationCurve(engineer)...))
	return p, err
}

// siteFile sends one file about a site.
func (v *visit) siteFile() (*attachment, error) {
	if id := v.r.PathValue("id"); v.r.PathValue("file") == id+hoursName {
		return v.releasedHours(id)
	}
	s, err := v.visitSite()
	if err != nil {
		return nil, err
	}
	for _, f := range siteFiles {
		if name := s.id + f.name; name == v.r.PathValue("file") {
			return attach(name, func(w io.Writer) error { return f.write(s, w) })
		}
	}
	return nil, errNoPage
}

// durationCurve returns the load-duration curve of a document under its
// heading, or nothing where there is none.
func durationCurve(doc *document.Document) []document.Block {
	var heading document.Heading
	for _, b := range doc.Blocks {
		switch b := b.(type) {
		case document.Heading:
			heading = b
		case document.Chart:
			if b.Kind == document.DurationLine {
				return []document.Block{document.Heading{Level: 1, Text: heading.Text}, b}
			}
		}
	}
	return nil
}
