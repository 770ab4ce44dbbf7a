package configs

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
)

// deviceUnits checks that every unit which only the meter knows is stated,
// and no other.
func (p place) deviceUnits(d Device, t Template) {
	open := map[string]Register{}
	for _, r := range t.Registers {
		if r.Unit == "" && r.Kind != "" {
			open[r.Name] = r
		}
	}
	for _, name := range slices.Sorted(maps.Keys(open)) {
		if _, err := UnitFor(open[name].Kind, d.Units[name]); err != nil {
			p.at("units", name).fault("read on the meter's display which unit it is set to",
				"%s of %s: %v", name, d.Template, err)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(d.Units)) {
		if _, asked := open[name]; !asked {
			p.at("units", name).fault(fmt.Sprintf("%s asks for %v", d.Template, slices.Sorted(maps.Keys(open))),
				"%s has its unit in the template", name)
		}
	}
}

// mqtt checks the brokers and topics, and fills their defaults.
func (c *checker) mqtt(a *Agent, feeds feeds) {
	for i := range a.MQTT {
		b, p := &a.MQTT[i], c.at("mqtt", i)
		p.at("url").url(b.URL, "tcp", "mqtt", "ssl", "tls", "mqtts", "ws", "wss")
		p.at("max_hold").duration(&b.MaxHold, 15*time.Minute, 24*time.Hour)
		if b.ClientID == "" {
			b.ClientID = fmt.Sprintf("thermie-%s-%d", a.Site.ID, i+1)
		}
		if len(b.Topics) == 0 {
			p.fault("", "no topics are read from %s", b.URL)
		}
		topics := map[string]int{}
		for j, t := range b.Topics {
			at := p.at("topics", j)
			at.at("topic").filter(t.Topic)
			at.at("topic").unique(topics, t.Topic, "topic")
			at.values(a, t, feeds)
		}
	}
}

// filter checks an MQTT topic. Wildcards are refused: several sources would
// be mixed into one point.
func (p place) filter(topic string) {
	if p.required(topic) && strings.ContainsAny(topic, "#+\x00") {
		p.fault("write one entry a topic", "%q has a wildcard", topic)
	}
}

func (p place) values(a *Agent, t Topic, feeds feeds) {
	if len(t.Values) == 0 {
		p.fault("", "no values are read from %s", t.Topic)
	}
	for i, v := range t.Values {
		at := p.at("values", i)
		at.at("path").required(v.Path)
		at.unit(v.Kind, v.Unit)
		if at.at("point").knownPoint(a, v.Point) {
			feeds.add(at.at("point"), v.Point, v.Kind)
		}
	}
}
