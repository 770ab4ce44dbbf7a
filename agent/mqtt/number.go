package mqtt

import (
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"

	"thermie/configs"
	"thermie/interval"
)

// numberDecoder reads one topic whose payload is a number as text, with its
// unit or without.
type numberDecoder struct {
	unit  string
	value value
}

func newNumber(t configs.Topic) (decoder, error) {
	values, err := valuesOf(t)
	if err != nil {
		return nil, err
	}
	if len(values) != 1 {
		return nil, fmt.Errorf("a plain number is one value, not %d", len(values))
	}
	return &numberDecoder{t.Values[0].Unit, values[0]}, nil
}

func (d *numberDecoder) decode(m Message) outcome {
	n, err := plainNumber(m.Payload, d.unit)
	if err != nil {
		return outcome{at: m.At, err: err}
	}
	return outcome{at: m.At, readings: []interval.Reading{d.value.reading(n, m.At)}}
}

var (
	decimal    = regexp.MustCompile(`^([+-]?[0-9]+(?:[.,][0-9]+)?(?:[eE][+-]?[0-9]{1,3})?)\s*(.*)$`)
	asGrouping = regexp.MustCompile(`^[+-]?[1-9][0-9]{0,2},[0-9]{3}$`)
)

// plainNumber reads 23.4, 23,4 or "23.4 °C". What is not clearly one number
// in the configured unit is refused: 1,234 may be a thousand or one. null
// and nan say that there is no value.
func plainNumber(payload []byte, unit string) (float64, error) {
	if len(payload) > 100 {
		return 0, fmt.Errorf("payload of %d bytes is no plain number", len(payload))
	}
	text := strings.TrimSpace(string(payload))
	if strings.EqualFold(text, "null") || strings.EqualFold(text, "nan") {
		return math.NaN(), nil
	}
	parts := decimal.FindStringSubmatch(text)
	switch {
	case parts == nil:
		return 0, fmt.Errorf("%.40q is not a number", text)
	case parts[2] != "" && parts[2] != unit:
		return 0, fmt.Errorf("%.40q is in %q, and %q is configured", text, parts[2], unit)
	case asGrouping.MatchString(parts[1]):
		return 0, fmt.Errorf("%.40q may be thousands or decimals", text)
	}
	n, err := strconv.ParseFloat(strings.Replace(parts[1], ",", ".", 1), 64)
	if err != nil {
		return 0, fmt.Errorf("%.40q is not a number", text)
	}
	return n, nil
}
