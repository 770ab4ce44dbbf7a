package forward

import (
	"errors"
	"log/slog"
	"net"
	"time"
)

// Stats is what a status page shows of a forwarder.
type Stats struct {
	Forwarded   uint64      // lines acknowledged since start
	Rejected    uint64      // lines refused for good since start
	Failures    uint64      // uploads that must be tried again, since start
	LastSuccess time.Time   // zero: none yet
	Alarm       string      // what a person must put right; empty when nothing
	Clock       ClockOffset // by the last 204
}

// Stats returns the forwarder's counters.
func (f *Forwarder) Stats() Stats {
	f.mu.Lock()
	defer f.mu.Unlock()
	s := f.stats
	if f.up != nil {
		if offset := f.up.clock.Load(); offset != nil {
			s.Clock = *offset
		}
	}
	return s
}

// failed notes an upload that must be tried again.
func (f *Forwarder) failed(err error) {
	f.mu.Lock()
	f.stats.Failures++
	if judge(err) == held {
		f.stats.Alarm = err.Error()
	}
	f.mu.Unlock()
	f.speaker.failed("upload failed, the lines wait in the queue", err)
}

// quiet is how long the log stays silent about a fault that goes on.
const quiet = 30 * time.Second

// speaker keeps the log short: at most one error line in 30 s, and one line
// when an outage that was spoken of is over.
type speaker struct {
	log    *slog.Logger
	now    func() time.Time
	said   time.Time // the last error line
	silent int       // errors since that had none
	outage bool      // spoken of and going on
}

// say logs an error, or counts it if one was logged just before; it returns
// whether it logged.
func (s *speaker) say(what string, err error) bool {
	now := s.now()
	if !s.said.IsZero() && now.Sub(s.said) < quiet {
		s.silent++
		return false
	}
	s.log.Error(what, "error", err, "hint", hintOf(err), "not_logged_before", s.silent)
	s.said, s.silent = now, 0
	return true
}

// failed notes a failure that goes on until recovered.
func (s *speaker) failed(what string, err error) {
	s.outage = s.say(what, err) || s.outage
}

func (s *speaker) recovered() {
	if s.outage {
		s.log.Info("uploads work again", "not_logged_before", s.silent)
	}
	s.outage, s.silent = false, 0
}

func hintOf(err error) string {
	var a *uploadAnswer
	if errors.As(err, &a) {
		return a.hint()
	}
	var unreachable net.Error
	switch {
	case distrusted(err):
		return "check collector.tls: ca: for the collector's certificate, certificate: and key: for the agent's own"
	case !errors.As(err, &unreachable):
		return "see the error"
	}
	return "check that collector.url is reachable from here"
}
