// Package demo ties the whole chain together for a newcomer's first command:
// a virtual data center on real Modbus and MQTT, real agents, a real
// collector, and the reports, in one process tree on loopback.
package demo

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"thermie/collector"
	"thermie/reports"
	"thermie/virtual"
)

// The year that the simulated sites fill and the reports are about.
const year = 2025

// siren is the fictitious territory's.
const siren = "999000012"

// Options are the choices of a run.
type Options struct {
	Out      string    // folder of the reports; its state folder is made anew
	Listen   string    // where the pages are served, "127.0.0.1:0" takes a free port
	Lang     string    // language of the reports
	Date     time.Time // printed on the reports
	Software string    // version printed on the reports
}

// state is the folder of what the parts keep: configurations, queues, the store.
func (o Options) state() string { return filepath.Join(o.Out, "state") }

// Demo is a demonstration whose reports are written and whose pages are
// being served.
type Demo struct {
	Summary  *reports.Summary
	Address  string // host:port of the pages
	registry *collector.Registry
	stops    []func()
}

// Close ends everything that Run started.
func (d *Demo) Close() {
	for i := len(d.stops) - 1; i >= 0; i-- {
		d.stops[i]()
	}
}

// Run makes the whole way once, from registers to reports, and leaves the
// collector serving.
func Run(ctx context.Context, o Options, say *Progress) (*Demo, error) {
	d := &Demo{}
	if err := d.run(ctx, o, say); err != nil {
		d.Close()
		return nil, err
	}
	return d, nil
}

func (d *Demo) run(ctx context.Context, o Options, say *Progress) error {
	if _, err := reports.WordsOf(o.Lang); err != nil {
		return err
	}
	state := o.state()
	if err := forgetEarlier(state); err != nil {
		return err
	}
	town, err := d.startCollector(state, o)
	if err != nil {
		return err
	}
	say.Done("collector", "pages on http://%s/", d.Address)
	if err := d.liveDay(ctx, state, say); err != nil {
		return fmt.Errorf("measured day over Modbus and MQTT: %w", err)
	}
	for _, site := range virtual.SimulatedSites() {
		if err := d.typicalYear(ctx, state, site, say); err != nil {
			return fmt.Errorf("typical year of %s: %w", site, err)
		}
	}
	return d.writeReports(ctx, town, o, say)
}

// forgetEarlier removes what an earlier demonstration left, and no other
// folder that happens to have that name.
func forgetEarlier(state string) error {
	entries, err := os.ReadDir(state)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err == nil && len(entries) > 0 {
		_, err = os.Stat(filepath.Join(state, configName))
	}
	if err != nil {
		return fmt.Errorf("%s is no earlier demonstration's: %w (hint: -out names another folder)", state, err)
	}
	return os.RemoveAll(state)
}
