package demo

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"thermie/configs"
	"thermie/reports"
	"thermie/reports/press"
)

// writeReports prints what the store now knows: the territory's dossier, and
// the engineer's and the site's files of each site.
func (d *Demo) writeReports(ctx context.Context, town *configs.Collector, o Options, say *Progress) error {
	area, err := reports.NewArea(town, siren)
	if err != nil {
		return err
	}
	say.Begin("reports", "dossier of %s", area.Territory.Name)
	dossier, err := reports.Build(ctx, d.registry, area, o.report("pcaet"))
	if err != nil {
		return err
	}
	if d.Summary, err = press.WriteDossier(dossier); err != nil {
		return err
	}
	if err := writeSummary(o.Out, d.Summary); err != nil {
		return err
	}
	say.Done("reports", "%s", filepath.Join(o.Out, "pcaet", "pcaet.docx"))
	for _, site := range dossier.Sites {
		if err := press.WriteNetwork(ctx, d.registry, area, site.ID, o.report("network")); err != nil {
			return err
		}
		if err := press.WriteSite(ctx, d.registry, site.ID, o.report("site")); err != nil {
			return err
		}
	}
	say.Done("reports", "%s and %s", filepath.Join(o.Out, "network"), filepath.Join(o.Out, "site"))
	return nil
}

// report are the options of one kind of report, in a folder of its own.
func (o Options) report(kind string) reports.Options {
	return reports.Options{
		Year: year, Lang: o.Lang, Date: o.Date, Software: o.Software, Out: filepath.Join(o.Out, kind),
	}
}

// writeSummary writes what a program reads.
func writeSummary(out string, s *reports.Summary) error {
	text, err := s.JSON()
	if err != nil {
		return fmt.Errorf("summary: %w", err)
	}
	return os.WriteFile(filepath.Join(out, "summary.json"), text, 0o644)
}
