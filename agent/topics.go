package agent

import (
	"context"
	"fmt"
	"log/slog"
	"maps"
	"slices"
	"sync"
	"time"

	"thermie/configs"
	"thermie/interval"
)

// maxAhead is how far a message's own time may lie before the agent's clock
// and still be believed. One from the past is believed as it is: the broker
// kept it while the agent was away.
const maxAhead = 5 * time.Minute

// incoming is a message as the broker delivered it.
type incoming struct {
	topic               string
	body                []byte
	retained, duplicate bool
	arrival             time.Time
}

// topics turns messages into readings: at once by the wall clock, or kept
// until the step of their time.
type topics struct {
	log *slog.Logger

	mu      sync.Mutex
	all     map[string]*topic
	deliver func([]interval.Reading) // nil in stepped time
	arrived chan struct{}            // says that a message was kept
	unknown int                      // messages of topics that nobody asked for
	strays  []string                 // some of those topics
}

// topic is one subscribed topic.
type topic struct {
	payload payload
	health  health
	kept    map[int64][]interval.Reading // stepped time: by the message's time, Unix ms

	retained, duplicate int // messages not integrated
}

func newTopics(cfg []configs.Topic, log *slog.Logger) (*topics, error) {
	t := &topics{log: log, all: map[string]*topic{}, arrived: make(chan struct{}, 1)}
	for _, c := range cfg {
		p, err := newPayload(c)
		if err != nil {
			return nil, err
		}
		one := &topic{payload: p, kept: map[int64][]interval.Reading{}}
		one.health.log = log.With("topic", c.Topic)
		t.all[c.Topic] = one
	}
	return t, nil
}

func (t *topics) names() []string { return slices.Sorted(maps.Keys(t.all)) }

func (t *topics) channels() (all []channel) {
	for _, name := range t.names() {
		for _, v := range t.all[name].payload.values {
			all = append(all, channel{Series: v.in})
		}
	}
	return all
}

// listen hands readings on as they come.
func (t *topics) listen(deliver func([]interval.Reading)) { t.deliver = deliver }

// keep holds readings until their step.
func (t *topics) keep() { t.deliver = nil }

// receive takes one message; it never blocks for long.
func (t *topics) receive(m incoming) {
	t.mu.Lock()
	defer t.mu.Unlock()
	topic, known := t.all[m.topic]
	switch {
	case !known:
		t.stray(m.topic)
		return
	case m.retained:
		topic.retained++
		return
	case m.duplicate && topic.payload.timePath == "":
		topic.duplicate++
		return
	}
	at, readings, err := topic.payload.decode(m.body, m.arrival)
	if err == nil && at.Sub(m.arrival) > maxAhead {
		readings, err = nil, fmt.Errorf("the message says %s, %v ahead of this machine's clock", at.Format(time.RFC3339), at.Sub(m.arrival).Round(time.Second))
	}
	if err != nil {
		topic.health.fail(err)
	} else {
		topic.health.ok()
	}
	if t.deliver != nil {
		t.deliver(readings)
		return
	}
	topic.kept[at.UnixMilli()] = readings
	select {
	case t.arrived <- struct{}{}:
	default:
	}
}

// await returns the readings of the instant at once every topic has sent a
// message of that time. When ctx ends first, silent names those that did not.
func (t *topics) await(ctx context.Context, at time.Time) (readings []interval.Reading, silent []string) {
	for {
		if silent = t.missing(at); len(silent) == 0 {
			return t.take(at), nil
		}
		select {
		case <-t.arrived:
		case <-ctx.Done():
			return t.take(at), silent
		}
	}
}

// missing names the topics without a message of the instant at.
func (t *topics) missing(at time.Time) (names []string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, name := range t.names() {
		if _, came := t.all[name].kept[at.UnixMilli()]; !came {
			names = append(names, name)
		}
	}
	return names
}

// take returns the readings of the instant at, in the order of the topics'
// names, and forgets them and what is older.
func (t *topics) take(at time.Time) (readings []interval.Reading) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, name := range t.names() {
		kept := t.all[name].kept
		readings = append(readings, kept[at.UnixMilli()]...)
		maps.DeleteFunc(kept, func(ms int64, _ []interval.Reading) bool { return ms <= at.UnixMilli() })
	}
	return readings
}

// report says what was not used, at the end.
func (t *topics) report() {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.unknown > 0 {
		t.log.Warn("messages of topics that the configuration does not name", "messages", t.unknown, "such_as", t.strays)
	}
	for _, name := range t.names() {
		if one := t.all[name]; one.retained+one.duplicate > 0 {
			t.log.Info("messages not integrated", "topic", name, "retained", one.retained, "repeated", one.duplicate)
		}
	}
}
