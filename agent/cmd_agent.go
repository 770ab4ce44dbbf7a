package agent

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"os"
	"runtime"
	"runtime/debug"

	"thermie/configs"
	"thermie/daemon"
)

// CmdAgent is `thermie agent`: it reads the meters of a site and sends their
// intervals until it is told to end, or until stepped time is over. SIGHUP
// makes it check its configuration and begin anew with it.
func CmdAgent(ctx context.Context, args []string, out, errOut io.Writer) error {
	flags := newFlags("agent", errOut)
	config := flags.String("config", "", "the agent's configuration `FILE` (YAML)")
	if err := flags.parse(args, "config"); err != nil {
		return err
	}
	keepSmall()
	log := slog.New(slog.NewTextHandler(errOut, nil))
	return daemon.Service[*configs.Agent]{
		Load: func() (*configs.Agent, error) { return loadChecked(*config) },
		Run:  func(ctx context.Context, cfg *configs.Agent) error { return runLogged(ctx, cfg, log) },
		Log:  log,
	}.Serve(ctx)
}

// garbagePercent is how much memory may wait to be collected, of what is in
// use. The agent is a guest on its machine too: a quarter instead of Go's whole
// costs it a tenth of its processor time, which is small, and saves half of
// its memory.
const garbagePercent = 25

// keepSmall bounds the memory and the processors, unless the environment has
// said how (GOGC, GOMAXPROCS). One processor is enough to drain a week's
// backlog; on several, Go wakes threads for each answer only to see that
// there is nothing for them to do.
func keepSmall() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(garbagePercent)
	}
	if os.Getenv("GOMAXPROCS") == "" {
		runtime.GOMAXPROCS(1)
	}
}

// runLogged runs the agent until it is told to end.
func runLogged(ctx context.Context, cfg *configs.Agent, log *slog.Logger) error {
	log = log.With("site", cfg.Site.ID)
	log.Info("agent starts", "points", len(cfg.Points), "interval", cfg.Interval, "sending", wayOut(cfg.Collector))
	err := Run(ctx, cfg, log)
	if ctx.Err() != nil && errors.Is(err, ctx.Err()) {
		err = nil
	}
	if err == nil {
		log.Info("agent ends")
	}
	return err
}

// flags are the flags of one command.
type flags struct{ *flag.FlagSet }

func newFlags(command string, errOut io.Writer) flags {
	f := flags{flag.NewFlagSet("thermie "+command, flag.ContinueOnError)}
	f.SetOutput(errOut)
	return f
}

// parse reads the arguments; each of the required flags must be given.
func (f flags) parse(args []string, required ...string) error {
	if err := f.Parse(args); err != nil {
		return err
	}
	if f.NArg() > 0 {
		return fmt.Errorf("argument %[1]q is not understood (hint: a file stands behind its flag, -config %[1]s for instance; %[2]s -h)", f.Arg(0), f.Name())
	}
	for _, name := range required {
		if f.Lookup(name).Value.String() == "" {
			return fmt.Errorf("-%s is missing (hint: %s -h)", name, f.Name())
		}
	}
	return nil
}
