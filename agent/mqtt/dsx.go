package mqtt

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"strings"
	"time"

	"thermie/configs"
	"thermie/interval"
)

// dsx reads the BMS event bus of NVIDIA's DSX Exchange (1.0.0): under a root
// such as BMS/v1/PUB each point has a Value topic, with value, timestamp (ms)
// and quality (1 is good, any other number is not to be trusted), and under
// BMS/v1/PUB a retained Metadata topic that tells its unit. A value before its
// metadata waits; its unit is never guessed.
type dsx struct {
	points map[string]*dsxPoint // by objectType/pointType/tagPath
}

// dsxPoint is one point of the bus.
type dsxPoint struct {
	in      interval.Series
	stated  string // the unit that the configuration states, where the metadata's name is not ours
	known   bool   // toSI holds
	toSI    configs.Conversion
	waiting []dsxValue // the latest values before the metadata
	last    dsxValue   // as the bus said it
	stands  time.Time  // until when the bus has said so
}

// dsxValue is a value whose unit is not known yet.
type dsxValue struct {
	at time.Time
	n  float64
}

// mostWaiting bounds the values that wait for a point's metadata, which comes
// every 100 s: more than that is a point without.
const mostWaiting = 1000

func newDSX(t configs.Topic) (decoder, error) {
	d := &dsx{points: map[string]*dsxPoint{}}
	for _, v := range t.Values {
		d.points[v.Path] = &dsxPoint{in: interval.Series{Meter: v.Point, Kind: v.Kind}, stated: v.Unit}
	}
	return d, nil
}

func (d *dsx) decode(m Message) outcome {
	parts := append(strings.SplitN(m.Topic, "/", 5), "", "", "", "") // BMS/v1/<who>/<what>/<path>
	what, path := parts[3], parts[4]
	p, known := d.points[path]
	if !known {
		return outcome{at: m.At, err: fmt.Errorf("no point %s is configured", path)}
	}
	doc, err := document(m.Payload)
	if err != nil {
		return outcome{at: m.At, err: fmt.Errorf("%s: %w", path, err)}
	}
	out := outcome{at: m.At}
	if what == "Metadata" {
		out.released, out.err = p.describe(textAt(doc, "engUnit"))
	} else {
		out = p.value(doc, m)
	}
	if out.err != nil {
		out.err = fmt.Errorf("%s: %w", path, out.err)
	}
	return out
}

// describe takes the point's unit, and releases what waited for it.
func (p *dsxPoint) describe(unit string) (readings []interval.Reading, err error) {
	p.toSI, err = configs.UnitFor(p.in.Kind, unit)
	switch {
	case err != nil && p.stated != "":
		p.toSI, err = configs.UnitFor(p.in.Kind, p.stated)
	case err == nil && p.stated != "" && !p.same(p.stated):
		err = fmt.Errorf("the metadata says %s, the configuration %s", unit, p.stated)
	}
	if p.known = err == nil; !p.known {
		return nil, fmt.Errorf("engUnit: %w", err)
	}
	for _, v := range p.waiting {
		readings = append(readings, p.reading(v.at, v.n))
	}
	p.waiting = nil
	return readings, nil
}

// same reports whether a unit is the one in use under another name.
func (p *dsxPoint) same(unit string) bool {
	other, err := configs.UnitFor(p.in.Kind, unit)
	return err == nil && other == p.toSI
}

func (p *dsxPoint) reading(at time.Time, n float64) interval.Reading {
	return interval.Reading{Meter: p.in.Meter, Kind: p.in.Kind, At: at, SI: p.toSI.SI(n)}
}

// value reads a Value message.
func (p *dsxPoint) value(doc any, m Message) outcome {
	out := outcome{at: m.At}
	ms, _, timeErr := numberAt(doc, "timestamp")
	at, dated := interval.UnixTime(ms / 1000)
	good, qualified := dsxQuality(doc)
	n, there, err := numberAt(doc, "value")
	if err = cmp.Or(err, timeErr); err != nil || !dated || !qualified || !there {
		out.err = cmp.Or(err, errors.New("a value message needs value, timestamp in ms and quality"))
		return out
	}
	if !good {
		n = math.NaN()
	}
	if !m.Retained && !m.Duplicate {
		at = p.until(dsxValue{at, n}, m.At)
	}
	out.at, out.dated = at, true
	switch {
	case p.known:
		out.readings = []interval.Reading{p.reading(at, n)}
	case m.Retained:
		out.held = 1
	default:
		out.held = 1
		p.waiting = append(p.waiting[max(0, len(p.waiting)+1-mostWaiting):], dsxValue{at, n})
		out.err = fmt.Errorf("%d values wait for the point's metadata", len(p.waiting))
	}
	return out
}

// again is how often the bus says a value again that has not changed.
const again = 100 * time.Second

// until is the time up to which a value has been said. One that is said again
// with the time of its first saying has not changed since: it still stands.
func (p *dsxPoint) until(said dsxValue, arrived time.Time) time.Time {
	if said != p.last {
		p.last, p.stands = said, said.at
		return said.at
	}
	if later := p.stands.Add(again); later.Before(arrived) {
		p.stands = later
	} else if arrived.After(p.stands) {
		p.stands = arrived
	}
	return p.stands
}

// dsxQuality reports whether a value can be trusted, and whether the message
// says so: by a number, or, as NVIDIA's own publisher writes it, by a text.
func dsxQuality(doc any) (good, said bool) {
	quality, _ := valueAt(doc, "quality")
	switch q := quality.(type) {
	case float64:
		return q == 1, true
	case string:
		return q == "1", true
	}
	return false, false
}
