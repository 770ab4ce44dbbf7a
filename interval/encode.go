package interval

import (
	"encoding/json"
	"math"
	"strconv"
	"strings"
)

// The lines of the wire are InfluxDB line protocol with one spelling each:
// tags and fields in fixed order, ids that need no escaping, integers marked
// with i, floats in the shortest form that reads back to the same bits. Times
// are Unix seconds. What is absent is left out.

// AppendLine appends the record's wire line to dst, without a newline. A gap
// carries no other number than cov. The record's ids must be valid (see ValidID) and
// its numbers finite where they are present.
func (r Record) AppendLine(dst []byte) []byte {
	dst = appendPoint(dst, "interval", r.Site, r.Meter)
	dst = append(append(dst, ",kind="...), r.Kind...)
	dst = strconv.AppendInt(append(dst, ",len="...), int64(r.Length), 10)
	dst = append(dst, ' ')
	if !r.Gap() {
		dst = append(appendFloat(append(dst, "si="...), r.SI), ',')
	}
	if !r.Gap() && !math.IsNaN(r.U) {
		dst = append(appendFloat(append(dst, "u="...), r.U), ',')
	}
	dst = appendFloat(append(dst, "cov="...), r.Cov)
	if !r.Gap() && !math.IsNaN(r.Min) && !math.IsNaN(r.Max) {
		dst = appendFloat(append(dst, ",min="...), r.Min)
		dst = appendFloat(append(dst, ",max="...), r.Max)
	}
	dst = appendInteger(append(dst, ",flags="...), int64(r.Flags))
	dst = appendInteger(append(dst, ",rev="...), int64(r.Rev))
	return appendTime(dst, r.Start)
}

// AppendLine appends the card's wire line to dst, without a newline. A card
// that JSON cannot express (a number that is not finite) has no line: dst
// comes back as it was.
func (c Card) AppendLine(dst []byte) []byte {
	var described any = c.Point
	if c.Meter == SiteCard {
		described = c.Place
	}
	text, err := json.Marshal(described)
	if err != nil {
		return dst
	}
	dst = appendPoint(dst, "card", c.Site, c.Meter)
	dst = appendText(append(dst, " json="...), string(text))
	dst = appendInteger(append(dst, ",rev="...), int64(c.Rev))
	return appendTime(dst, c.ValidFrom)
}

// AppendLine appends the event's wire line to dst, without a newline. Text is
// one line of UTF-8: control characters become spaces, and what is longer
// than 4096 bytes is cut.
func (e Event) AppendLine(dst []byte) []byte {
	dst = appendPoint(dst, "event", e.Site, e.Meter)
	dst = appendText(append(dst, " what="...), e.What)
	dst = appendText(append(dst, ",text="...), oneLine(e.Text))
	return appendTime(dst, e.At)
}

func appendPoint(dst []byte, measurement, site, meter string) []byte {
	dst = append(append(append(dst, measurement...), ",site="...), site...)
	return append(append(dst, ",meter="...), meter...)
}

// appendFloat writes plain decimals where people would, and an exponent
// where they would only count zeros.
func appendFloat(dst []byte, v float64) []byte {
	if size := math.Abs(v); size != 0 && (size < 1e-6 || size >= 1e15) {
		return strconv.AppendFloat(dst, v, 'e', -1, 64)
	}
	return strconv.AppendFloat(dst, v, 'f', -1, 64)
}

func appendInteger(dst []byte, v int64) []byte { return append(strconv.AppendInt(dst, v, 10), 'i') }

func appendTime(dst []byte, unix int64) []byte {
	return strconv.AppendInt(append(dst, ' '), unix, 10)
}

// appendText writes a string field: quoted, with backslash and quote escaped.
func appendText(dst []byte, s string) []byte {
	dst = append(dst, '"')
	for i := range len(s) {
		if s[i] == '"' || s[i] == '\\' {
			dst = append(dst, '\\')
		}
		dst = append(dst, s[i])
	}
	return append(dst, '"')
}

// maxText keeps an event's line far below MaxLine, escapes included.
const maxText = 4096

func oneLine(s string) string {
	s = strings.Map(func(c rune) rune {
		if c < ' ' || c == 0x7f {
			return ' '
		}
		return c
	}, s[:min(len(s), maxText)])
	return strings.ToValidUTF8(s, "")
}
