package agent

import (
	"net/url"
	"slices"
	"sync"
	"time"

	"thermie/agent/mqtt"
	"thermie/interval"
)

// sourceStatus is how a source fares.
type sourceStatus struct {
	name    string
	parts   []partStatus
	unknown int      // messages that nobody asked for
	strays  []string // some of their topics
}

// partStatus is how one device, topic or connection fares.
type partStatus struct {
	name     string
	good     time.Time // of the last success; zero: none yet
	since    time.Time // of the failure that goes on; zero: none
	failures int       // in a row
	fault    string
	unused   mqtt.Unused // of a topic: what came and was not integrated
}

// reporter is a source that can say how it fares.
type reporter interface{ status() sourceStatus }

// state copies what is known of one part.
func (h *health) state(name string) partStatus {
	h.mu.Lock()
	defer h.mu.Unlock()
	p := partStatus{name: name, good: h.good, since: h.since, failures: h.failed}
	if h.err != nil {
		p.fault = h.err.Error()
	}
	return p
}

func (l *line) pace() *promise { return &l.promise }

func (l *line) status() sourceStatus {
	s := sourceStatus{name: "modbus " + l.address, parts: make([]partStatus, 0, len(l.devices))}
	for _, d := range l.devices {
		s.parts = append(s.parts, d.health.state(d.name))
	}
	return s
}

func (b *broker) status() sourceStatus {
	s := sourceStatus{name: "mqtt " + withoutPassword(b.url), parts: []partStatus{b.health.state("connection")}}
	t := b.topics
	t.mu.Lock()
	defer t.mu.Unlock()
	s.unknown, s.strays = t.unknown, slices.Clone(t.strays)
	for _, one := range t.all {
		part := one.health.state(one.name)
		part.unused = one.reader.Unused()
		s.parts = append(s.parts, part)
	}
	return s
}

// withoutPassword is an address as it may be shown.
func withoutPassword(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return "with an address that cannot be shown"
	}
	return u.Redacted()
}

// Bounds of what is kept of topics that nobody asked for: how many names, and
// how much of each.
const (
	mostStrays  = 20
	longestName = 200
)

// stray counts a message of a topic that nobody asked for.
func (t *topics) stray(topic string) {
	topic = topic[:min(len(topic), longestName)]
	if t.unknown++; len(t.strays) < mostStrays && !slices.Contains(t.strays, topic) {
		t.strays = append(t.strays, topic)
	}
}

// latest is the last reading of a series, for those who look.
type latest struct {
	mu   sync.Mutex
	last interval.Reading
	seen bool
}

func (s *latest) note(r interval.Reading) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.last, s.seen = r, true
}

// reading is the last one; false where there was none.
func (s *latest) reading() (interval.Reading, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.last, s.seen
}
