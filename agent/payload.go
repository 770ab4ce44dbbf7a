package agent

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"thermie/configs"
	"thermie/interval"
)

// largestPayload bounds what one message may hold.
const largestPayload = 64 << 10

// payload decodes the messages of one topic.
type payload struct {
	timePath string
	values   []payloadValue
}

// payloadValue is one number in a message and what it means.
type payloadValue struct {
	path string
	in   interval.Series
	toSI configs.Conversion
}

func newPayload(t configs.Topic) (payload, error) {
	p := payload{timePath: t.Time}
	for _, v := range t.Values {
		toSI, err := configs.UnitFor(v.Kind, v.Unit)
		if err != nil {
			return payload{}, fmt.Errorf("topic %s, path %s: %w", t.Topic, v.Path, err)
		}
		p.values = append(p.values, payloadValue{v.Path, interval.Series{Meter: v.Point, Kind: v.Kind}, toSI})
	}
	return p, nil
}

// decode returns the time of a message (its arrival, where the payload says
// none) and its readings. A value that is absent is missing, which is no
// fault of the message: devices send what has changed. One that is null says
// that there is none from then on, as a reading that is not a number.
func (p payload) decode(body []byte, arrival time.Time) (at time.Time, readings []interval.Reading, err error) {
	if len(body) > largestPayload {
		return at, nil, fmt.Errorf("payload of %d bytes, more than %d", len(body), largestPayload)
	}
	var doc any
	if err := json.Unmarshal(body, &doc); err != nil {
		return at, nil, fmt.Errorf("payload is not JSON: %w", err)
	}
	at = arrival
	if p.timePath != "" {
		seconds, ok, err := numberAt(doc, p.timePath)
		if err != nil || !ok || !(seconds > 0 && seconds <= maxUnix) {
			return at, nil, errors.Join(fmt.Errorf("no Unix time at %s", p.timePath), err)
		}
		at = unixTime(seconds)
	}
	var faults []error
	for _, v := range p.values {
		n, ok, err := numberAt(doc, v.path)
		if err != nil {
			faults = append(faults, err)
		} else if ok {
			readings = append(readings, interval.Reading{Meter: v.in.Meter, Kind: v.in.Kind, At: at, SI: v.toSI.SI(n)})
		}
	}
	return at, readings, errors.Join(faults...)
}

// numberAt walks a path such as "cdu.supply.t" or "em.0.power" through a
// JSON document. ok is false where there is nothing; null is not a number,
// and something else that is not a number is an error.
func numberAt(doc any, path string) (n float64, ok bool, err error) {
	for _, name := range strings.Split(path, ".") {
		switch node := doc.(type) {
		case map[string]any:
			if doc, ok = node[name]; !ok {
				return 0, false, nil
			}
		case []any:
			i, err := strconv.Atoi(name)
			if err != nil || i < 0 || i >= len(node) {
				return 0, false, nil
			}
			doc = node[i]
		default:
			return 0, false, nil
		}
	}
	switch value := doc.(type) {
	case nil:
		return math.NaN(), true, nil
	case float64:
		return value, true, nil
	default:
		return 0, false, fmt.Errorf("%s holds %.40q, not a number", path, fmt.Sprint(value))
	}
}

// maxUnix is the last second of the year 9999: beyond it a number is
// milliseconds, or nonsense.
const maxUnix = 253402300799

// unixTime returns the instant at s seconds of Unix time, exact to the
// millisecond, which is as fine as a float in a message is worth.
func unixTime(s float64) time.Time { return time.UnixMilli(int64(math.Round(s * 1000))).UTC() }
