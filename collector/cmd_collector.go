package collector

import (
	"context"
	"flag"
	"fmt"
	"io"
	"log/slog"

	"thermie/configs"
	"thermie/daemon"
)

// CmdCollector is `thermie collector`: it receives, keeps and shows until
// ctx ends. SIGHUP makes it check its configuration and begin anew with it.
func CmdCollector(ctx context.Context, args []string, _, errOut io.Writer) error {
	flags := flag.NewFlagSet("collector", flag.ContinueOnError)
	flags.SetOutput(errOut)
	config := flags.String("config", "", "configuration `FILE` (YAML)")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if *config == "" || flags.NArg() > 0 {
		return fmt.Errorf("give the configuration and nothing else (hint: thermie collector -config FILE)")
	}
	log := slog.New(slog.NewTextHandler(errOut, nil))
	return daemon.Service[*configs.Collector]{
		Load: func() (*configs.Collector, error) { return configs.LoadCollector(*config) },
		Run:  func(ctx context.Context, cfg *configs.Collector) error { return Run(ctx, cfg, log) },
		Log:  log,
	}.Serve(ctx)
}
