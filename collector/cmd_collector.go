package collector

import (
	"context"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"os"
	"runtime/debug"

	"thermie/configs"
	"thermie/daemon"
)

// CmdCollector is `thermie collector`: it receives, keeps and shows until
// ctx ends. SIGHUP makes it check its configuration and begin anew with it.
// With -verify or -restate it serves nobody and ends when that is done.
func CmdCollector(ctx context.Context, args []string, out, errOut io.Writer) error {
	flags := flag.NewFlagSet("thermie collector", flag.ContinueOnError)
	flags.SetOutput(errOut)
	config := flags.String("config", "", "configuration `FILE` (YAML)")
	verify := flags.Bool("verify", false, "read all that is stored, say what is wrong, and end; the collector may be running")
	restate := flags.Bool("restate", false, "compute roll-ups and balances anew from the intervals, and end; stop the collector first")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if *config == "" || flags.NArg() > 0 {
		return fmt.Errorf("give the configuration and nothing else (hint: thermie collector -config FILE)")
	}
	spendMemory()
	if *verify || *restate {
		cfg, err := configs.LoadCollector(*config)
		if err == nil && *restate {
			err = Restate(ctx, cfg)
		}
		if err == nil && *verify {
			err = Verify(ctx, cfg, out)
		}
		return err
	}
	log := slog.New(slog.NewTextHandler(errOut, nil))
	return daemon.Service[*configs.Collector]{
		Load: func() (*configs.Collector, error) { return configs.LoadCollector(*config) },
		Run:  func(ctx context.Context, cfg *configs.Collector) error { return Run(ctx, cfg, log) },
		Log:  log,
	}.Serve(ctx)
}

// garbagePercent is how much memory may wait to be collected, of what is in
// use: a collector at full load holds some hundred megabytes, and twice that
// saves a twentieth of its processor time.
const garbagePercent = 200

// spendMemory takes more memory than Go would, unless the environment has
// said how much (GOGC).
func spendMemory() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(garbagePercent)
	}
}
