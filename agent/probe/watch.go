package probe

import (
	"context"
	"fmt"
	"io"
	"slices"
	"time"
)

// Watch is how long counters are watched for, and how often they are asked.
type Watch struct {
	Over, Every time.Duration

	now  func() time.Time // the machine's unless a test says otherwise
	wait func(context.Context, time.Duration) error
}

// onTheClock fills in the machine's clock.
func (w Watch) onTheClock() Watch {
	if w.now == nil {
		w.now = time.Now
	}
	if w.wait == nil {
		w.wait = func(ctx context.Context, d time.Duration) error {
			select {
			case <-time.After(d):
				return nil
			case <-ctx.Done():
				return ctx.Err()
			}
		}
	}
	return w
}

// watch asks the devices again and again until the time is over, and at least
// once.
func watch(ctx context.Context, devices []device, w Watch, progress io.Writer) (rounds [][]Meter, err error) {
	if len(devices) == 0 {
		return nil, fmt.Errorf("no Modbus device is configured")
	}
	begin := w.now()
	for {
		round := askAll(devices, w.now, progress)
		rounds = append(rounds, round)
		left := w.Over - w.now().Sub(begin)
		if left <= 0 || len(rounds) == 1 && !slices.ContainsFunc(round, Meter.answered) {
			return rounds, ctx.Err()
		}
		fmt.Fprintf(progress, "watching the counters, %s to go\n", left.Round(time.Second))
		if err := w.wait(ctx, min(w.Every, left)); err != nil {
			return nil, err
		}
	}
}

// askAll asks each device once, and says what could not be read.
func askAll(devices []device, now func() time.Time, progress io.Writer) (round []Meter) {
	for _, d := range devices {
		m := d.ask(now)
		if m.Fault != "" {
			fmt.Fprintf(progress, "unit %d of %s, point %s: %s\n", m.Unit, m.Address, m.Point, oneLine(m.Fault))
		}
		round = append(round, m)
	}
	return round
}

// answered reports whether the device said anything at all.
func (m Meter) answered() bool {
	return slices.ContainsFunc(m.Registers, func(r Register) bool { return r.Verdict != Unread })
}
