package agent

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"time"

	"thermie/agent/probe"
	"thermie/configs"
)

// probeFlags are what `thermie probe` is told on the command line.
type probeFlags struct {
	flags
	config, point                 *string
	scan, physics, asJSON, agreed *bool
	over, every, timeout          *time.Duration
	address, link, mode, units    *string
	baud                          *int
	rate                          *float64
	soleMaster                    *bool
}

func newProbeFlags(errOut io.Writer) probeFlags {
	f := probeFlags{flags: newFlags("probe", errOut)}
	f.config = f.String("config", "", "the agent's configuration `FILE` (YAML)")
	f.point = f.String("point", "", "ask only the meters of the point with this `ID`")
	f.asJSON = f.Bool("json", false, "write the result as JSON")
	f.physics = f.Bool("physics", false, "check that the meters agree with physics and with each other")
	f.over = f.Duration("watch", 5*time.Minute, "with -physics, how long counters are watched; 0: not at all")
	f.every = f.Duration("every", 10*time.Second, "with -watch, how often they are asked")
	f.scan = f.Bool("scan", false, "search for devices that are not configured, and propose a configuration")
	f.agreed = f.Bool("plant-operator-agrees", false, "with -scan, begin: whoever runs the plant knows that each unit id of the line is asked, and when")
	f.address = f.String("address", "", "with -scan, the line: host:port or a serial port; else the lines of -config")
	f.link = f.String("link", configs.LinkTCP, "with -address: tcp, rtu_over_tcp or rtu")
	f.baud = f.Int("baud", 19200, "with -link rtu")
	f.mode = f.String("mode", "8E1", "with -link rtu: data bits, parity, stop bits")
	f.soleMaster = f.Bool("sole-master", false, "with -link rtu or rtu_over_tcp: nobody else asks on this line")
	f.units = f.String("units", "1-247", "with -scan, the unit ids")
	f.rate = f.Float64("rate", 1, "with -scan, the most requests a second; of a line of -config, no more than it allows")
	f.timeout = f.Duration("timeout", time.Second, "with -address, for one answer")
	return f
}

// CmdProbe is `thermie probe`: what the meters say when a person asks.
func CmdProbe(ctx context.Context, args []string, out, errOut io.Writer) error {
	f := newProbeFlags(errOut)
	if err := f.parse(args); err != nil {
		return err
	}
	if err := f.check(); err != nil {
		return err
	}
	cfg := &configs.Agent{}
	if *f.config != "" {
		var err error
		if cfg, err = loadChecked(*f.config); err != nil {
			return err
		}
	}
	templates, err := cfg.AllTemplates()
	if err != nil {
		return err
	}
	if *f.scan {
		return f.runScan(ctx, cfg, templates, out, errOut)
	}
	if *f.physics {
		return f.runPhysics(ctx, cfg, templates, out, errOut)
	}
	meters, err := probe.Ask(ctx, cfg.Modbus, templates, *f.point, errOut)
	if err != nil {
		return err
	}
	if err := f.write(out, meters, func() error { return probe.PrintMeters(out, meters) }); err != nil {
		return err
	}
	if n := probe.NotWhole(meters); n > 0 {
		return fmt.Errorf("%d of %d meters could not be read whole", n, len(meters))
	}
	return nil
}

// check refuses flags that do not go together.
func (f probeFlags) check() error {
	switch {
	case *f.scan && *f.physics:
		return errors.New("-scan and -physics are two things: scan first, configure, then check the physics")
	case *f.config == "" && !*f.scan:
		return errors.New("-config is missing (hint: thermie probe -h)")
	case *f.every <= 0:
		return fmt.Errorf("-every %s is not above 0", *f.every)
	case *f.timeout <= 0:
		return fmt.Errorf("-timeout %s is not above 0", *f.timeout)
	case !(*f.rate > 0 && *f.rate <= 50):
		return fmt.Errorf("-rate %g is not above 0 and at most 50 requests a second", *f.rate)
	}
	return nil
}

func (f probeFlags) runPhysics(ctx context.Context, cfg *configs.Agent, templates map[string]configs.Template, out, errOut io.Writer) error {
	findings, err := probe.Physics(ctx, cfg, templates, probe.Watch{Over: *f.over, Every: *f.every}, errOut)
	if err != nil {
		return err
	}
	if err := f.write(out, findings, func() error { return probe.PrintFindings(out, findings) }); err != nil {
		return err
	}
	switch n := probe.Differing(findings); {
	case n > 0:
		return fmt.Errorf("%d of %d checks do not agree", n, len(findings))
	case !probe.Decided(findings):
		return errors.New("nothing could be checked")
	}
	return nil
}

func (f probeFlags) runScan(ctx context.Context, cfg *configs.Agent, templates map[string]configs.Template, out, errOut io.Writer) error {
	scan, err := f.scanOf(cfg)
	if err != nil {
		return err
	}
	scan.Announce(errOut, templates)
	if !*f.agreed {
		return errors.New("nothing was asked: a scan asks devices that somebody else may depend on\nhint: with the agreement of whoever runs the plant, add -plant-operator-agrees")
	}
	found, failed := scan.Run(ctx, templates, errOut)
	if len(found) == 0 && failed == nil {
		failed = errors.New("no unit answered (hint: check the address, and on a serial line speed and parity)")
	}
	if len(found) == 0 {
		return failed
	}
	err = f.write(out, found, func() error { return probe.Propose(out, scan, found, templates) })
	return errors.Join(failed, err)
}

// scanOf is the scan that the flags ask for.
func (f probeFlags) scanOf(cfg *configs.Agent) (s probe.Scan, err error) {
	if s.Units, err = probe.ParseUnits(*f.units); err != nil {
		return s, err
	}
	if *f.address == "" {
		if *f.config == "" {
			return s, errors.New("-scan needs -address or -config: where to search (hint: thermie probe -h)")
		}
		s.Lines = cfg.Modbus
	} else {
		line := configs.Line{Link: *f.link, Address: *f.address, SoleMaster: *f.soleMaster, Timeout: configs.Duration(*f.timeout), MaxRequests: *f.rate}
		if *f.link == configs.LinkRTU {
			line.Serial = configs.Serial{Baud: *f.baud, Mode: *f.mode}
		}
		if err := configs.CheckLine(&line); err != nil {
			return s, err
		}
		s.Lines = []configs.Line{line}
	}
	for i := range s.Lines {
		s.Lines[i].MaxRequests = min(s.Lines[i].MaxRequests, *f.rate)
	}
	return s, nil
}

// write writes a result as JSON or as a person reads it.
func (f probeFlags) write(out io.Writer, result any, print func() error) error {
	if !*f.asJSON {
		return print()
	}
	encoder := json.NewEncoder(out)
	encoder.SetIndent("", "  ")
	return encoder.Encode(result)
}
