package agent

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"thermie/configs"
	"thermie/interval"
)

// In stepped time no plant is asked, and a slow machine must get the same
// bytes as a fast one: an answer is waited for long, and values stand for
// the hold of the measured day (heat-model section 11).
const (
	steppedTimeout = 30 * time.Second
	steppedHold    = 15 * time.Minute
)

// heldPeriods is how many missed polls a value outlives.
const heldPeriods = 3

// line polls the devices behind one Modbus TCP host:port, one after the
// other over one connection.
type line struct {
	address string
	period  time.Duration
	held    time.Duration
	request time.Duration // the longest that one request takes, dialling and its turn included
	devices []*device
	promise promise
}

func openModbus(s surroundings) ([]source, error) {
	var all []source
	for _, cfg := range s.cfg.Modbus {
		l, err := openLine(s, cfg)
		if err != nil {
			return nil, fmt.Errorf("modbus %s: %w", cfg.Address, err)
		}
		all = append(all, l)
	}
	return all, nil
}

func openLine(s surroundings, cfg configs.Line) (*line, error) {
	timeout, perSecond := time.Duration(cfg.Timeout), cfg.MaxRequests
	l := &line{address: cfg.Address, period: time.Duration(cfg.Period), held: heldPeriods * time.Duration(cfg.Period)}
	if s.stepped() {
		timeout, perSecond, l.held = max(timeout, steppedTimeout), 0, steppedHold
	}
	link := newLink(s.ctx, cfg.Address, timeout, perSecond)
	l.request = 2*link.timeout + link.pause
	for _, d := range cfg.Devices {
		dev, err := newDevice(link, d, s.templates[d.Template], s.log)
		if err != nil {
			return nil, fmt.Errorf("unit %d: %w", d.Unit, err)
		}
		l.devices = append(l.devices, dev)
	}
	return l, nil
}

func (l *line) channels() (all []channel) {
	for _, d := range l.devices {
		for _, q := range d.quantities {
			all = append(all, channel{interval.Series{Meter: d.point, Kind: q.kind}, interval.Register{Step: q.step()}})
		}
	}
	return all
}

func (l *line) hold() time.Duration { return l.held }

// run polls at multiples of the period since midnight UTC, so that readings
// fall on the ends of intervals.
func (l *line) run(ctx context.Context, deliver func([]interval.Reading)) {
	for {
		l.poll(ctx, deliver)
		next := time.Now().Truncate(l.period).Add(l.period)
		l.promise.within(time.Until(next))
		select {
		case <-ctx.Done():
			return
		case <-time.After(time.Until(next)):
		}
	}
}

// poll asks each device once. A device that fails is passed over; when the
// link itself is down, nobody behind it is asked or blamed.
func (l *line) poll(ctx context.Context, deliver func([]interval.Reading)) {
	for _, d := range l.devices {
		if ctx.Err() != nil {
			return
		}
		if d.resting(time.Now()) {
			continue
		}
		l.promise.within(time.Duration(d.mostRequests()) * l.request)
		readings, err := d.read(time.Now)
		deliver(readings)
		d.judge(len(readings), err, time.Now())
		if errors.As(err, new(unreachable)) {
			return
		}
	}
}

func (l *line) start(context.Context) error { return nil }
func (l *line) stop()                       {}

// step asks each device once, at the instant at.
func (l *line) step(_ context.Context, at time.Time) (all []interval.Reading) {
	for _, d := range l.devices {
		readings, err := d.read(func() time.Time { return at })
		d.judge(len(readings), err, time.Now())
		all = append(all, readings...)
	}
	return all
}

// deviceLog names a device in the log.
func deviceLog(log *slog.Logger, address string, d configs.Device) *slog.Logger {
	return log.With("source", "modbus", "address", address, "unit", d.Unit, "point", d.Point)
}
