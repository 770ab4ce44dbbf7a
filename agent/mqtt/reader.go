package mqtt

import (
	"fmt"
	"math"
	"time"

	"thermie/configs"
	"thermie/interval"
)

// maxAhead is how far a message's own time may lie before this machine's
// clock and still be believed. One from the past is believed as it is: the
// broker kept it while the agent was away.
const maxAhead = 5 * time.Minute

// neverSet is before every message: a device whose clock was never set says
// 1970, and an interval of then would open a gap of decades.
var neverSet = time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)

// Reader reads the messages of one configured topic, or of one device's
// topics. It is not safe for concurrent use.
type Reader struct {
	decoder decoder
	filters []string
	series  []interval.Series
	unused  Unused
}

// Unused counts what came and did not become a reading.
type Unused struct {
	Retained int // messages that the broker had kept from before
	Repeated int // messages delivered again that bear no time of their own
	Held     int // values that came before what says how to read them
}

// NewReader returns the reader of a topic as configured, which configs has
// checked.
func NewReader(t configs.Topic) (*Reader, error) {
	d, err := newDecoder(t)
	if err != nil {
		return nil, err
	}
	r := &Reader{decoder: d, filters: t.Filters()}
	for _, v := range t.Values {
		r.series = append(r.series, interval.Series{Meter: v.Point, Kind: v.Kind})
	}
	return r, nil
}

// Filters lists the topics to subscribe to.
func (r *Reader) Filters() []string { return r.filters }

// Series lists what the reader may deliver.
func (r *Reader) Series() []interval.Series { return r.series }

// Unused returns the counts so far.
func (r *Reader) Unused() Unused { return r.unused }

// Read returns the time of a message and its readings; an SI that is not a
// number says that there is no value from then on. An error tells what could
// not be read; the readings beside it are good.
func (r *Reader) Read(m Message) (at time.Time, readings []interval.Reading, err error) {
	out := r.decoder.decode(m)
	r.unused.Held += out.held
	switch {
	case m.Retained:
		out.readings = r.lapses(out.readings)
	case m.Duplicate && !out.dated && len(out.readings) > 0:
		r.unused.Repeated++
		out.readings = nil
	}
	for _, reading := range append(out.released, out.readings...) {
		if err := believable(reading.At, m.At); err == nil {
			readings = append(readings, reading)
		} else if out.err == nil {
			out.err = err
		}
	}
	return out.at, readings, out.err
}

// believable says why the time that a message gives a reading is none.
func believable(said, arrived time.Time) error {
	if said.Before(neverSet) {
		return fmt.Errorf("the message says %s: its clock was never set", said.Format(time.RFC3339))
	}
	if ahead := said.Sub(arrived); ahead > maxAhead {
		return fmt.Errorf("the message says %s, %v ahead of this machine's clock", said.Format(time.RFC3339), ahead.Round(time.Second))
	}
	return nil
}

// lapses keeps of a retained message what tells that there is no value: a
// device that is away still is.
func (r *Reader) lapses(all []interval.Reading) (kept []interval.Reading) {
	for _, reading := range all {
		if math.IsNaN(reading.SI) {
			kept = append(kept, reading)
		}
	}
	if len(kept) < len(all) {
		r.unused.Retained++
	}
	return kept
}
