package press

import (
	"context"
	"fmt"
	"io"

	"thermie/disclosure"
	"thermie/reports"
	"thermie/reports/compare"
	"thermie/reports/document"
	"thermie/reports/filing"
)

// since compares a dossier with another year, where one is asked for, and with
// what was filed of its own.
func (c *reportCommand) since(ctx context.Context, src reports.Source, area reports.Area, d *reports.Dossier) (err error) {
	world := compare.World{Source: src, Area: area, Options: d.Options}
	if c.compared != 0 {
		if d.Compared, err = filing.Compared(ctx, filing.In(c.Data), world, c.compared); err != nil {
			return err
		}
		if err := c.tell(d.Compared); err != nil {
			return err
		}
	}
	if d.Since, err = filing.SinceLatest(ctx, filing.In(c.Data), world); err != nil || d.Since == nil {
		return err
	}
	if !d.Since.Sums.Changed() {
		fmt.Fprintf(c.errOut, "the sums are those of the filing %s\n", d.Since.ID)
		return nil
	}
	fmt.Fprintf(c.errOut, "this year is filed as %s, which stands; the sums have changed since:\n", d.Since.ID)
	return c.tell(d.Since.Sums)
}

// tell prints a comparison, a line a cause. Of an edition for readers who do
// not see every value the document alone tells it.
func (c *reportCommand) tell(change *reports.Comparison) error {
	if profile, _ := disclosure.ProfileByID(c.options.Disclosure); !profile.Exact {
		_, err := fmt.Fprintln(c.errOut, "  annex E of the edition says what its readers may know of it")
		return err
	}
	w, err := reports.WordsOf(c.options.Lang)
	if err != nil {
		return err
	}
	before, after := w.T("change.sums_of", "year", fmt.Sprint(change.From)), w.T("change.sums_of", "year", fmt.Sprint(change.To))
	if change.From == change.To {
		before, after = w.T("change.filed"), w.T("change.now")
	}
	tellSums(c.errOut, w, before, change.Before)
	for _, cause := range change.Causes {
		tellSums(c.errOut, w, w.T("change.cause_"+cause.Key), cause.MWh)
	}
	tellSums(c.errOut, w, after, change.After)
	return nil
}

// tellSums prints those that are not zero.
func tellSums(out io.Writer, w *reports.Words, name string, figures []document.Figure) {
	fmt.Fprintf(out, "  %s\n", name)
	for i, f := range figures {
		if f.Mark != document.Known || f.Value != 0 {
			f.U, f.Unbudgeted = 0, false // the document states it
			fmt.Fprintf(out, "    %s: %s\n", w.T("change.column_"+reports.Compared[i]), f.Full(w.Lang))
		}
	}
}
