package agent

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"thermie/agent/modbus"
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

// line polls the devices behind one host:port or serial port, one after the
// other over one connection.
type line struct {
	address string
	period  time.Duration
	round   time.Duration // between two polls of a device: whole periods, as the request cap allows
	held    time.Duration
	request time.Duration // the longest that one request takes, dialling and its turn included
	devices []*device
	turn    int // whose it is to be asked
	promise promise
	log     *slog.Logger
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
	l := &line{address: cfg.Address, period: time.Duration(cfg.Period), log: s.log.With("source", "modbus", "address", cfg.Address)}
	if s.stepped() {
		cfg.MaxRequests, cfg.IdleClose = 0, 0
	}
	link, shared := modbus.Open(s.ctx, cfg), sheets{}
	for _, d := range cfg.Devices {
		d.Timeout = configs.Duration(cfg.PatienceWith(d))
		if s.stepped() {
			d.Timeout = max(d.Timeout, configs.Duration(steppedTimeout))
		}
		on, err := shared.of(d, s.templates[d.Template])
		if err != nil {
			return nil, fmt.Errorf("unit %d: %w", d.Unit, err)
		}
		dev, err := newDevice(link, d, on, l.log.With("unit", d.Unit, "point", d.Point))
		if err != nil {
			return nil, fmt.Errorf("unit %d: %w", d.Unit, err)
		}
		l.request = max(l.request, link.Longest(time.Duration(d.Timeout), time.Duration(d.Pause)))
		l.devices = append(l.devices, dev)
	}
	l.setHold(s.stepped(), link.Pause())
	return l, nil
}

// setHold says how long a value stands: for some polls as they really come,
// where the request cap stretches them.
func (l *line) setHold(stepped bool, pause time.Duration) {
	if stepped {
		l.held = steppedHold
		return
	}
	requests, inParts := 0, 0
	for _, d := range l.devices {
		requests += d.reader.Requests()
		inParts += d.reader.RequestsInParts()
	}
	l.round = l.periods(time.Duration(requests) * pause)
	if l.late() {
		l.log.Warn("the request cap makes a round longer than the period", "period", l.period, "round", l.round)
	}
	l.held = heldPeriods * l.periods(time.Duration(inParts)*pause)
}

// periods is the time from the beginning of a round that takes so long to that
// of the next.
func (l *line) periods(took time.Duration) time.Duration {
	return max(1, (took+l.period-1)/l.period) * l.period
}

// late reports whether the request cap makes a round longer than the period.
func (l *line) late() bool { return l.round > l.period }

func (l *line) channels() (all []channel) {
	for _, d := range l.devices {
		for _, q := range d.quantities {
			all = append(all, channel{interval.Series{Meter: d.point, Kind: q.kind}, q.counts()})
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
// link itself is down, nobody behind it is asked or blamed, and the next
// round begins with those whose turn was lost.
func (l *line) poll(ctx context.Context, deliver func([]interval.Reading)) {
	for range l.devices {
		if ctx.Err() != nil {
			return
		}
		d := l.devices[l.turn]
		l.turn = (l.turn + 1) % len(l.devices)
		if d.resting(time.Now()) {
			continue
		}
		l.promise.within(time.Duration(d.reader.MostRequests()) * l.request)
		readings, err := d.read(time.Now)
		deliver(readings)
		d.judge(len(readings), err, time.Now())
		if errors.As(err, new(modbus.Unreachable)) {
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
