package configs

import (
	"fmt"
	"time"

	"thermie/interval"
)

func defaultAgent() *Agent {
	return &Agent{
		Site:      SiteEntry{Site: interval.Site{UTCOffsetMin: parisOffset}},
		Interval:  Duration(10 * time.Minute),
		State:     "state",
		Queue:     Queue{MB: 100},
		Collector: defaultUpstream(),
	}
}

// agent checks an agent's configuration and fills what depends on the rest.
func (c *checker) agent(a *Agent) {
	c.at("site").site(&a.Site)
	if p := c.at("site", "valid_from"); p.written() {
		p.fault("leave it out; a collector's declaration of the site takes it", "what an agent says holds from when it says it")
	}
	c.at("interval").intervalLength(a.Interval)
	c.at("collector").upstream(a.Collector)
	c.queue(a.Queue)
	c.at("status").statusAddress(a.Status)
	if a.Stepped != nil {
		c.at("stepped", "url").url(a.Stepped.URL, "http", "https")
	}
	c.at().points(a)
	feeds := feeds{}
	c.ownTemplates(a)
	c.modbus(a, feeds)
	c.mqtt(a, feeds)
	c.host(a, feeds)
}

// intervalLength: intervals must add up to hours, of which figures are made.
func (p place) intervalLength(d Duration) {
	length := time.Duration(d)
	if length < time.Second || length > time.Hour || time.Hour%length != 0 || length%time.Second != 0 {
		p.fault("take 1m, 5m, 10m, 15m, 30m or 1h", "%s does not divide the hour into whole intervals", d)
	}
}

// feeds remembers in which line each point and kind gets its readings: two
// sources of one series would be mixed.
type feeds map[string]int

func (f feeds) add(p place, point string, kind interval.Kind) {
	key := point + " " + string(kind)
	if first, twice := f[key]; twice {
		p.fault("give the second source a point of its own",
			"point %s gets %s from line %d already", point, kind, first)
		return
	}
	f[key] = p.line()
}

// knownPoint checks that a source feeds a point that is described.
func (p place) knownPoint(a *Agent, id string) bool {
	if !p.required(id) {
		return false
	}
	ids := make([]string, len(a.Points))
	for i, point := range a.Points {
		if ids[i] = point.ID; ids[i] == id {
			return true
		}
	}
	hint := didYouMean(id, ids)
	if hint == "" {
		hint = fmt.Sprintf("describe it under points: %v are there", ids)
	}
	p.fault(hint, "unknown point %q", id)
	return false
}
