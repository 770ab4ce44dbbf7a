package mqtt

import (
	"errors"
	"fmt"
	"math"
	"strings"
	"time"

	"thermie/configs"
	"thermie/interval"
)

// sparkplug reads one edge node of Sparkplug B 3.0 and its devices. What a
// metric's alias and type are, only a birth certificate tells; so nothing is
// read before one, and after a gap in the sequence numbers nothing until the
// next. A host would then ask for a rebirth. That is a write on the plant's
// broker, and never sent: values are missing until the node gives birth
// again by itself, or for another host.
type sparkplug struct {
	values  []sparkplugValue
	session session
}

// sparkplugValue is a metric that is read, of a device or, with an empty
// name, of the node itself.
type sparkplugValue struct {
	value
	device string
}

// session is the time from one birth of the node to its death.
type session struct {
	alive   bool
	number  uint64            // bdSeq, by which its death is known
	last    uint64            // sequence number of the latest message
	devices map[string]*birth // of the node ("") and the devices that are read
}

// birth is what a birth certificate said of the metrics that are read.
type birth struct {
	names map[uint64]string // by alias
	types map[string]uint32
}

func newSparkplug(t configs.Topic) (decoder, error) {
	values, err := valuesOf(t)
	d := &sparkplug{}
	for i, v := range values {
		d.values = append(d.values, sparkplugValue{v, t.Values[i].Device})
	}
	return d, err
}

func (d *sparkplug) decode(m Message) outcome {
	parts := strings.SplitN(m.Topic, "/", 5)
	if len(parts) < 4 || m.Retained {
		return outcome{at: m.At, err: fmt.Errorf("%s: neither a retained message nor such a topic belongs to Sparkplug", m.Topic)}
	}
	what, device := parts[2], ""
	if len(parts) == 5 {
		device = parts[4]
	}
	if what == "NCMD" || what == "DCMD" {
		return outcome{at: m.At} // a host's command to the node
	}
	p, err := parseSparkplug(m.Payload)
	if err != nil {
		return outcome{at: m.At, err: fmt.Errorf("%s %s: %w", what, device, err)}
	}
	switch what {
	case "NBIRTH":
		return d.born(p, m)
	case "NDEATH":
		return d.died(p, m)
	case "DBIRTH", "NDATA", "DDATA", "DDEATH":
		return d.next(what, device, p, m)
	}
	return outcome{at: m.At, err: fmt.Errorf("%.20q is no Sparkplug message", what)}
}

// born begins a session.
func (d *sparkplug) born(p sparkplugPayload, m Message) outcome {
	number, _ := p.session()
	if d.session.alive && m.Duplicate && number == d.session.number {
		return outcome{at: m.At}
	}
	d.session = session{alive: true, number: number, last: p.seq, devices: map[string]*birth{"": d.birth("", p)}}
	return d.read("", p.certified(), m)
}

// died ends the session that the certificate is of; one of an earlier session
// may come late, because the broker sends it.
func (d *sparkplug) died(p sparkplugPayload, m Message) outcome {
	number, said := p.session()
	if !d.session.alive || said && number != d.session.number {
		return outcome{at: m.At}
	}
	out := d.end(m.At)
	out.err = errors.New("the node is away: its death certificate has come")
	return out
}

// end forgets the session: of no metric of the node is anything known.
func (d *sparkplug) end(at time.Time) (out outcome) {
	d.session = session{}
	out.at = at
	for _, v := range d.values {
		out.readings = append(out.readings, v.reading(math.NaN(), at))
	}
	return out
}

// sequence numbers count from 0 to 255, and again.
const sequence = 256

// next reads a message within a session.
func (d *sparkplug) next(what, device string, p sparkplugPayload, m Message) outcome {
	switch s := &d.session; {
	case !s.alive:
		return outcome{at: m.At, held: 1, err: fmt.Errorf("%s: the node's birth certificate has not been seen", what)}
	case m.Duplicate && p.seq == s.last:
		return outcome{at: m.At}
	case p.seq != (s.last+1)%sequence:
		missed := fmt.Errorf("%s: sequence number %d after %d: messages were lost, and until the node's next birth certificate nothing is known", what, p.seq, s.last)
		out := d.end(m.At)
		out.held, out.err = 1, missed
		return out
	default:
		s.last = p.seq
	}
	switch {
	case what == "DBIRTH" && d.reads(device):
		d.session.devices[device] = d.birth(device, p)
		p = p.certified()
	case what == "DDEATH":
		delete(d.session.devices, device)
		return d.deviceGone(device, m.At)
	}
	return d.read(device, p, m)
}

// deviceGone says that a device has no values from an instant on.
func (d *sparkplug) deviceGone(device string, at time.Time) (out outcome) {
	out.at = at
	for _, v := range d.values {
		if v.device == device {
			out.readings = append(out.readings, v.reading(math.NaN(), at))
			out.err = fmt.Errorf("device %s is away: its death certificate has come", device)
		}
	}
	return out
}

// reads reports whether any metric of a device is read.
func (d *sparkplug) reads(device string) bool {
	for _, v := range d.values {
		if v.device == device {
			return true
		}
	}
	return false
}

// birth remembers what a certificate says of the metrics that are read.
func (d *sparkplug) birth(device string, p sparkplugPayload) *birth {
	b := &birth{names: map[uint64]string{}, types: map[string]uint32{}}
	for _, v := range d.values {
		for _, metric := range p.metrics {
			if v.device == device && v.path == metric.name {
				b.types[metric.name] = metric.datatype
				if metric.aliased {
					b.names[metric.alias] = metric.name
				}
			}
		}
	}
	return b
}

// read takes the metrics of a message that are read.
func (d *sparkplug) read(device string, p sparkplugPayload, m Message) (out outcome) {
	out.at, out.dated = m.At, true
	known := d.session.devices[device]
	if known == nil {
		if d.reads(device) {
			out.held, out.err = 1, fmt.Errorf("the birth certificate of device %s has not been seen", device)
		}
		return out
	}
	var faults []error
	for _, metric := range p.metrics {
		name := metric.name
		if name == "" && metric.aliased {
			name = known.names[metric.alias]
		}
		for _, v := range d.values {
			if v.device != device || v.path != name {
				continue
			}
			n, err := metric.number(known.types[name])
			at, ok := metric.time(p)
			if err == nil && !ok {
				err = errors.New("no time between 1970 and 9999")
			}
			if err != nil {
				faults = append(faults, fmt.Errorf("%s: %w", name, err))
				continue
			}
			out.readings = append(out.readings, interval.Reading{Meter: v.in.Meter, Kind: v.in.Kind, At: at, SI: v.toSI.SI(n)})
		}
	}
	out.err = errors.Join(faults...)
	return out
}
