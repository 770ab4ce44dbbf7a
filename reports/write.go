package reports

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"thermie/reports/document"
)

// WritePCAET computes the territory's report and writes pcaet.html,
// pcaet.docx, pcaet.pdf, pcaet.xlsx, depot.csv and sites.geojson into o.Out.
// It returns the digest of what they say. Nothing is written before
// everything is computed.
func WritePCAET(ctx context.Context, src Source, area Area, o Options) (*Summary, error) {
	d, err := Build(ctx, src, area, o)
	if err != nil {
		return nil, err
	}
	return d.Summary(), d.WritePCAET()
}

// WritePCAET writes the dossier's files into its folder.
func (d *Dossier) WritePCAET() error {
	p, err := d.write()
	if err != nil {
		return err
	}
	doc := p.document()
	return writeFiles(d.Options.Out, []file{
		{"pcaet.html", rendered(document.WriteHTML, doc)},
		{"pcaet.docx", rendered(document.WriteDOCX, doc)},
		{"pcaet.pdf", rendered(document.WritePDF, doc)},
		{"pcaet.xlsx", rendered(document.WriteXLSX, doc)},
		{"depot.csv", p.writeDeposit},
		{"sites.geojson", func(w io.Writer) error { return WriteGeoJSON(w, p.layer()) }},
	})
}

// WriteNetwork writes the engineer's files of one site, the study
// <site>-etude.docx, .pdf and .html, <site>-hourly.csv, <site>.xlsx and those
// that <site>-files.txt lists, into o.Out. The match in
// them is the area's joint one.
func WriteNetwork(ctx context.Context, src Source, area Area, site string, o Options) error {
	d, r, err := siteOf(ctx, src, area, site, o)
	if err != nil {
		return err
	}
	more, err := d.sourceFiles(ctx, src, r)
	if err != nil {
		return err
	}
	return d.WriteNetwork(r, more...)
}

// WriteNetwork writes the engineer's files of one of the dossier's sites, and
// more files beside them.
func (d *Dossier) WriteNetwork(r *SiteResult, more ...file) error {
	doc, err := d.networkDocument(r)
	if err != nil {
		return err
	}
	study, err := d.studyDocument(r)
	if err != nil {
		return fmt.Errorf("the study of site %s: %w", r.ID, err)
	}
	name := r.ID + "-etude"
	return writeFiles(d.Options.Out, append([]file{
		{name + ".docx", rendered(document.WriteDOCX, study)},
		{name + ".pdf", rendered(document.WritePDF, study)},
		{name + ".html", rendered(document.WriteHTML, study)},
		{HourlyName(r.ID), func(w io.Writer) error { return r.WriteHourly(w, d.Options.Lang) }},
		{r.ID + ".xlsx", rendered(document.WriteXLSX, doc)},
	}, more...))
}

// WriteSite writes the report of one site, <site>.html, <site>.docx and
// <site>.pdf, into o.Out.
func WriteSite(ctx context.Context, src Source, site string, o Options) error {
	doc, err := SiteDocument(ctx, src, site, o)
	if err != nil {
		return err
	}
	return writeFiles(o.Out, []file{
		{site + ".html", rendered(document.WriteHTML, doc)},
		{site + ".docx", rendered(document.WriteDOCX, doc)},
		{site + ".pdf", rendered(document.WritePDF, doc)},
	})
}

// file is a file to write.
type file struct {
	name  string
	write func(io.Writer) error
}

// rendered is a document in one format.
func rendered(format func(io.Writer, *document.Document) error, doc *document.Document) func(io.Writer) error {
	return func(w io.Writer) error { return format(w, doc) }
}

// writeFiles renders every file before the first is written, and replaces
// each in one step, so that a folder never holds half a report.
func writeFiles(dir string, files []file) error {
	contents := make([]bytes.Buffer, len(files))
	for i, f := range files {
		if err := f.write(&contents[i]); err != nil {
			return fmt.Errorf("writing %s: %w", f.name, err)
		}
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return fmt.Errorf("the folder for the report: %w", err)
	}
	for i, f := range files {
		if err := replace(filepath.Join(dir, f.name), contents[i].Bytes()); err != nil {
			return fmt.Errorf("writing the report: %w", err)
		}
	}
	return nil
}

// replace writes a file beside the old one and renames it.
func replace(path string, data []byte) error {
	part := path + ".part"
	if err := os.WriteFile(part, data, 0o644); err != nil {
		return err
	}
	return os.Rename(part, path)
}
