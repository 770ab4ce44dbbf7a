package collector

import (
	"context"
	"flag"
	"fmt"
	"io"
	"log/slog"

	"thermie/configs"
)

// CmdCollector is `thermie collector`: it receives, keeps and shows until
// ctx ends.
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
	cfg, err := configs.LoadCollector(*config)
	if err != nil {
		return err
	}
	return Run(ctx, cfg, slog.New(slog.NewTextHandler(errOut, nil)))
}
