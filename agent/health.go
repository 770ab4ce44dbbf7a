package agent

import (
	"log/slog"
	"sync"
	"time"
)

// quiet is how long the log stays silent about a fault that goes on.
const quiet = 30 * time.Second

// health keeps one device's or topic's failures out of each other's way in
// the log: a line when it fails, at most one in 30 s while it goes on
// failing, and one when it is back.
type health struct {
	log   *slog.Logger // says which device
	words *healthWords // nil: those of a reading

	mu     sync.Mutex
	good   time.Time // of the last success; zero: none yet
	since  time.Time // of the failure; zero: healthy
	err    error     // what failed last; nil: healthy
	said   time.Time
	failed int
}

// healthWords are what the log says of a failure and of its end.
type healthWords struct{ fails, back string }

var (
	ofReading = healthWords{"no reading", "reading again"}
	ofStoring = healthWords{"intervals not stored", "intervals stored again"}
)

func (h *health) says() healthWords {
	if h.words == nil {
		return ofReading
	}
	return *h.words
}

// fail notes a failure.
func (h *health) fail(err error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	now := time.Now()
	h.failed, h.err = h.failed+1, err
	if h.since.IsZero() {
		h.since = now
	}
	if h.said.IsZero() || now.Sub(h.said) >= quiet {
		h.said = now
		h.log.Warn(h.says().fails, "error", err, "failures", h.failed)
	}
}

// ok notes that all is well.
func (h *health) ok() {
	h.mu.Lock()
	defer h.mu.Unlock()
	if !h.since.IsZero() {
		h.log.Info(h.says().back, "after", time.Since(h.since).Round(time.Second), "failures", h.failed, "at_last", h.err)
	}
	h.good, h.since, h.said, h.failed, h.err = time.Now(), time.Time{}, time.Time{}, 0, nil
}
