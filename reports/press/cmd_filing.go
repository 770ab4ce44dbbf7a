package press

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"path/filepath"
	"time"

	"thermie/disclosure"
	"thermie/reports"
	"thermie/reports/document"
	"thermie/reports/filing"
	"thermie/reports/pcaet"
)

// FilingCommand returns `thermie filing`.
func FilingCommand(open reports.Opener, version string) func(ctx context.Context, args []string, out, errOut io.Writer) error {
	return func(ctx context.Context, args []string, out, errOut io.Writer) error {
		if len(args) == 0 || filingVerbs[args[0]] == nil {
			return errors.New("do what with filings?\nhint: thermie filing add, list, verify or rebuild; thermie filing VERB -h lists the flags")
		}
		c := &filingCommand{Inputs: reports.Inputs{Open: open, ErrOut: errOut}, out: out}
		c.options.Software = version
		if err := c.parse(args[0], args[1:], errOut); err != nil {
			return err
		}
		return filingVerbs[args[0]](c, ctx)
	}
}

var filingVerbs = map[string]func(*filingCommand, context.Context) error{
	"add":     (*filingCommand).add,
	"list":    (*filingCommand).list,
	"verify":  (*filingCommand).verify,
	"rebuild": (*filingCommand).rebuild,
}

// filingCommand is one call of it.
type filingCommand struct {
	reports.Inputs
	out                           io.Writer
	filings, territory, again, id string
	options                       reports.Options
}

func (c *filingCommand) parse(verb string, args []string, errOut io.Writer) error {
	f := flag.NewFlagSet("thermie filing "+verb, flag.ContinueOnError)
	f.SetOutput(errOut)
	c.Flags(f)
	f.StringVar(&c.filings, "filings", "", "`folder` of the filings (default: filings in the collector's data folder)")
	f.StringVar(&c.territory, "territory", "", "`SIREN` of the territory (add)")
	f.IntVar(&c.options.Year, "year", 0, "reference `year` (add)")
	f.StringVar(&c.options.Lang, "lang", "fr", "`language`, fr or en (add)")
	f.StringVar(&c.options.Disclosure, "disclosure", "authority", "`profile` of the readers (add)")
	f.StringVar(&c.options.Reader, "reader", "", "`who` reads: printed on every page of a restricted edition; the SIREN of an operator in its own (add)")
	f.BoolVar(&c.options.OtherThermal, "cae-3-ap", false, "recovered heat in the row « Autre » of the new deposit form, with its effect on cae_24.b (add)")
	f.StringVar(&c.again, "again", "", "`why` a year that is filed already is filed again; the earlier filing stays (add)")
	f.StringVar(&c.options.Out, "out", "", "`folder` for the files of the report built anew (rebuild)")
	date := f.String("date", "", "`date` of the report, 2006-01-02 (default: today) (add)")
	if len(args) > 0 && args[0] != "" && args[0][0] != '-' {
		c.id, args = args[0], args[1:]
	}
	if err := f.Parse(args); err != nil {
		return err
	}
	if f.NArg() > 0 {
		return fmt.Errorf("%q was not expected\nhint: one filing's id at a time, before the flags", f.Arg(0))
	}
	if err := c.Load(); err != nil && (c.filings == "" || !errors.Is(err, reports.ErrNoInput)) {
		return err
	}
	c.options.Date = time.Now().UTC().Truncate(24 * time.Hour)
	if *date != "" {
		day, err := time.Parse(time.DateOnly, *date)
		if err != nil {
			return fmt.Errorf("-date %q: want year-month-day, such as 2026-05-15", *date)
		}
		c.options.Date = day
	}
	if c.filings == "" {
		if c.Data == "" {
			return errors.New("-filings is missing: the folder of the filings, or the collector's -data or -config")
		}
		c.filings = filing.In(c.Data)
	}
	return nil
}

