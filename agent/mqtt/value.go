package mqtt

import (
	"fmt"
	"math"
	"strings"
	"time"

	"thermie/configs"
	"thermie/interval"
)

// value is one number of a message and what it means.
type value struct {
	path string
	in   interval.Series
	toSI configs.Conversion
}

// reading is the value's number n as a reading; NaN stays what it is.
func (v value) reading(n float64, at time.Time) interval.Reading {
	return interval.Reading{Meter: v.in.Meter, Kind: v.in.Kind, At: at, SI: v.toSI.SI(n)}
}

// valuesOf lists the values of a topic whose units are configured, or are
// fixed by its profile.
func valuesOf(t configs.Topic) (values []value, err error) {
	for _, c := range t.Values {
		toSI, err := configs.UnitFor(c.Kind, c.Unit)
		if err != nil {
			return nil, fmt.Errorf("path %s: %w", c.Path, err)
		}
		values = append(values, value{c.Path, interval.Series{Meter: c.Point, Kind: c.Kind}, toSI})
	}
	return values, nil
}

// gone says of every value that there is none from an instant on: the device
// is away.
func gone(values []value, at time.Time) (readings []interval.Reading) {
	for _, v := range values {
		readings = append(readings, v.reading(math.NaN(), at))
	}
	return readings
}

// presence reads an availability message: online says that the device is
// there, offline that its values are gone.
func presence(m Message, word, online, offline string, values []value) outcome {
	out := outcome{at: m.At}
	switch word = strings.TrimSpace(word); {
	case strings.EqualFold(word, offline):
		out.readings, out.err = gone(values, m.At), fmt.Errorf("%s says %s: the device is away", m.Topic, word)
	case !strings.EqualFold(word, online):
		out.err = fmt.Errorf("%s says %.20q, neither %s nor %s", m.Topic, word, online, offline)
	}
	return out
}
