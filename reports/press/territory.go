package press

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"slices"

	"thermie/disclosure"
	"thermie/reports"
	"thermie/reports/deposit"
	"thermie/reports/document"
	"thermie/reports/letters"
	"thermie/reports/pcaet"
)

// Files in the shape of others' programs (package deposit).
const (
	planFile    = "plan-import.xlsx"
	actionsFile = "Fiches_Action.csv"
	valuesFile  = "indicateurs.json"
	insertFile  = "encart"
)

// WriteDossier writes the files of a territory's report into its folder, and
// more files made of the same report beside them: pcaet.html, .docx, .odt,
// .pdf and .xlsx, depot.csv, the plan import, the action sheets, the indicator
// values, the map layers (pcaet.gpkg; GeoJSON files, each with its QGIS style)
// and, in the public's edition, the open data. It returns the digest of what
// they say. Nothing is written before everything is computed.
func WriteDossier(d *reports.Dossier, more ...func(*pcaet.Report) (reports.Output, error)) (*reports.Summary, error) {
	p, err := pcaet.Write(d)
	if err != nil {
		return nil, err
	}
	files, err := territoryFiles(p)
	if err != nil {
		return nil, err
	}
	for _, make := range more {
		f, err := make(p)
		if err != nil {
			return nil, err
		}
		files = append(files, f)
	}
	return p.Dossier().Summary(), writeFiles(d.Options, files)
}

// territoryFiles are the files of a territory's report.
func territoryFiles(p *pcaet.Report) ([]reports.Output, error) {
	doc := p.Document()
	of := func(write func(io.Writer, *pcaet.Report) error) func(io.Writer) error {
		return func(w io.Writer) error { return write(w, p) }
	}
	open, err := deposit.OpenData(p)
	return append([]reports.Output{
		{Name: "pcaet.html", Write: rendered(document.WriteHTML, doc)},
		{Name: "pcaet.docx", Write: rendered(document.WriteDOCX, doc)},
		{Name: "pcaet.odt", Write: rendered(document.WriteODT, doc)},
		{Name: "pcaet.pdf", Write: rendered(document.WritePDF, doc)},
		{Name: "pcaet.xlsx", Write: rendered(document.WriteXLSX, doc)},
		{Name: "depot.csv", Write: p.WriteDeposit},
		{Name: planFile, Write: of(deposit.WritePlan)},
		{Name: actionsFile, Write: of(deposit.WriteActions)},
		{Name: valuesFile, Write: of(deposit.WriteValues)},
		{Name: "sites.geojson", Write: p.WriteLayer},
	}, slices.Concat(p.MapFiles(), open)...), err
}

// insert returns what makes the pages to paste, in the look of the
// authority's template.
func insert(template string) func(*pcaet.Report) (reports.Output, error) {
	return func(p *pcaet.Report) (reports.Output, error) {
		look, err := os.ReadFile(template)
		if err != nil {
			return reports.Output{}, fmt.Errorf("reading the template: %w", err)
		}
		return inTemplate(insertFile, p.Insert(), look, template)
	}
}

// inTemplate is a document in the look of a template.
func inTemplate(name string, doc *document.Document, look []byte, template string) (reports.Output, error) {
	var filled bytes.Buffer
	extension, err := document.FillTemplate(&filled, doc, look)
	if err != nil {
		return reports.Output{}, fmt.Errorf("%s: %w", template, err)
	}
	return reports.Output{Name: name + "." + extension, Write: func(w io.Writer) error {
		_, err := w.Write(filled.Bytes())
		return err
	}}, nil
}

// WriteLetters writes the authority's letters, each as DOCX and ODT, or in
// the look of its template, and returns their names.
func WriteLetters(ctx context.Context, src reports.Source, area reports.Area, o reports.Options, template string) ([]string, error) {
	o.Disclosure = disclosure.Authority.ID
	d, err := reports.Build(ctx, src, area, o)
	if err != nil {
		return nil, err
	}
	all, err := letters.Write(d)
	if err != nil {
		return nil, err
	}
	var look []byte
	if template != "" {
		if look, err = os.ReadFile(template); err != nil {
			return nil, fmt.Errorf("reading the template: %w", err)
		}
	}
	var files []reports.Output
	for _, l := range all {
		if template == "" {
			files = append(files, reports.Output{Name: l.Name + ".docx", Write: rendered(document.WriteDOCX, l.Document)}, reports.Output{Name: l.Name + ".odt", Write: rendered(document.WriteODT, l.Document)})
			continue
		}
		f, err := inTemplate(l.Name, l.Document, look, template)
		if err != nil {
			return nil, err
		}
		files = append(files, f)
	}
	names := make([]string, len(files))
	for i, f := range files {
		names[i] = f.Name
	}
	return names, writeFiles(o, files)
}
