package mqtt

import (
	"errors"
	"fmt"
	"math"
	"time"

	"google.golang.org/protobuf/encoding/protowire"

	"thermie/interval"
)

// largestSparkplug bounds a payload: a birth certificate names every metric.
const largestSparkplug = 1 << 20

// sparkplugPayload is what is read of org.eclipse.tahu.protobuf.Payload.
type sparkplugPayload struct {
	at      uint64 // Unix ms
	seq     uint64
	metrics []metric
}

// metric is one of its metrics.
type metric struct {
	name     string
	alias    uint64
	aliased  bool
	at       uint64 // Unix ms; 0: the payload's
	datatype uint32 // 0: as in the birth certificate
	past     bool   // sent later than it was so
	null     bool
	field    protowire.Number // of the value; 0: none
	bits     uint64           // of the value
	keys     []string         // of its properties
	codes    []propertyCode   // beside them
}

// propertyCode is a property's value, where it is an integer.
type propertyCode struct {
	set  bool
	code uint64
}

// Fields of the message Metric that hold a number.
const (
	intField    protowire.Number = 10
	longField   protowire.Number = 11
	floatField  protowire.Number = 12
	doubleField protowire.Number = 13
)

// Data types of Sparkplug whose numbers have a sign.
const (
	typeInt8  = 1
	typeInt16 = 2
	typeInt32 = 3
	typeInt64 = 4
)

// goodQuality is the property Quality of a value that can be trusted; the
// others are 0, bad, and 500, stale.
const goodQuality = 192

// parseSparkplug decodes a payload.
func parseSparkplug(payload []byte) (p sparkplugPayload, err error) {
	if len(payload) > largestSparkplug {
		return p, fmt.Errorf("payload of %d bytes, more than %d", len(payload), largestSparkplug)
	}
	err = fields(payload, func(number protowire.Number, varint uint64, bytes []byte) error {
		switch number {
		case 1:
			p.at = varint
		case 2:
			m, err := parseMetric(bytes)
			p.metrics = append(p.metrics, m)
			return err
		case 3:
			p.seq = varint
		}
		return nil
	})
	return p, err
}

func parseMetric(b []byte) (m metric, err error) {
	err = fields(b, func(number protowire.Number, varint uint64, bytes []byte) error {
		switch number {
		case 1:
			m.name = string(bytes)
		case 2:
			m.alias, m.aliased = varint, true
		case 3:
			m.at = varint
		case 4:
			m.datatype = uint32(varint)
		case 5:
			m.past = varint != 0
		case 7:
			m.null = varint != 0
		case 9:
			return m.properties(bytes)
		case intField, longField, floatField, doubleField:
			m.field, m.bits = number, varint
		}
		return nil
	})
	return m, err
}

// properties reads the set's keys and, beside them, values that are integers.
func (m *metric) properties(b []byte) error {
	return fields(b, func(number protowire.Number, _ uint64, bytes []byte) error {
		switch number {
		case 1:
			m.keys = append(m.keys, string(bytes))
		case 2:
			var p propertyCode
			err := fields(bytes, func(number protowire.Number, varint uint64, _ []byte) error {
				if number == 3 || number == 4 {
					p = propertyCode{true, varint}
				}
				return nil
			})
			m.codes = append(m.codes, p)
			return err
		}
		return nil
	})
}

// fields visits the fields of a protobuf message: a number of any width in
// varint, or else bytes.
func fields(b []byte, visit func(number protowire.Number, varint uint64, bytes []byte) error) error {
	for len(b) > 0 {
		number, wire, n := protowire.ConsumeTag(b)
		if n < 0 {
			return fmt.Errorf("not a Sparkplug payload: %w", protowire.ParseError(n))
		}
		b = b[n:]
		var varint uint64
		var bytes []byte
		switch wire {
		case protowire.VarintType:
			varint, n = protowire.ConsumeVarint(b)
		case protowire.Fixed64Type:
			varint, n = protowire.ConsumeFixed64(b)
		case protowire.Fixed32Type:
			var short uint32
			short, n = protowire.ConsumeFixed32(b)
			varint = uint64(short)
		case protowire.BytesType:
			bytes, n = protowire.ConsumeBytes(b)
		default:
			n = protowire.ConsumeFieldValue(number, wire, b)
		}
		if n < 0 {
			return fmt.Errorf("not a Sparkplug payload: %w", protowire.ParseError(n))
		}
		if err := visit(number, varint, bytes); err != nil {
			return err
		}
		b = b[n:]
	}
	return nil
}

// certified dates a birth certificate's values by the certificate, which says
// how things are, and not by when they came to be so.
func (p sparkplugPayload) certified() sparkplugPayload {
	for i := range p.metrics {
		if m := &p.metrics[i]; p.at != 0 && !m.past {
			m.at = p.at
		}
	}
	return p
}

// session is the number bdSeq of a birth or death certificate of a node.
func (p sparkplugPayload) session() (number uint64, said bool) {
	for _, m := range p.metrics {
		if m.name == "bdSeq" {
			return m.bits, true
		}
	}
	return 0, false
}

// number is a metric's value; NaN where there is none, or none to be trusted.
// born is its type in the birth certificate.
func (m metric) number(born uint32) (float64, error) {
	datatype := m.datatype
	if datatype == 0 {
		datatype = born
	}
	switch {
	case m.null || !m.trusted():
		return math.NaN(), nil
	case m.field == floatField:
		return finite(float64(math.Float32frombits(uint32(m.bits))))
	case m.field == doubleField:
		return finite(math.Float64frombits(m.bits))
	case m.field != intField && m.field != longField:
		return 0, errors.New("no number")
	}
	switch datatype { // whose sign an encoder may have carried into all bits of either field, or not
	case typeInt8:
		return float64(int8(m.bits)), nil
	case typeInt16:
		return float64(int16(m.bits)), nil
	case typeInt32:
		return float64(int32(m.bits)), nil
	case typeInt64:
		return float64(int64(m.bits)), nil
	case 0:
		return 0, errors.New("an integer of a type that no birth certificate tells")
	}
	return float64(m.bits), nil
}

// finite refuses what is no number although it is not null.
func finite(n float64) (float64, error) {
	if math.IsNaN(n) || math.IsInf(n, 0) {
		return 0, fmt.Errorf("%v is not a number", n)
	}
	return n, nil
}

// trusted reports whether a metric's property Quality, where it has one, is
// good.
func (m metric) trusted() bool {
	for i, key := range m.keys {
		if key == "Quality" && i < len(m.codes) && m.codes[i].set {
			return m.codes[i].code == goodQuality
		}
	}
	return true
}

// time is the metric's, or else its payload's.
func (m metric) time(p sparkplugPayload) (at time.Time, ok bool) {
	ms := m.at
	if ms == 0 {
		ms = p.at
	}
	return interval.UnixTime(float64(ms) / 1000)
}
