package explain

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"time"

	"thermie/reports"
	"thermie/reports/filing"
)

// Command returns `thermie explain CODE`. The opener knows the collector's
// store; an export file needs no help.
func Command(open reports.Opener, version string) func(ctx context.Context, args []string, out, errOut io.Writer) error {
	return func(ctx context.Context, args []string, out, errOut io.Writer) (err error) {
		c := &explainCommand{Inputs: reports.Inputs{Open: open, ErrOut: errOut}}
		c.options.Software = version
		if err := c.parse(args, errOut); err != nil {
			return err
		}
		src, done, err := c.Source()
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, done()) }()
		t, err := c.explain(ctx, src)
		if err != nil {
			return err
		}
		if c.json {
			e := json.NewEncoder(out)
			e.SetIndent("", "  ")
			e.SetEscapeHTML(false)
			return e.Encode(t)
		}
		return Print(out, t, c.options.Lang)
	}
}

// explainCommand is one call.
type explainCommand struct {
	reports.Inputs
	code, territory string
	json            bool
	options         reports.Options
}

func (c *explainCommand) parse(args []string, errOut io.Writer) error {
	f := flag.NewFlagSet("thermie explain CODE", flag.ContinueOnError)
	f.SetOutput(errOut)
	c.Flags(f)
	f.StringVar(&c.territory, "territory", "", "`SIREN` of the territory (default: all are searched)")
	f.IntVar(&c.options.Year, "year", 0, "reference `year` (default: all that hold data are searched)")
	f.StringVar(&c.options.Lang, "lang", "fr", "`language`, fr or en")
	f.StringVar(&c.options.Disclosure, "disclosure", "authority", "`profile` of the readers, public or authority: a secret figure is not explained")
	f.BoolVar(&c.json, "json", false, "write JSON")
	if len(args) > 0 && len(args[0]) > 0 && args[0][0] != '-' {
		c.code, args = args[0], args[1:]
	}
	if err := f.Parse(args); err != nil {
		return err
	}
	switch {
	case c.code == "" && f.NArg() == 1:
		c.code = f.Arg(0)
	case c.code == "":
		return errors.New("which figure?\nhint: thermie explain CODE -config FILE, with the eight letters that are printed beside a figure")
	case f.NArg() > 0:
		return fmt.Errorf("%q was not expected\nhint: one code at a time; flags come with a dash", f.Arg(0))
	}
	return c.Load()
}

func (c *explainCommand) explain(ctx context.Context, src reports.Source) (*Trail, error) {
	l := Library{Source: src, AreaOf: func(siren string) (reports.Area, error) { return c.Area(src, siren) }, SIRENs: c.SIRENs(src), Filings: filing.In(c.Data), Options: c.options}
	if c.territory != "" {
		l.SIRENs = []string{c.territory}
	}
	if c.options.Year != 0 {
		l.Years = []int{c.options.Year}
	} else {
		years, err := reports.Years(ctx, src)
		if err != nil {
			return nil, err
		}
		if l.Years = years; len(years) == 0 {
			return nil, errors.New("no interval is stored, so that no year can be searched\nhint: -year YEAR searches a dossier of declared sites")
		}
	}
	l.Options.Date = time.Now()
	l.Options.AllowFictitious = true // what is explained is no report; it says that it is a demonstration
	lib, err := NewLibrary(l)
	if err != nil {
		return nil, err
	}
	return lib.Explain(ctx, c.code)
}
