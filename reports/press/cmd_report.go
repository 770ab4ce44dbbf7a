package press

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"time"

	"thermie/reports"
	"thermie/reports/inputs"
)

// Command returns `thermie report`. The opener knows the collector's store;
// an export file needs no help.
func Command(open reports.Opener, version string) func(ctx context.Context, args []string, out, errOut io.Writer) error {
	return func(ctx context.Context, args []string, out, errOut io.Writer) error {
		if len(args) == 0 {
			return errors.New("which report?\nhint: thermie report pcaet, network or site; thermie report KIND -h lists the flags")
		}
		c := &reportCommand{Inputs: reports.Inputs{Open: open, ErrOut: errOut}, kind: args[0], out: out, errOut: errOut}
		c.options.Software = version
		if _, known := reportKinds[c.kind]; !known {
			return fmt.Errorf("there is no report %q\nhint: pcaet, network or site", c.kind)
		}
		if err := c.parse(args[1:]); err != nil {
			return err
		}
		return c.run(ctx)
	}
}

// reportKinds is what each kind of report does with an open source.
var reportKinds = map[string]func(*reportCommand, context.Context, reports.Source) error{
	"pcaet":   (*reportCommand).pcaet,
	"network": (*reportCommand).network,
	"site":    (*reportCommand).site,
}

// reportCommand is one call of `thermie report`.
type reportCommand struct {
	reports.Inputs
	kind        string
	out, errOut io.Writer

	territory, id, date string
	only                string // id of a network
	options             reports.Options
}

func (c *reportCommand) parse(args []string) error {
	f := flag.NewFlagSet("thermie report "+c.kind, flag.ContinueOnError)
	f.SetOutput(c.errOut)
	c.Flags(f)
	f.StringVar(&c.territory, "territory", "", "`SIREN` of the territory")
	f.StringVar(&c.id, "site", "", "`id` of the site (network, site)")
	f.StringVar(&c.only, "network", "", "`id` of the network to study: with it alone, and without -territory with this site alone (network)")
	f.StringVar(&c.inputs, "inputs", "", "`workbook`, as this report writes it, with the values that an engineer changed (network)")
	f.IntVar(&c.options.Year, "year", 0, "reference `year`")
	f.StringVar(&c.options.Out, "out", "", "`folder` for the files")
	f.StringVar(&c.options.Lang, "lang", "fr", "`language`, fr or en")
	f.StringVar(&c.options.Disclosure, "disclosure", "authority", "`profile` of the readers, public or authority (pcaet)")
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
	need(c.kind != "pcaet" || c.territory != "", "territory", "the SIREN of the territory")
	need(c.kind != "pcaet" || c.Config != "", "config", "the configuration that describes the territory and its networks")
	need(c.kind == "pcaet" || c.id != "", "site", "the id of the site")
	need(c.only == "" || c.Config != "", "config", "the configuration that describes the network")
	need(c.From != "" || c.Data != "" || c.Config != "", "from", "an export file, or the collector's -data or -config")
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

func (c *reportCommand) pcaet(ctx context.Context, src reports.Source) error {
	area, err := c.Area(src, c.territory)
	if err != nil {
		return err
	}
	summary, err := WritePCAET(ctx, src, area, c.options)
	if err != nil {
		return err
	}
	digest, err := summary.JSON()
	if err != nil {
		return err
	}
	fmt.Fprintf(c.errOut, "pcaet.html, pcaet.docx, pcaet.pdf, pcaet.xlsx, depot.csv and sites.geojson are in %s\n", c.options.Out)
	_, err = c.out.Write(digest)
	return err
}

// studied is the area of a study, with what an engineer changed in its
// workbook.
func (c *reportCommand) studied(src reports.Source) (reports.Area, error) {
	area, err := c.area(src)
	if err != nil || c.inputs == "" {
		return c.narrowed(area, err)
	}
	book, err := inputs.Open(c.inputs)
	if err != nil {
		return area, err
	}
	site, network, _ := book.Connection()
	if site != c.id || c.only != "" && c.only != network {
		return area, fmt.Errorf("%s is about the site %q and the network %q", book.Name, site, network)
	}
	if c.only == "" && c.territory == "" {
		c.only = network
	}
	if area, err = c.narrowed(area, nil); err != nil {
		return area, err
	}
	return book.Apply(area, c.options.Year)
}

// narrowed is the area of one network, where one is asked for.
func (c *reportCommand) narrowed(area reports.Area, err error) (reports.Area, error) {
	if err != nil || c.only == "" {
		return area, err
	}
	return area.Only(c.collector.Networks, c.only, c.id)
}

func (c *reportCommand) network(ctx context.Context, src reports.Source) error {
	area, err := c.Area(src, c.territory)
	if err == nil && c.only != "" {
		area, err = area.Only(c.Collector.Networks, c.only, c.id)
	}
	if err != nil {
		return err
	}
	if err := WriteNetwork(ctx, src, area, c.id, c.options); err != nil {
		return err
	}
	_, err = fmt.Fprintf(c.errOut, "%[1]s-etude.docx, .pdf and .html, %[2]s, %[1]s.xlsx and the files that %[1]s-files.txt lists are in %[3]s\n", c.id, reports.HourlyName(c.id), c.options.Out)
	return err
}

func (c *reportCommand) site(ctx context.Context, src reports.Source) error {
	if err := WriteSite(ctx, src, c.id, c.options); err != nil {
		return err
	}
	_, err := fmt.Fprintf(c.errOut, "%[1]s.html, %[1]s.docx and %[1]s.pdf are in %[2]s\n", c.id, c.options.Out)
	return err
}