// add files a territory's year.
func (c *filingCommand) add(ctx context.Context) (err error) {
	if c.territory == "" || c.options.Year == 0 {
		return errors.New("which year of which territory?\nhint: thermie filing add -config FILE -territory SIREN -year YEAR")
	}
	if c.options.Disclosure == disclosure.Operator.ID && c.options.Reader == "" {
		return errors.New("-reader is missing: the SIREN of the operator whose own edition it is")
	}
	src, done, err := c.Source()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, done()) }()
	area, err := c.Area(src, c.territory)
	if err != nil {
		return err
	}
	m, err := filing.Lock(ctx, c.filings, filing.Request{Source: src, Area: area, Options: c.options, Print: asFiled, Reason: c.again})
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(c.out, "%s  inputs %s\n", m.ID, m.Inputs)
	fmt.Fprintf(c.ErrOut, "%d files are locked in %s\n", len(m.Files), filepath.Join(c.filings, m.ID+".zip"))
	return err
}

// asFiled is a territory's report as it is filed.
func asFiled(d *reports.Dossier) (*document.Document, []reports.Output, error) {
	p, err := pcaet.Write(d)
	if err != nil {
		return nil, nil, err
	}
	files, err := territoryFiles(p)
	return p.Document(), files, err
}

// list prints one line a filing.
func (c *filingCommand) list(context.Context) error {
	all, err := filing.List(c.filings)
	for _, m := range all {
		fmt.Fprintf(c.out, "%s  %s  %s  %s  %s  %s\n", m.ID, m.Date.Format(time.DateOnly), m.Disclosure, m.Software, m.Inputs[:12], m.Territory)
	}
	return err
}

// each opens the filing that was named, or all of them.
func (c *filingCommand) each(do func(*filing.Filing) error) error {
	ids, faults := []string{c.id}, []error(nil)
	if c.id == "" {
		all, err := filing.List(c.filings)
		ids, faults = nil, append(faults, err) // a damaged one holds up none of the others
		for _, m := range all {
			ids = append(ids, m.ID)
		}
	}
	for _, id := range ids {
		f, err := filing.Named(c.filings, id)
		if err != nil {
			faults = append(faults, err)
			continue
		}
		if err := errors.Join(do(f), f.Close()); err != nil {
			faults = append(faults, fmt.Errorf("%s: %w", id, err))
		}
	}
	return errors.Join(faults...)
}

// verify compares every file with what was filed.
func (c *filingCommand) verify(context.Context) error {
	return c.each(func(f *filing.Filing) error {
		if err := f.Verify(); err != nil {
			return err
		}
		_, err := fmt.Fprintf(c.out, "%s  whole: %d files as they were filed\n", f.ID, len(f.Files))
		return err
	})
}

// rebuild builds reports anew from what was filed.
func (c *filingCommand) rebuild(ctx context.Context) error {
	return c.each(func(f *filing.Filing) error {
		r, files, err := f.Rebuild(ctx, asFiled, c.options.Software)
		if err != nil {
			return err
		}
		fmt.Fprintf(c.out, "%s  %d of %d figures come to the filed string; inputs the same: %t; filed by %s, built by %s\n",
			f.ID, r.Figures-len(r.Differ), r.Figures, r.InputsSame, f.Software, r.Software)
		for _, d := range r.Differ {
			fmt.Fprintf(c.out, "  %s  %q was filed, %q now: %s, %s, %s\n", d.Code, d.Filed, d.Now, d.Table, d.Row, d.Column)
		}
		for _, t := range r.Tables {
			fmt.Fprintf(c.out, "  the dated table %s is not as it was\n", t)
		}
		for _, name := range r.Files {
			fmt.Fprintf(c.out, "  %s has other bytes\n", name)
		}
		for _, name := range r.Gone {
			fmt.Fprintf(c.out, "  %s was filed and is no longer written\n", name)
		}
		if c.options.Out == "" {
			return nil
		}
		return writeFiles(reports.Options{Out: filepath.Join(c.options.Out, f.ID)}, files)
	})
}
