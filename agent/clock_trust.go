package agent

import (
	"fmt"
	"sync"
	"time"

	"thermie/agent/forward"
)

// trust is what this machine's clock is worth, for the intervals and for the
// status page.
type trust struct {
	bound  time.Duration    // between the collector's clock and ours
	kernel func() syncState // what the system says of its clock

	mu     sync.Mutex
	steps  int
	last   step
	at     time.Time // of the last step, by the clock that does not step
	offset forward.ClockOffset
	known  bool   // whether the clock is right
	fault  string // why it is not; empty: it is, or nobody knows
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

// stepped notes a step. What was compared before it is worth nothing.
func (c *trust) stepped(by step) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.steps, c.last, c.at = c.steps+1, by, time.Now()
}

// judge says why the clock is not to be trusted, empty if it is, and whether
// that has changed. A comparison with the collector's clock decides; without
// one, the system's own word does.
func (c *trust) judge(offset forward.ClockOffset) (fault string, changed bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if offset.At.IsZero() || time.Since(offset.At) > offsetAge || offset.At.Before(c.at) {
		offset = forward.ClockOffset{}
	}
	before := c.fault
	c.offset, c.known, c.fault = offset, true, ""
	switch kernel := c.kernel(); {
	case !offset.At.IsZero() && offset.Offset.Abs()-offset.Within > c.bound:
		c.fault = fmt.Sprintf("the clock is %s, more than %s", offset, c.bound)
	case offset.At.IsZero() && kernel == unsynced:
		c.fault = "the system says that its clock is not synchronised, and the collector's cannot be compared yet"
	case offset.At.IsZero() && kernel == syncUnknown:
		c.known = false
	}
	return c.fault, (before == "") != (c.fault == "")
}

// clockReport is what the status page shows of the clock.
type clockReport struct {
	steps  int
	last   step
	offset forward.ClockOffset
	known  bool
	fault  string
}

func (c *trust) report() clockReport {
	c.mu.Lock()
	defer c.mu.Unlock()
	return clockReport{c.steps, c.last, c.offset, c.known, c.fault}
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
