package press

import (
	"context"

	"thermie/reports"
	"thermie/reports/document"
	"thermie/reports/pcaet"
)

// writeTerritory computes a territory's report and writes its files.
func writeTerritory(ctx context.Context, src reports.Source, area reports.Area, o reports.Options) (*reports.Summary, error) {
	d, err := reports.Build(ctx, src, area, o)
	if err != nil {
		return nil, err
	}
	return WriteDossier(d)
}

// territoryDocument is the report as a document.
func territoryDocument(ctx context.Context, src reports.Source, area reports.Area, o reports.Options) (*document.Document, error) {
	d, err := reports.Build(ctx, src, area, o)
	if err != nil {
		return nil, err
	}
	p, err := pcaet.Write(d)
	if err != nil {
		return nil, err
	}
	return p.Document(), nil
}
