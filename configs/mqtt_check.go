package configs

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"
)

// overTLS are the schemes of an encrypted connection to a broker.
var overTLS = []string{"ssl", "tls", "mqtts", "wss"}

// mqtt checks the brokers and topics, and fills their defaults.
func (c *checker) mqtt(a *Agent, feeds feeds) {
	sessions := map[string]int{}
	for i := range a.MQTT {
		b, p := &a.MQTT[i], c.at("mqtt", i)
		p.at("max_hold").duration(&b.MaxHold, 15*time.Minute, 24*time.Hour)
		if b.ClientID == "" {
			b.ClientID = fmt.Sprintf("thermie-%s-%d", a.Site.ID, i+1)
		}
		p.at("client_id").unique(sessions, b.ClientID+" at "+b.URL, "session")
		p.reach(b)
		if len(b.Topics) == 0 {
			p.fault("", "no topics are read from %s", b.URL)
		}
		filters := map[string]int{}
		for j := range b.Topics {
			t, at := &b.Topics[j], p.at("topics", j)
			known := at.topic(a, t, feeds)
			if at.at("topic").filter(t.Topic) && known {
				at.at("topic").read(*t, filters)
			}
		}
		p.at("last_will_topic").will(*b)
	}
}

// reach checks how a broker is reached and who is said to ask.
func (p place) reach(b *Broker) {
	p.at("url").url(b.URL, append([]string{"tcp", "mqtt", "ws"}, overTLS...)...)
	u, err := url.Parse(b.URL)
	if err == nil && u.User != nil {
		p.at("url").fault("write username: and password_file:", "a user or password has no place in an address")
	}
	if err == nil && u.Host != "" && u.Port() == "" {
		p.at("url").fault("usually 8883 with TLS and 1883 without", "%q names no port", b.URL)
	}
	if p.at("tls").written() && err == nil && !slices.Contains(overTLS, u.Scheme) {
		p.at("tls").fault("write mqtts://host:8883", "%s is not encrypted, so it has no certificates", u.Scheme)
	}
	p.at("tls").pair(b.TLS)
	switch file, env := b.PasswordFile != "", b.PasswordEnv != ""; {
	case file && env:
		p.at("password_env").fault("keep one of them", "the password is in a file already")
	case (file || env) && b.Username == "":
		p.fault("write username:", "MQTT 3.1.1 knows no password without a user")
	}
}

// will checks a last will: it must not lie where something is read.
func (p place) will(b Broker) {
	if b.LastWill == "" || !p.filter(b.LastWill) {
		return
	}
	for _, t := range b.Topics {
		if b.LastWill == t.Topic || strings.HasPrefix(b.LastWill, t.Topic+"/") || strings.HasPrefix(b.LastWill, "spBv1.0/") {
			p.fault("take a topic of the agent's own, such as thermie/lost", "%s lies among what is read from the plant", b.LastWill)
			return
		}
	}
}

// filter checks an MQTT topic. Wildcards are refused: several sources would
// be mixed into one point.
func (p place) filter(topic string) bool {
	if !p.required(topic) {
		return false
	}
	if strings.ContainsAny(topic, "#+\x00") {
		p.fault("write one entry a topic", "%q has a wildcard", topic)
		return false
	}
	return true
}

// read notes which topics are subscribed to; seen holds the lines. One that
// two entries read would be counted for the first alone.
func (p place) read(t Topic, seen map[string]int) {
	filters := append(t.Filters(), t.Topic)
	slices.Sort(filters)
	for _, filter := range slices.Compact(filters) {
		if first, twice := seen[filter]; twice {
			p.fault("one entry reads a topic: put the values of both under it", "topic %s is read twice, first in line %d", filter, first)
			return
		}
		seen[filter] = p.line()
	}
}

// topic checks what is read of a topic, and fills the units that its profile
// fixes. It reports whether the profile is known.
func (p place) topic(a *Agent, t *Topic, feeds feeds) bool {
	if t.Profile == "" {
		t.Profile = ProfileJSON
	}
	if !p.at("profile").oneOf(t.Profile, MQTTProfiles()) {
		return false
	}
	rules := profiles[t.Profile]
	if t.Topic != "" && !rules.topic.MatchString(t.Topic) {
		p.at("topic").fault("write "+rules.topics, "%q is no topic of %s", t.Topic, t.Profile)
	}
	if t.Time != "" && t.Profile != ProfileJSON {
		p.at("time").fault("leave it out", "%s says itself where a message's time is", t.Profile)
	}
	switch {
	case len(t.Values) == 0:
		p.fault("", "no values are read from %s", t.Topic)
	case len(t.Values) > 1 && t.Profile == ProfileNumber:
		p.at("values", 1).fault("", "a plain number is one value")
	}
	seen := map[string]int{}
	for i := range t.Values {
		v, at := &t.Values[i], p.at("values", i)
		at.number(t.Profile, *v, seen)
		at.fixUnit(rules, t.Profile, v)
		if at.at("point").knownPoint(a, v.Point) {
			feeds.add(at.at("point"), v.Point, v.Kind)
		}
	}
	return true
}

// number checks the name of a number.
func (p place) number(of string, v Value, seen map[string]int) {
	if v.Device != "" && of != ProfileSparkplug {
		p.at("device").fault("", "%s has no devices: it belongs to %s", of, ProfileSparkplug)
	}
	if rules := profiles[of]; !rules.path.MatchString(v.Path) {
		p.at("path").fault("write "+rules.paths, "%q is no path of %s", v.Path, of)
		return
	}
	p.at("path").unique(seen, strings.TrimPrefix(v.Device+" "+v.Path, " "), "path")
}

// fixUnit checks a number's unit, and fills it where the profile fixes it.
func (p place) fixUnit(rules profile, name string, v *Value) {
	fixed := rules.unit(v.Path)
	switch {
	case fixed != "" && v.Unit == "":
		v.Unit = fixed
	case fixed != "" && v.Unit != fixed:
		p.at("unit").fault("leave it out", "%s has %s in %s", name, v.Path, fixed)
		return
	case v.Unit == "" && rules.tells:
		p.at("kind").oneOf(string(v.Kind), kindNames())
		return
	}
	p.unit(v.Kind, v.Unit)
}
