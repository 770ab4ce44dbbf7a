package agent

import (
	"log/slog"
	"strings"
	"sync/atomic"
	"time"

	"thermie/daemon"
)

// promise is someone's word on when he will have moved on, whatever devices
// answer. He who has not promised anything cannot have broken it. The time is
// monotonic, so that a step of the clock breaks none.
type promise struct{ until atomic.Pointer[time.Time] }

// stall is how much later than promised is still believed.
const stall = time.Minute

// within promises to move on before d has passed.
func (p *promise) within(d time.Duration) {
	until := time.Now().Add(d + stall)
	p.until.Store(&until)
}

func (p *promise) broken(now time.Time) bool {
	until := p.until.Load()
	return until != nil && now.After(*until)
}

// poller is a source that asks, and so promises to go on asking. A source
// that is sent what it reads has nothing to promise.
type poller interface {
	pace() *promise
	status() sourceStatus
}

// watch tells the service manager that polling goes on. It is fed by the loop
// that builds intervals, and only while every poller keeps its promise: a
// process that lives and reads nothing is restarted.
type watch struct {
	pollers []poller
	round   promise       // of the loop itself
	period  time.Duration // in which the manager wants to be told; 0: it does not watch
	fed     time.Time
	stalled bool // and it was said
	log     *slog.Logger
}

func newWatch(log *slog.Logger) *watch {
	return &watch{period: daemon.WatchdogPeriod(), log: log}
}

// follow makes a source's pace a condition, if it has one.
func (w *watch) follow(from source) {
	if p, polls := from.(poller); polls {
		w.pollers = append(w.pollers, p)
	}
}

// feed tells the manager that a round is done, unless a poller stands still.
// The next round is promised within d.
func (w *watch) feed(d time.Duration) {
	now := time.Now()
	w.round.within(d)
	who := w.still(now)
	switch {
	case who == "" && w.period > 0 && now.Sub(w.fed) >= w.period/4:
		w.fed = now
		w.tell(daemon.Alive)
	case who != "" && !w.stalled:
		w.log.Error("polling stands still; the service manager is not told that the agent is alive", "source", who)
		w.tell(daemon.Status("polling stands still: %s", who))
	}
	w.stalled = who != ""
}

// still names those that have not moved as promised; empty: all go on.
func (w *watch) still(now time.Time) string {
	var names []string
	if w.round.broken(now) {
		names = append(names, "storing")
	}
	for _, p := range w.pollers {
		if p.pace().broken(now) {
			names = append(names, p.status().name)
		}
	}
	return strings.Join(names, ", ")
}

func (w *watch) tell(states ...string) {
	if err := daemon.Notify(states...); err != nil {
		w.log.Warn(err.Error())
	}
}
