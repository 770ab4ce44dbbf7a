package collector

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"

	"thermie/collector/store"
	"thermie/configs"
)

// CmdExport is `thermie export`: everything of one site, in the wire form,
// on out. The collector may be running meanwhile.
func CmdExport(ctx context.Context, args []string, out, errOut io.Writer) (err error) {
	flags := flag.NewFlagSet("thermie export", flag.ContinueOnError)
	flags.SetOutput(errOut)
	data := flags.String("data", "", "the collector's data `DIR`")
	config := flags.String("config", "", "the collector's configuration `FILE`, to export declared sites and what is declared of others")
	site := flags.String("site", "", "`ID` of the site")
	if err := flags.Parse(args); err != nil {
		return err
	}
	cfg := &configs.Collector{Data: *data}
	if *config != "" {
		if cfg, err = configs.LoadCollector(*config); err != nil {
			return err
		}
	}
	if *site == "" || cfg.Data == "" || flags.NArg() > 0 {
		return errors.New("say which site and from where (hint: thermie export -data DIR -site ID)")
	}
	if *data != "" {
		cfg.Data, cfg.Store = *data, configs.Store{}
	}
	from, done, err := openToRead(ctx, cfg)
	if err != nil {
		return fmt.Errorf("export: %w", err)
	}
	defer func() { err = errors.Join(err, done()) }()
	return store.Export(ctx, out, from, *site)
}
