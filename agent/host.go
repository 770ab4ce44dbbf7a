package agent

import (
	"context"
	"log/slog"
	"time"

	"thermie/agent/host"
	"thermie/interval"
)

// machine reads the sensors of the machine that the agent runs on.
type machine struct {
	host    *host.Machine
	point   string
	kinds   []interval.Kind
	period  time.Duration
	promise promise
	health  health
	log     *slog.Logger
}

func openHost(s surroundings) ([]source, error) {
	cfg := s.cfg.Host
	if cfg == nil {
		return nil, nil
	}
	m := &machine{host: host.Open(*cfg), point: cfg.Point, kinds: cfg.Kinds(), period: time.Duration(cfg.Period), log: s.log.With("source", "host")}
	m.health.log = m.log
	return []source{m}, nil
}

func (m *machine) channels() (all []channel) {
	for _, kind := range m.kinds {
		all = append(all, channel{Series: interval.Series{Meter: m.point, Kind: kind}})
	}
	return all
}

func (m *machine) hold() time.Duration { return heldPeriods * m.period }

func (m *machine) run(ctx context.Context, deliver func([]interval.Reading)) {
	ticker := time.NewTicker(m.period)
	defer ticker.Stop()
	for {
		m.promise.within(m.period) // a sensor of a machine in trouble may not answer for ever
		deliver(m.read(time.Now()))
		select {
		case <-ticker.C:
		case <-ctx.Done():
			return
		}
	}
}

func (m *machine) pace() *promise { return &m.promise }

func (m *machine) read(now time.Time) []interval.Reading {
	readings, err := m.host.Read(now)
	if err != nil {
		m.health.fail(err)
	} else {
		m.health.ok()
	}
	return readings
}

// Stepped time is a virtual plant's: configs refuses this machine's sensors
// in it.
func (m *machine) start(context.Context) error                             { return nil }
func (m *machine) step(_ context.Context, at time.Time) []interval.Reading { return m.read(at) }
func (m *machine) stop()                                                   {}

func (m *machine) status() sourceStatus {
	return sourceStatus{name: "host", parts: []partStatus{m.health.state("this machine, an estimate")}}
}
