package press

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"thermie/reports"
	"thermie/reports/pcaet"
)

// pcaet writes the territory's report, and what is pasted into the
// authority's template.
func (c *reportCommand) pcaet(ctx context.Context, src reports.Source) error {
	area, err := c.Area(src, c.territory)
	if err != nil {
		return err
	}
	d, err := reports.Build(ctx, src, area, c.options)
	if err != nil {
		return err
	}
	tellFaults(c.errOut, d)
	if err := c.since(ctx, src, area, d); err != nil {
		return err
	}
	var more []func(*pcaet.Report) (reports.Output, error)
	if c.template != "" {
		more = append(more, insert(c.template))
	}
	summary, err := WriteDossier(d, more...)
	if err != nil {
		return err
	}
	fmt.Fprintf(c.errOut, "pcaet.docx, .odt, .pdf, .html and .xlsx, depot.csv, %s, %s, %s and the map layers (pcaet.gpkg, GeoJSON with QGIS styles) are in %s\n", planFile, actionsFile, valuesFile, c.options.Out)
	if !c.json {
		_, err = fmt.Fprintln(c.out, summary.Headline(c.options.Lang))
		return err
	}
	digest, err := summary.JSON()
	if err != nil {
		return err
	}
	_, err = c.out.Write(digest)
	return err
}

// letters writes the authority's letters.
func (c *reportCommand) letters(ctx context.Context, src reports.Source) error {
	area, err := c.Area(src, c.territory)
	if err != nil {
		return err
	}
	names, err := WriteLetters(ctx, src, area, c.options, c.template)
	if err != nil {
		return err
	}
	if len(names) == 0 {
		return errors.New("there is nobody to write to: the territory has neither sites nor networks\nhint: thermie registry import takes a list of sites")
	}
	_, err = fmt.Fprintln(c.out, strings.Join(names, "\n"))
	return err
}
