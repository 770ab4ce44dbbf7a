package configs

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"thermie/interval"
)

// wireNames are the measurements that the write door takes for its own.
var wireNames = []string{"interval", "card", "event"}

// feeds checks the mappings and fills their defaults.
func (c *checker) feeds(col *Collector) {
	sites := map[string]int{}
	for i := range col.Feeds {
		f, p := &col.Feeds[i], c.at("feeds", i)
		if p.at("site").id(f.Site) {
			p.at("site").unique(sites, f.Site, "feed of")
		}
		p.feed(f, feedAgent(f, col.Sites))
	}
}

// feedAgent is the agent that a feed stands for. Circuits of a site that is
// described elsewhere are taken as they are named.
func feedAgent(f *Feed, sites []SiteEntry) *Agent {
	a := &Agent{Site: SiteEntry{ID: f.Site, Site: interval.Site{Data: interval.MeasuredData}}, Points: f.Points}
	if f.Simulated {
		a.Site.Data = interval.SimulatedData
	}
	if i := slices.IndexFunc(sites, func(s SiteEntry) bool { return s.ID == f.Site }); i >= 0 {
		a.Site.Circuits = sites[i].Circuits
		return a
	}
	for _, point := range f.Points {
		a.Site.Circuits = append(a.Site.Circuits, interval.Circuit{ID: point.Circuit})
	}
	return a
}

func (p place) feed(f *Feed, a *Agent) {
	if !p.at("interval").written() {
		f.Interval = Duration(10 * time.Minute)
	}
	p.at("interval").intervalLength(f.Interval)
	p.at("max_hold").duration(&f.MaxHold, 15*time.Minute, 24*time.Hour)
	if !p.at("unmapped").written() {
		f.Unmapped = RefuseUnmapped
	}
	p.at("unmapped").oneOf(f.Unmapped, []string{RefuseUnmapped, CountUnmapped})
	p.points(a)
	if len(f.Values) == 0 {
		p.fault("map at least one field under values", "the feed of %s maps nothing", f.Site)
	}
	fields, feeds := map[string]int{}, feeds{}
	for i := range f.Values {
		v, at := &f.Values[i], p.at("values", i)
		at.feedValue(v)
		at.at("field").unique(fields, v.name(), "field")
		if at.at("point").knownPoint(a, v.Point) {
			feeds.add(at.at("point"), v.Point, v.Kind)
		}
	}
}

func (p place) feedValue(v *FeedValue) {
	if p.at("measurement").required(v.Measurement) && slices.Contains(wireNames, v.Measurement) {
		p.at("measurement").fault("let the sender give it another name", "%s is a line of our own wire", v.Measurement)
	}
	p.at("field").required(v.Field)
	p.unit(v.Kind, v.Unit)
	if !p.at("scale").written() {
		v.Scale = 1
	}
	if v.Scale == 0 {
		p.at("scale").fault("leave it out for 1", "a scale of 0 makes everything nothing")
	}
	p.counterOnly("step", v.Step, v.Kind)
	p.counterOnly("rolls_over_at", v.RollsOverAt, v.Kind)
}

// counterOnly checks a number that only a counter has.
func (p place) counterOnly(key string, value float64, kind interval.Kind) {
	at := p.at(key)
	switch nature, known := kind.Nature(); {
	case value < 0:
		at.fault("", "%s is %v, below 0", key, value)
	case at.written() && known && !nature.Counter:
		at.fault("take it out", "%s is no counter and has no %s", kind, key)
	}
}

// name is how a field is written in messages: measurement, tags, field.
func (v FeedValue) name() string {
	text := v.Measurement
	for _, key := range slices.Sorted(maps.Keys(v.Tags)) {
		text += fmt.Sprintf(",%s=%s", key, v.Tags[key])
	}
	return strings.TrimSpace(text + " " + v.Field)
}
