package mqtt

import (
	"strings"

	"thermie/configs"
	"thermie/interval"
)

// shelly reads a device of the second generation or later, by the prefix of
// its topics. Values are named component.field, such as em:0.total_act_power
// (W) or switch:0.aenergy.total (Wh). A device sends NotifyStatus on
// <prefix>/events/rpc, dated, with what has changed, and each component's
// whole status on <prefix>/status/<component>, undated; which of the two is
// set on the device. <prefix>/online is its last will.
type shelly struct {
	prefix string
	values []value
}

func newShelly(t configs.Topic) (decoder, error) {
	values, err := valuesOf(t)
	return &shelly{t.Topic, values}, err
}

func (d *shelly) decode(m Message) outcome {
	what := strings.TrimPrefix(m.Topic, d.prefix+"/")
	if what == "online" {
		return presence(m, string(m.Payload), "true", "false", d.values)
	}
	doc, err := document(m.Payload)
	if err != nil {
		return outcome{at: m.At, err: err}
	}
	if component, status := strings.CutPrefix(what, "status/"); status {
		return pick(map[string]any{component: doc}, d.values, m.At)
	}
	if method := textAt(doc, "method"); method != "NotifyStatus" && method != "NotifyFullStatus" {
		return outcome{at: m.At} // a button, or an answer to somebody
	}
	params, _ := valueAt(doc, "params")
	at, dated := m.At, false
	if seconds, ok, _ := numberAt(params, "ts"); ok {
		if said, sane := interval.UnixTime(seconds); sane {
			at, dated = said, true
		}
	}
	out := pick(params, d.values, at)
	out.dated = dated
	return out
}

// shellyGen1 reads a device of the first generation: a topic a value, with a
// plain number, under shellies/<id>. relay/0/energy counts W·min, emeter/0/total
// Wh.
type shellyGen1 struct {
	prefix string
	values []value
}

func newShellyGen1(t configs.Topic) (decoder, error) {
	values, err := valuesOf(t)
	return &shellyGen1{t.Topic, values}, err
}

func (d *shellyGen1) decode(m Message) outcome {
	what := strings.TrimPrefix(m.Topic, d.prefix+"/")
	if what == "online" {
		return presence(m, string(m.Payload), "true", "false", d.values)
	}
	out := outcome{at: m.At}
	for _, v := range d.values {
		if v.path != what {
			continue
		}
		n, err := plainNumber(m.Payload, "")
		if err != nil {
			return outcome{at: m.At, err: err}
		}
		out.readings = append(out.readings, v.reading(n, m.At))
	}
	return out
}
