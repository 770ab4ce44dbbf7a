package agent

import (
	"fmt"
	"sync"
	"time"

	"thermie/agent/forward"
)

// trust judges this machine's clock, for the intervals and for the status
// page.
type trust struct {
	bound  time.Duration    // between the collector's clock and ours
	kernel func() syncState // what the system says of its clock

	mu    sync.Mutex
	steps int
	last  step
	at    time.Time // of the last step or of the start, by the clock that does not step
}

// clockReport is what the clock is worth.
type clockReport struct {
	steps  int
	last   step
	offset forward.ClockOffset // by which it is judged; zero: there is none
	known  bool                // whether it is right
	fault  string              // why it is not; empty: it is, or nobody knows
	sure   bool                // it is right, or nobody has known better for long
}

// syncState is what the system says of its clock.
type syncState int

const (
	syncUnknown syncState = iota
	unsynced
	synced
)

// offsetAge is how long a comparison with the collector's clock holds: at
// 50 ppm, which a cheap quartz keeps, a day makes 4 s.
const offsetAge = 24 * time.Hour

// unopposed is for how long a clock of which nobody says anything must go
// without a step to be taken for right.
const unopposed = 24 * time.Hour

// stepped notes a step. What was compared before it is worth nothing.
func (c *trust) stepped(by step) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.steps, c.last, c.at = c.steps+1, by, time.Now()
}

// judge says what the clock is worth. A comparison with the collector's clock
// decides; without one, the system's own word does.
func (c *trust) judge(offset forward.ClockOffset) clockReport {
	c.mu.Lock()
	defer c.mu.Unlock()
	r := clockReport{steps: c.steps, last: c.last, offset: offset, known: true}
	if offset.At.IsZero() || time.Since(offset.At) > offsetAge || offset.At.Before(c.at) {
		r.offset = forward.ClockOffset{}
	}
	compared := !r.offset.At.IsZero()
	switch kernel := c.kernel(); {
	case compared && offset.Offset.Abs()-offset.Within > c.bound:
		r.fault = fmt.Sprintf("the clock is %s, more than %s", offset, c.bound)
	case !compared && kernel == unsynced:
		r.fault = "the system says that its clock is not synchronised, and the collector's cannot be compared yet"
	case !compared && kernel == syncUnknown:
		r.known = false
	}
	r.sure = r.fault == "" && (r.known || time.Since(c.at) >= unopposed)
	return r
}

// words is the clock's state in a line.
func (r clockReport) words() string {
	switch {
	case r.fault != "":
		return r.fault + "; intervals are marked"
	case !r.offset.At.IsZero():
		return "right: " + r.offset.String()
	case r.known:
		return "right, by the system's word"
	}
	return "not known: neither the system nor the collector has said"
}
