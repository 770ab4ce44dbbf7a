// Command compare loads the collector, and servers that take the same writes,
// with one fleet of simulated sites, one after the other on this machine, and
// prints a table of what each achieved:
//
//	go run ./collector/compare -minutes 10
//
// Every server begins with an empty folder, and no figure is printed before
// it has shown that it holds what it acknowledged.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"

	"thermie/virtual"
)

// plan is what the flags ask for.
type plan struct {
	minutes, calm float64
	fleet         virtual.Fleet
	engines, dir  string
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	p := plan{fleet: virtual.Fleet{From: time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC)}}
	flag.Float64Var(&p.minutes, "minutes", 10, "of full load on each server")
	flag.Float64Var(&p.calm, "calm", 12, "minutes at -rate, on the collector alone, more than the ten after which a site is folded for its age; 0 for none")
	flag.Float64Var(&p.fleet.Rate, "rate", 20000, "intervals a second of the calm run")
	flag.IntVar(&p.fleet.Sites, "sites", 10000, "of 40 series each")
	flag.IntVar(&p.fleet.Connections, "connections", 128, "requests under way at once")
	flag.StringVar(&p.engines, "engines", "thermie,victoria-metrics,influxd", "servers to load")
	flag.StringVar(&p.dir, "dir", "", "`folder` for their data, some gigabytes (default: a temporary one)")
	flag.Parse()
	if err := p.run(ctx); err != nil {
		fmt.Fprintln(os.Stderr, "compare:", err)
		os.Exit(1)
	}
}

// run loads one server after the other. One that is not installed, or fails,
// is told and left out of the table.
func (p *plan) run(ctx context.Context) (err error) {
	if p.dir, err = os.MkdirTemp(p.dir, "compare-"); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(p.dir)) }()
	var rows []row
	var failed []error
	for _, name := range strings.Split(p.engines, ",") {
		e, err := engineOf(name)
		if err != nil {
			return err
		}
		if e.calm && p.calm > 0 {
			r, err := p.load(ctx, e, p.calm, p.fleet.Rate)
			if err != nil {
				failed = append(failed, fmt.Errorf("%s, calm: %w", name, err))
				continue
			}
			rows = append(rows, r)
		}
		r, err := p.load(ctx, e, p.minutes, 0)
		if errors.Is(err, errNotInstalled) {
			fmt.Fprintln(os.Stderr, "compare:", err)
			continue
		}
		if err != nil {
			failed = append(failed, fmt.Errorf("%s: %w", name, err))
			continue
		}
		rows = append(rows, r)
	}
	printTable(os.Stdout, p, rows)
	return errors.Join(failed...)
}

// load runs the fleet against a fresh server.
func (p *plan) load(ctx context.Context, e engine, minutes, rate float64) (r row, err error) {
	s, err := e.start(ctx, p)
	if err != nil {
		return r, err
	}
	defer func() { err = errors.Join(err, s.stop()) }()
	fleet := p.fleet
	fleet.To, fleet.Tokens, fleet.Bucket = s.url, s.tokens, e.bucket
	fleet.Rate, fleet.Duration = rate, time.Duration(minutes*float64(time.Minute))
	fmt.Fprintf(os.Stderr, "%s: %d sites for %v\n", e.name, fleet.Sites, fleet.Duration)
	result, err := fleet.Run(ctx)
	if err != nil {
		return r, err
	}
	r = row{engine: e.name, rate: rate, result: result, used: s.processorTime()}
	if e.folds {
		if r.pending, err = fleet.Pending(ctx); err != nil {
			return r, err
		}
	}
	if err := fleet.Check(ctx, e.counted, result, os.Stderr); err != nil {
		return r, err
	}
	result.Print(os.Stderr)
	r.peakMB = s.peakMB()
	return r, nil
}
