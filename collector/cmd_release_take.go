package collector

import (
	"context"
	"errors"
	"fmt"
	"text/tabwriter"
	"time"

	"thermie/collector/release"
	"thermie/collector/rights"
	"thermie/configs"
	"thermie/signing"
)

// trust registers the key of an operator's collector, for named sites.
func (c releaseCommand) trust(ctx context.Context, args []string) error {
	flags := newDeskFlags("release trust", c.errOut)
	key := flags.String("key", "", "the line that the operator's `thermie release key` prints")
	holder := flags.String("holder", "", "`NAME` of the operator")
	sites := flags.String("site", "", "`IDS` of the sites that it speaks for, with commas")
	if err := flags.Parse(args); err != nil {
		return err
	}
	public, err := signing.ParsePublic(*key)
	if err != nil {
		return err
	}
	ctx, desk, err := flags.open(ctx)
	if err != nil {
		return err
	}
	defer desk.Close()
	id := release.KeyID(public)
	if err := desk.Trust(ctx, rights.ReleaseKey{ID: id, Public: public, Holder: *holder, Sites: words(*sites)}); err != nil {
		return err
	}
	fmt.Fprintf(c.errOut, "key %s of %s is trusted; compare its id with the operator's\n", id, *holder)
	return nil
}

// distrust ends the trust in a key, by its id.
func (c releaseCommand) distrust(ctx context.Context, args []string) error {
	flags := newDeskFlags("release distrust", c.errOut)
	if err := flags.Parse(args); err != nil {
		return err
	}
	if flags.NArg() != 1 {
		return errors.New("say which key (hint: thermie release distrust -config FILE KEY)")
	}
	ctx, desk, err := flags.open(ctx)
	if err != nil {
		return err
	}
	defer desk.Close()
	return desk.Distrust(ctx, flags.Arg(0))
}

// take takes in a file that was carried by hand.
func (c releaseCommand) take(ctx context.Context, args []string) (err error) {
	flags := newDeskFlags("release take", c.errOut)
	if err := flags.Parse(args); err != nil {
		return err
	}
	file, err := oneFile("release take -config FILE", flags.Args())
	if err != nil {
		return err
	}
	if flags.config == "" {
		return errors.New("say which collector takes it (hint: -config FILE)")
	}
	cfg, err := configs.LoadCollector(flags.config)
	if err != nil {
		return err
	}
	known, done, err := openToRead(ctx, cfg)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, done()) }()
	ctx, desk, err := flags.open(ctx)
	if err != nil {
		return err
	}
	defer desk.Close()
	e, err := receiver(ctx, known, desk, time.Now).TakeIn(ctx, file)
	if err != nil {
		return err
	}
	return e.Describe(c.errOut, "taken in")
}

func (c releaseCommand) list(ctx context.Context, args []string) error {
	flags := newDeskFlags("release list", c.errOut)
	if err := flags.Parse(args); err != nil {
		return err
	}
	ctx, desk, err := flags.open(ctx)
	if err != nil {
		return err
	}
	defer desk.Close()
	w := tabwriter.NewWriter(c.out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "WAY\tSITE\tTO\tYEAR\tSERIAL\tKEY\tAT\tEXPIRES\tREVOKED")
	for _, way := range []rights.Direction{rights.Sent, rights.Received} {
		all, err := desk.Releases(ctx, way, false)
		if err != nil {
			return err
		}
		for _, r := range all {
			fmt.Fprintf(w, "%s\t%s\t%s\t%d\t%d\t%s\t%s\t%s\t%s\n", way, r.Site, r.To, r.Year, r.Serial, r.Key, dateOf(r.At), dateOf(r.Expires), dateOf(r.Revoked))
		}
	}
	return w.Flush()
}
