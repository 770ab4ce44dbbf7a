package press

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"strings"
	"time"

	"thermie/disclosure"
	"thermie/reports"
)

// Command returns `thermie report`. The opener knows the collector's store;
// an export file needs no help.
func Command(open reports.Opener, version string) func(ctx context.Context, args []string, out, errOut io.Writer) error {
	return func(ctx context.Context, args []string, out, errOut io.Writer) error {
		if len(args) == 0 || strings.HasPrefix(args[0], "-") {
			return errors.New("which report?\nhint: thermie report pcaet, letters, matching, network or site; thermie report KIND -h lists the flags")
		}
		c := &reportCommand{Inputs: reports.Inputs{Open: open, ErrOut: errOut}, kind: args[0], out: out, errOut: errOut}
		c.options.Software, c.options.Progress = version, progressTo(errOut, time.Now)
		if _, known := reportKinds[c.kind]; !known {
			return fmt.Errorf("there is no report %q\nhint: pcaet, letters, matching, network or site", c.kind)
		}
		if err := c.parse(args[1:]); err != nil {
			return err
		}
		keepWithin()
		return c.run(ctx)
	}
}

// reportKinds is what each kind of report does with an open source.
var reportKinds = map[string]func(*reportCommand, context.Context, reports.Source) error{
	"pcaet":    (*reportCommand).pcaet,
	"letters":  (*reportCommand).letters,
	"matching": (*reportCommand).matching,
	"network":  (*reportCommand).network,
	"site":     (*reportCommand).site,
}

// reportCommand is one call of `thermie report`.
type reportCommand struct {
	reports.Inputs
	kind        string
	out, errOut io.Writer

	territory, id, date string
	only                string // id of a network
	compared            int    // a year
	template            string // of the authority
	inputs              string // workbook that an engineer changed
	json                bool   // print the digest
	options             reports.Options
}

func (c *reportCommand) parse(args []string) error {
	f := flag.NewFlagSet("thermie report "+c.kind, flag.ContinueOnError)
	f.SetOutput(c.errOut)
	c.Flags(f)
	f.StringVar(&c.territory, "territory", "", "`SIREN` of the territory")
	f.StringVar(&c.id, "site", "", "`id` of the site (network, site)")
	f.StringVar(&c.only, "network", "", "`id` of the network to study: with it alone, and without -territory with this site alone (network)")
	f.StringVar(&c.template, "template", "", "the authority's .dotx or .ott `file`: three pages to paste in its look (pcaet), or the letters (letters)")
	f.BoolVar(&c.options.OtherThermal, "cae-3-ap", false, "recovered heat in the row « Autre » of the new deposit form, with its effect on cae_24.b (pcaet)")
	f.StringVar(&c.inputs, "inputs", "", "`workbook`, as this report writes it, with the values that an engineer changed (network)")
	f.BoolVar(&c.json, "json", false, "print what the report says as JSON (pcaet)")
	f.IntVar(&c.options.Year, "year", 0, "reference `year`")
	f.IntVar(&c.compared, "compare", 0, "`year` from which the change is explained, cause by cause (pcaet)")
	f.StringVar(&c.options.Out, "out", "", "`folder` for the files")
	f.StringVar(&c.options.Lang, "lang", "fr", "`language`, fr or en")
	f.StringVar(&c.options.Disclosure, "disclosure", "authority", "`profile` of the readers: authority, public, engineer or operator (pcaet)")
	f.StringVar(&c.options.Reader, "reader", "", "`who` reads: printed on every page of a restricted edition; the SIREN of an operator in its own (pcaet)")
	f.StringVar(&c.date, "date", "", "`date` of the report, 2006-01-02 (default: today)")
	if err := f.Parse(args); err != nil {
		return err
	}
	if f.NArg() > 0 {
		return fmt.Errorf("%q was not expected\nhint: flags come with a dash, -site ID for instance", f.Arg(0))
	}
	return c.check()
}

// check reads the configuration and refuses what is missing, all at once.
func (c *reportCommand) check() (err error) {
	var missing []error
	need := func(given bool, flag, why string) {
		if !given {
			missing = append(missing, fmt.Errorf("-%s is missing: %s", flag, why))
		}
	}
	need(c.options.Year != 0, "year", "the reference year of the report")
	need(c.options.Out != "", "out", "the folder for the files")
	territorial := c.kind == "pcaet" || c.kind == "letters" || c.kind == "matching"
	need(!territorial || c.territory != "", "territory", "the SIREN of the territory")
	need(!territorial || c.Config != "", "config", "the configuration that describes the territory and its networks")
	need(territorial || c.id != "", "site", "the id of the site")
	need(c.inputs == "" || c.Config != "", "config", "the configuration that describes the network")
	need(c.options.Disclosure != disclosure.Operator.ID || c.options.Reader != "", "reader", "the SIREN of the operator whose own edition it is")
	need(c.only == "" || c.Config != "", "config", "the configuration that describes the network")
	need(territorial || c.From != "" || c.Data != "" || c.Config != "", "from", "an export file, or the collector's -data or -config")
	switch profile, known := disclosure.ProfileByID(c.options.Disclosure); {
	case !known:
		missing = append(missing, fmt.Errorf("-disclosure %q is no profile\nhint: authority, public, engineer or operator", c.options.Disclosure))
	case !profile.Exact && c.kind != "pcaet":
		missing = append(missing, fmt.Errorf("-disclosure %s: report %s names sites, their operators and their heat\nhint: report pcaet writes what such readers may see", profile.ID, c.kind))
	}
	if _, err := reports.WordsOf(c.options.Lang); err != nil {
		missing = append(missing, err)
	}
	if err := errors.Join(missing...); err != nil {
		return err
	}
	c.options.Date = time.Now()
	if c.date != "" {
		if c.options.Date, err = time.Parse(time.DateOnly, c.date); err != nil {
			return fmt.Errorf("-date %q: want year-month-day, such as 2026-05-15", c.date)
		}
	}
	return c.Load()
}

func (c *reportCommand) run(ctx context.Context) error {
	src, done, err := c.Source()
	if err != nil {
		return err
	}
	return errors.Join(reportKinds[c.kind](c, ctx, src), done())
}

func (c *reportCommand) site(ctx context.Context, src reports.Source) error {
	if err := WriteSite(ctx, src, c.id, c.options); err != nil {
		return err
	}
	_, err := fmt.Fprintf(c.errOut, "%[1]s.html, %[1]s.docx and %[1]s.pdf are in %[2]s\n", c.id, c.options.Out)
	return err
}
