package mqtt

import (
	"errors"
	"fmt"

	"thermie/configs"
	"thermie/interval"
)

// jsonDecoder reads one topic with JSON payloads by paths.
type jsonDecoder struct {
	timePath string // of the Unix time in seconds; empty: the arrival counts
	values   []value
}

func newJSON(t configs.Topic) (decoder, error) {
	values, err := valuesOf(t)
	return &jsonDecoder{t.Time, values}, err
}

func (d *jsonDecoder) decode(m Message) outcome {
	doc, err := document(m.Payload)
	if err != nil {
		return outcome{at: m.At, err: err}
	}
	if d.timePath == "" {
		return pick(doc, d.values, m.At)
	}
	seconds, _, err := numberAt(doc, d.timePath)
	at, ok := interval.UnixTime(seconds)
	if err != nil || !ok {
		return outcome{at: m.At, err: errors.Join(fmt.Errorf("no Unix time at %s", d.timePath), err)}
	}
	out := pick(doc, d.values, at)
	out.dated = true
	return out
}
