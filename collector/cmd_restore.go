package collector

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"

	"thermie/collector/archive"
	"thermie/configs"
)

// CmdRestore is `thermie restore`: a data folder out of a backup.
func CmdRestore(ctx context.Context, args []string, _, errOut io.Writer) error {
	flags := flag.NewFlagSet("thermie restore", flag.ContinueOnError)
	flags.SetOutput(errOut)
	in := flags.String("in", "", "`FILE` that thermie backup wrote")
	config := flags.String("config", "", "the collector's configuration `FILE`, whose data folder is made")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if *config == "" || *in == "" || flags.NArg() > 0 {
		return errors.New("say of what and for whom (hint: thermie restore -in FILE -config FILE)")
	}
	cfg, err := configs.LoadCollector(*config)
	if err != nil {
		return err
	}
	m, err := archive.Restore(ctx, *in, cfg.Data)
	if err != nil {
		return err
	}
	fmt.Fprintf(errOut, "%s is as it was at %s: %d files, their checksums and databases sound (hint: thermie collector -config %s -verify looks at every line)\n",
		cfg.Data, m.Made.Format("2006-01-02 15:04 UTC"), len(m.Files), *config)
	return nil
}
