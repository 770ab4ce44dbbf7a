package probe

import (
	"context"
	"fmt"
	"io"
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
		var round []Meter
		silent := true
		for _, d := range devices {
			m := d.ask(w.now)
			silent = silent && m.Fault != ""
			if m.Fault != "" {
				fmt.Fprintf(progress, "unit %d of %s, point %s: %s\n", m.Unit, m.Address, m.Point, oneLine(m.Fault))
			}
			round = append(round, m)
		}
		rounds = append(rounds, round)
		left := w.Over - w.now().Sub(begin)
		if left <= 0 || silent && len(rounds) == 1 { // of whom nobody answers, nothing is watched
			return rounds, ctx.Err()
		}
		fmt.Fprintf(progress, "watching the counters, %s to go\n", left.Round(time.Second))
		if err := w.wait(ctx, min(w.Every, left)); err != nil {
			return nil, err
		}
	}
}
