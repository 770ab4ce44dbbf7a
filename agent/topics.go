package agent

import (
	"context"
	"fmt"
	"log/slog"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"thermie/agent/mqtt"
	"thermie/configs"
	"thermie/interval"
)

// topics turns a broker's messages into readings: at once by the wall clock,
// or kept until the step of their time.
type topics struct {
	log *slog.Logger

	mu       sync.Mutex
	all      []*topic          // in the order of their names
	byFilter map[string]*topic // subscribed filters, of which most are topics
	wide     []string          // those with wildcards
	deliver  func([]interval.Reading)
	arrived  chan struct{} // says that a message was kept
	unknown  int           // messages of topics that nobody asked for
	strays   []string      // some of those topics
}

// topic is one configured topic, or one device's topics.
type topic struct {
	name   string
	reader *mqtt.Reader
	health health
	kept   map[int64][]interval.Reading // stepped time: by the message's time, Unix ms
}

func newTopics(cfg []configs.Topic, log *slog.Logger) (*topics, error) {
	t := &topics{log: log, byFilter: map[string]*topic{}, arrived: make(chan struct{}, 1)}
	for _, c := range cfg {
		reader, err := mqtt.NewReader(c)
		if err != nil {
			return nil, err
		}
		one := &topic{name: c.Topic, reader: reader, kept: map[int64][]interval.Reading{}}
		one.health.log = log.With("topic", c.Topic)
		t.all = append(t.all, one)
		for _, filter := range reader.Filters() {
			if first, twice := t.byFilter[filter]; twice {
				return nil, fmt.Errorf("%s is read for %s and for %s", filter, first.name, one.name)
			}
			t.byFilter[filter] = one
			if strings.ContainsAny(filter, "+#") {
				t.wide = append(t.wide, filter)
			}
		}
	}
	slices.SortFunc(t.all, func(a, b *topic) int { return strings.Compare(a.name, b.name) })
	return t, nil
}

// filters lists what to subscribe to.
func (t *topics) filters() []string { return slices.Sorted(maps.Keys(t.byFilter)) }

func (t *topics) channels() (all []channel) {
	for _, one := range t.all {
		for _, series := range one.reader.Series() {
			all = append(all, channel{Series: series})
		}
	}
	return all
}

// listen hands readings on as they come.
func (t *topics) listen(deliver func([]interval.Reading)) { t.deliver = deliver }

// keep holds readings until their step.
func (t *topics) keep() { t.deliver = nil }

// find returns who reads a topic; nil: nobody.
func (t *topics) find(name string) *topic {
	if one, known := t.byFilter[name]; known {
		return one
	}
	for _, filter := range t.wide {
		if mqtt.Matches(filter, name) {
			return t.byFilter[filter]
		}
	}
	return nil
}

// receive takes one message; it never blocks for long.
func (t *topics) receive(m mqtt.Message) {
	t.mu.Lock()
	defer t.mu.Unlock()
	one := t.find(m.Topic)
	if one == nil {
		t.stray(m.Topic)
		return
	}
	at, readings, err := one.reader.Read(m)
	switch {
	case err != nil:
		one.health.fail(err)
	case !m.Retained:
		one.health.ok()
	}
	if t.deliver != nil {
		t.deliver(readings)
		return
	}
	one.kept[at.UnixMilli()] = readings
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
	for _, one := range t.all {
		if _, came := one.kept[at.UnixMilli()]; !came {
			names = append(names, one.name)
		}
	}
	return names
}

// take returns the readings of the instant at, in the order of the topics'
// names, and forgets them and what is older.
func (t *topics) take(at time.Time) (readings []interval.Reading) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, one := range t.all {
		readings = append(readings, one.kept[at.UnixMilli()]...)
		maps.DeleteFunc(one.kept, func(ms int64, _ []interval.Reading) bool { return ms <= at.UnixMilli() })
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
	for _, one := range t.all {
		if u := one.reader.Unused(); u != (mqtt.Unused{}) {
			t.log.Info("messages not integrated", "topic", one.name, "retained", u.Retained, "repeated", u.Repeated, "held", u.Held)
		}
	}
}
