package mqtt

import (
	"strings"
	"time"

	"thermie/configs"
	"thermie/interval"
)

// zigbee reads a device behind Zigbee2MQTT: JSON on the device's topic, and
// online or offline on <topic>/availability. Units are those of its exposes:
// W, kWh, °C, %. The message's time is last_seen, where the bridge is set to
// tell it (ISO 8601, or Unix milliseconds).
type zigbee struct {
	topic  string
	values []value
}

func newZigbee(t configs.Topic) (decoder, error) {
	values, err := valuesOf(t)
	return &zigbee{t.Topic, values}, err
}

func (d *zigbee) decode(m Message) outcome {
	if m.Topic != d.topic {
		return presence(m, availability(m.Payload), "online", "offline", d.values)
	}
	doc, err := document(m.Payload)
	if err != nil {
		return outcome{at: m.At, err: err}
	}
	at, dated := lastSeen(doc)
	if !dated {
		at = m.At
	}
	out := pick(doc, d.values, at)
	out.dated = dated
	return out
}

// availability is the word in the message: bare in older versions, else in
// {"state": …}.
func availability(payload []byte) string {
	if doc, err := document(payload); err == nil {
		return textAt(doc, "state")
	}
	return strings.TrimSpace(string(payload))
}

func lastSeen(doc any) (at time.Time, ok bool) {
	switch seen, _ := valueAt(doc, "last_seen"); said := seen.(type) {
	case string:
		at, err := time.Parse(time.RFC3339, said)
		return at, err == nil
	case float64:
		return interval.UnixTime(said / 1000)
	}
	return at, false
}
