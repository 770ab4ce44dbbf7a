package virtual

import (
	"context"
	"flag"
	"fmt"
	"io"
	"time"
)

// CmdVirtual is `thermie virtual`: the measured data center on given
// addresses, or with -fleet the load of many sites on a collector.
func CmdVirtual(ctx context.Context, args []string, out, errOut io.Writer) error {
	flags := flag.NewFlagSet("thermie virtual", flag.ContinueOnError)
	flags.SetOutput(errOut)
	var o Options
	flags.StringVar(&o.Modbus, "modbus", "127.0.0.1:5020", "`address` of the Modbus TCP server")
	flags.StringVar(&o.MQTT, "mqtt", "127.0.0.1:1883", "`address` of the MQTT broker")
	flags.StringVar(&o.HTTP, "step", "127.0.0.1:8090", "`address` at which POST /step moves the day on")

	f := Fleet{From: time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC)}
	flags.IntVar(&f.Sites, "fleet", 0, "load a collector as the agents of `N` sites would")
	write := flags.String("write", "", "make a `DIR` with collector.yaml, tokens, and the data center's agent; of a fleet, only that")
	listen := flags.String("listen", "127.0.0.1:8086", "the collector's `address` in that collector.yaml")
	flags.StringVar(&f.To, "to", "http://127.0.0.1:8086", "fleet: `URL` of the server")
	flags.StringVar(&f.Tokens, "tokens", "", "fleet: `DIR` with the sites' tokens")
	flags.StringVar(&f.Bucket, "bucket", "thermie", "fleet: bucket; db/rp for InfluxDB 1.8")
	flags.IntVar(&f.Connections, "connections", 64, "fleet: requests under way at once")
	flags.Float64Var(&f.Rate, "rate", 0, "fleet: intervals a second; 0 is as fast as they are acknowledged")
	flags.DurationVar(&f.Duration, "duration", time.Minute, "fleet: how long")
	flags.IntVar(&f.Rounds, "rounds", 0, "fleet: intervals that each site sends at most; 0 is no bound")
	server := flags.String("server", "thermie", "fleet: what the server is, to count what it holds: thermie, influxdb or victoriametrics; none counts nothing")
	if err := flags.Parse(args); err != nil {
		return err
	}
	switch {
	case flags.NArg() > 0:
		return fmt.Errorf("%q is one word too many (hint: thermie virtual -h)", flags.Arg(0))
	case f.Sites == 0:
		return serve(ctx, o, *write, *listen, errOut)
	case f.Sites < 0 || f.Connections < 1:
		return fmt.Errorf("a fleet needs sites and connections (hint: -fleet 1000 -connections 64)")
	case *write != "":
		config, err := WriteFleet(*write, f.Sites, *listen)
		if err == nil {
			fmt.Fprintf(errOut, "now: thermie collector -config %s, and: thermie virtual -fleet %d -tokens %s/tokens -to http://%s\n", config, f.Sites, *write, *listen)
		}
		return err
	}
	return load(ctx, f, *server, out, errOut)
}

// serve stands as the measured data center until ctx ends, for an agent and a
// collector whose configurations it writes where dir says.
func serve(ctx context.Context, o Options, dir, listen string, errOut io.Writer) error {
	d, err := Start(ctx, o)
	if err != nil {
		return err
	}
	defer d.Close()
	if dir != "" {
		t, err := d.WriteTrial(dir, listen)
		if err != nil {
			return err
		}
		fmt.Fprintf(errOut, "now, beside this: thermie collector -config %s, and: thermie agent -config %s\n", t.Collector, t.Agent)
	}
	fmt.Fprintf(errOut, "the measured day: Modbus TCP %s, MQTT %s, next instant with POST %s\n", d.ModbusAddr(), d.MQTTAddr(), d.StepURL())
	<-ctx.Done()
	return d.Close()
}

// load runs a fleet and prints what it achieved, once the server has shown
// that it holds what it acknowledged.
func load(ctx context.Context, f Fleet, server string, out, errOut io.Writer) error {
	fmt.Fprintf(errOut, "%d sites write to %s for %v\n", f.Sites, f.To, f.Duration)
	r, err := f.Run(ctx)
	if err != nil {
		return fmt.Errorf("fleet: %w", err)
	}
	if server != "none" {
		if err := f.Check(ctx, server, r, out); err != nil {
			return fmt.Errorf("fleet: %w", err)
		}
	}
	r.Print(out)
	return nil
}
