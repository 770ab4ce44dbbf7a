package press

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"

	"thermie/reports"
	"thermie/reports/compare"
	"thermie/reports/document"
	"thermie/reports/filing"
)

// since compares a dossier with another year, where one is asked for, and with
// what was filed of its own.
func (c *reportCommand) since(ctx context.Context, src reports.Source, area reports.Area, d *reports.Dossier) error {
	world := compare.World{Source: src, Area: area, Options: d.Options}
	if c.compared != 0 {
		filed, err := c.filedSums(c.compared)
		if err != nil {
			return err
		}
		if d.Compared, err = compare.Between(ctx, world, c.compared, filed); err != nil {
			return err
		}
		if err := tell(c.errOut, d.Compared, d.Options.Lang); err != nil {
			return err
		}
	}
	f, err := filing.Latest(c.filings(), c.territory, d.Options.Year)
	if err != nil || f == nil {
		return err
	}
	sums, err := f.Since(ctx, world)
	if err := errors.Join(err, f.Close()); err != nil {
		return err
	}
	d.Since = &reports.SinceFiled{ID: f.ID, Date: f.Date, Software: f.Software, Sums: sums}
	if !sums.Changed() {
		fmt.Fprintf(c.errOut, "the sums are those of the filing %s\n", f.ID)
		return nil
	}
	fmt.Fprintf(c.errOut, "this year is filed as %s, which stands; the sums have changed since:\n", f.ID)
	return tell(c.errOut, sums, d.Options.Lang)
}

// filings is the folder of what was filed.
func (c *reportCommand) filings() string { return filepath.Join(c.Data, FilingsFolder) }

// filedSums are the sums of a year as they were filed, nil where they were not.
func (c *reportCommand) filedSums(year int) (sums []document.Figure, err error) {
	f, err := filing.Latest(c.filings(), c.territory, year)
	if err != nil || f == nil {
		return nil, err
	}
	return f.Sums(), f.Close()
}

// tell prints a comparison, a line a cause.
func tell(out io.Writer, c *reports.Comparison, lang string) error {
	w, err := reports.WordsOf(lang)
	if err != nil {
		return err
	}
	line := func(name string, figures []document.Figure) {
		fmt.Fprintf(out, "  %s\n", name)
		for i, f := range figures {
			if f.Mark != document.Known || f.Value != 0 {
				f.U, f.Unbudgeted = 0, false // the document states it
				fmt.Fprintf(out, "    %s: %s\n", w.T("change.column_"+reports.Compared[i]), f.Full(lang))
			}
		}
	}
	before, after := w.T("change.sums_of", "year", fmt.Sprint(c.From)), w.T("change.sums_of", "year", fmt.Sprint(c.To))
	if c.From == c.To {
		before, after = w.T("change.filed"), w.T("change.now")
	}
	line(before, c.Before)
	for _, cause := range c.Causes {
		line(w.T("change.cause_"+cause.Key), cause.MWh)
	}
	line(after, c.After)
	return nil
}
