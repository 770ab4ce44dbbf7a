package demo

import (
	"context"
	"flag"
	"fmt"
	"io"
	"time"
)

// Command is `thermie demo` of the given version.
func Command(version string) func(ctx context.Context, args []string, out, errOut io.Writer) error {
	return func(ctx context.Context, args []string, out, errOut io.Writer) error {
		o := Options{Software: version}
		flags := flag.NewFlagSet("thermie demo", flag.ContinueOnError)
		flags.SetOutput(errOut)
		flags.StringVar(&o.Out, "out", "demo-out", "`folder` for the reports")
		flags.StringVar(&o.Listen, "listen", "127.0.0.1:0", "`address` of the pages; port 0 takes a free one")
		flags.StringVar(&o.Lang, "lang", "fr", "`language` of the reports, fr or en")
		once := flags.Bool("once", false, "end after the reports instead of serving the pages")
		date := flags.String("date", time.Now().Format(time.DateOnly), "`date` printed on the reports")
		if err := flags.Parse(args); err != nil {
			return err
		}
		if flags.NArg() > 0 {
			return fmt.Errorf("%q was not expected (hint: thermie demo -h lists the flags)", flags.Arg(0))
		}
		var err error
		if o.Date, err = time.Parse(time.DateOnly, *date); err != nil {
			return fmt.Errorf("-date %q: want year-month-day, such as 2026-05-15", *date)
		}
		return show(ctx, o, *once, out, errOut)
	}
}

func show(ctx context.Context, o Options, once bool, out, errOut io.Writer) error {
	d, err := Run(ctx, o, NewProgress(errOut))
	if err != nil {
		return err
	}
	defer d.Close()
	printSummary(out, d.Summary, o)
	if once {
		return nil
	}
	fmt.Fprintf(out, "\nPages: http://%s/territory/%s   (Ctrl-C ends)\n", d.Address, siren)
	<-ctx.Done()
	return nil
}
