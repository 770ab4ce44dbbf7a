package press

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"thermie/reports"
	"thermie/reports/document"
	"thermie/reports/engineer"
	"thermie/reports/exchange"
)

// WriteNetwork writes the engineer's files of one site, the study
// <site>-etude.docx, .pdf and .html (-study in English), <site>-hourly.csv,
// <site>.xlsx and those that <site>-files.txt lists, into o.Out. The match in
// them is the area's joint one.
func WriteNetwork(ctx context.Context, src reports.Source, area reports.Area, site string, o reports.Options) error {
	d, r, err := engineer.SiteOf(ctx, src, area, site, o)
	if err != nil {
		return err
	}
	if len(d.Networks) == 1 && d.Networks[0].Fault != nil {
		return fmt.Errorf("the study of site %s: %w", site, d.Networks[0].Fault)
	}
	more, err := exchange.Files(ctx, d, src, r)
	if err != nil {
		return err
	}
	return WriteEngineer(d, r, more...)
}

// WriteEngineer writes the engineer's files of one of the dossier's sites, and
// more files beside them.
func WriteEngineer(d *reports.Dossier, r *reports.SiteResult, more ...reports.Output) error {
	study, workbook, err := engineer.Write(d, r)
	if err != nil {
		return fmt.Errorf("the study of site %s: %w", r.ID, err)
	}
	name := studyName(r.ID, d.Options.Lang)
	return writeFiles(d.Options, append([]reports.Output{
		{Name: name + ".docx", Write: rendered(document.WriteDOCX, study)},
		{Name: name + ".pdf", Write: rendered(document.WritePDF, study)},
		{Name: name + ".html", Write: rendered(document.WriteHTML, study)},
		{Name: reports.HourlyName(r.ID), Write: func(w io.Writer) error { return r.WriteHourly(w, d.Options.Lang) }},
		{Name: r.ID + ".xlsx", Write: rendered(document.WriteXLSX, workbook)},
	}, more...))
}

// studyName is the name of a site's study, without what tells the format.
func studyName(site, lang string) string {
	if lang == "en" {
		return site + "-study"
	}
	return site + "-etude"
}

// WriteSite writes the report of one site, <site>.html, <site>.docx and
// <site>.pdf, into o.Out.
func WriteSite(ctx context.Context, src reports.Source, site string, o reports.Options) error {
	doc, err := engineer.SiteDocument(ctx, src, site, o)
	if err != nil {
		return err
	}
	return writeFiles(o, []reports.Output{
		{Name: site + ".html", Write: rendered(document.WriteHTML, doc)},
		{Name: site + ".docx", Write: rendered(document.WriteDOCX, doc)},
		{Name: site + ".pdf", Write: rendered(document.WritePDF, doc)},
	})
}

// rendered is a document in one format.
func rendered(format func(io.Writer, *document.Document) error, doc *document.Document) func(io.Writer) error {
	return func(w io.Writer) error { return format(w, doc) }
}

// writeFiles renders every file before the first is written, so that a report
// that cannot be finished leaves the folder as it was, and replaces each in one
// step, so that none is ever half a file.
func writeFiles(o reports.Options, files []reports.Output) error {
	contents := make([]bytes.Buffer, len(files))
	for i, f := range files {
		if o.Progress != nil {
			o.Progress("files", i, len(files))
		}
		if err := f.Write(&contents[i]); err != nil {
			return fmt.Errorf("writing %s: %w", f.Name, err)
		}
	}
	for i, f := range files {
		if err := os.MkdirAll(filepath.Dir(filepath.Join(o.Out, f.Name)), 0o755); err != nil {
			return fmt.Errorf("the folder for the report: %w", err)
		}
		if err := replace(filepath.Join(o.Out, f.Name), contents[i].Bytes()); err != nil {
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
