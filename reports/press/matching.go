package press

import (
	"context"
	"fmt"

	"thermie/reports"
	"thermie/reports/document"
	"thermie/reports/engineer"
)

// WriteMatching computes the joint matching of a territory's sites and
// networks and writes matching.docx, .pdf, .html, .xlsx and .csv into o.Out.
func WriteMatching(ctx context.Context, src reports.Source, area reports.Area, o reports.Options) (*reports.Dossier, error) {
	d, err := reports.Build(ctx, src, area, o)
	if err != nil {
		return nil, err
	}
	m, err := engineer.WriteMatching(d)
	if err != nil {
		return nil, err
	}
	doc := m.Document()
	return d, writeFiles(d.Options, []reports.Output{
		{Name: "matching.docx", Write: rendered(document.WriteDOCX, doc)},
		{Name: "matching.pdf", Write: rendered(document.WritePDF, doc)},
		{Name: "matching.html", Write: rendered(document.WriteHTML, doc)},
		{Name: "matching.xlsx", Write: rendered(document.WriteXLSX, m.Workbook())},
		{Name: "matching.csv", Write: m.WriteCSV},
	})
}

// matching writes the matching of a territory.
func (c *reportCommand) matching(ctx context.Context, src reports.Source) error {
	area, err := c.Area(src, c.territory)
	if err != nil {
		return err
	}
	d, err := WriteMatching(ctx, src, area, c.options)
	if err != nil {
		return err
	}
	pairs := 0
	for _, n := range d.Networks {
		pairs += len(n.Members)
	}
	_, err = fmt.Fprintf(c.errOut, "%d sites, %d networks: %d pairs come about, %d fail\nmatching.docx, .pdf, .html, .xlsx and .csv are in %s\n",
		len(d.Sites), len(d.Networks), pairs, len(d.Failures), c.options.Out)
	return err
}
