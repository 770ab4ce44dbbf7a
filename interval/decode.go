package interval

import (
	"encoding/json"
	"fmt"
	"math"
	"time"
	"unicode/utf8"
)

// LineType says which of the three lines of the wire a Line is.
type LineType uint8

// The three line types.
const (
	RecordLine LineType = iota + 1
	CardLine
	EventLine
)

// Line is one decoded wire line; only the part that Type names is set. A
// Line may be decoded into again and again, which spares allocations.
type Line struct {
	Type    LineType
	Record  Record
	Card    Card
	Event   Event
	Ignored int // fields that this version does not know
}

// Decode reads one line (without its newline) into l. It takes the three
// lines of the wire and nothing else: tags complete and in their order, each
// field once and of its type, numbers finite and possible. Fields may come
// in any order; unknown ones are counted in Ignored. Times count in units of
// precision (a second, a milli-, micro- or nanosecond) and must be whole
// seconds from 1970 to 9999. The error names the column, from 1.
func (l *Line) Decode(b []byte, precision time.Duration) error {
	before := l.Record
	*l = Line{}
	if len(b) > MaxLine {
		return ErrLineTooLong
	}
	if precision <= 0 || time.Second%precision != 0 {
		return fmt.Errorf("precision %v: want a second or a milli-, micro- or nanosecond", precision)
	}
	s := scanner{b: b, perSecond: int64(time.Second / precision)}
	switch measurement := s.until(','); string(measurement) {
	case "interval":
		l.Type = RecordLine
		l.Record = s.record(before, &l.Ignored)
	case "card":
		l.Type = CardLine
		l.Card = s.card(&l.Ignored)
	case "event":
		l.Type = EventLine
		l.Event = s.event(&l.Ignored)
	default:
		s.at = 0
		s.fail("%s is not one of interval, card, event", excerpt(measurement))
	}
	if s.err != nil {
		*l = Line{}
	}
	return s.err
}

// record reads what follows "interval". The strings of the record before
// are used again where they are the same.
func (s *scanner) record(before Record, ignored *int) Record {
	r := Record{SI: math.NaN(), Min: math.NaN(), Max: math.NaN()}
	r.Site = names.get(s.tag(",site="), before.Site)
	r.Meter = names.get(s.tag(",meter="), before.Meter)
	r.Kind = Kind(names.get(s.tag(",kind="), string(before.Kind)))
	r.Length = s.length()
	fields := s.fields(recordFields, ignored, func(name int) {
		switch name {
		case fieldSI:
			r.SI = s.float()
		case fieldU:
			r.U = s.float()
		case fieldCov:
			r.Cov = s.float()
		case fieldMin:
			r.Min = s.float()
		case fieldMax:
			r.Max = s.float()
		case fieldFlags:
			r.Flags = Flags(s.integer())
		case fieldRev:
			r.Rev = s.revision()
		}
	})
	s.checkRecord(&r, fields)
	r.Start = s.time()
	return r
}

// card reads what follows "card".
func (s *scanner) card(ignored *int) Card {
	c := Card{Site: names.get(s.tag(",site="), ""), Meter: names.get(s.tag(",meter="), "")}
	var text []byte
	fields := s.fields(cardFields, ignored, func(name int) {
		if name == 0 {
			text = s.text()
		} else {
			c.Rev = s.revision()
		}
	})
	s.need(cardFields, fields, 0b11)
	c.ValidFrom = s.time()
	if s.err != nil {
		return c
	}
	var described any
	if c.Meter == SiteCard {
		c.Place = new(Site)
		described = c.Place
	} else {
		c.Point = new(Point)
		described = c.Point
	}
	if len(text) == 0 || text[0] != '{' {
		s.fail("field json: not a JSON object")
	} else if err := json.Unmarshal(text, described); err != nil {
		s.fail("field json: %v", err)
	}
	if c.Place != nil && len(c.Place.Circuits) == 0 {
		c.Place.Circuits = nil // none has one spelling
	}
	return c
}

// event reads what follows "event".
func (s *scanner) event(ignored *int) Event {
	e := Event{Site: names.get(s.tag(",site="), ""), Meter: names.get(s.tag(",meter="), "")}
	fields := s.fields(eventFields, ignored, func(name int) {
		if name == 0 {
			e.What = string(s.text())
		} else {
			e.Text = string(s.text())
		}
	})
	s.need(eventFields, fields, 0b11)
	if s.err == nil && !ValidID(e.What) {
		s.fail("field what: %s is not an id", excerpt([]byte(e.What)))
	}
	e.At = s.time()
	return e
}

// The fields of each line, by their place in the set of those seen.
var (
	recordFields = []string{"si", "u", "cov", "min", "max", "flags", "rev"}
	cardFields   = []string{"json", "rev"}
	eventFields  = []string{"what", "text"}
)

const (
	fieldSI = iota
	fieldU
	fieldCov
	fieldMin
	fieldMax
	fieldFlags
	fieldRev
)

// checkRecord refuses a record whose fields cannot be together.
func (s *scanner) checkRecord(r *Record, seen fieldSet) {
	const data, extremes = fieldSet(1 << fieldSI), fieldSet(1<<fieldMin | 1<<fieldMax)
	s.need(recordFields, seen, 1<<fieldCov|1<<fieldFlags|1<<fieldRev)
	switch {
	case s.err != nil:
	case r.Cov < 0 || r.Cov > 1:
		s.fail("field cov: %g is not a share from 0 to 1", r.Cov)
	case r.Cov > 0 && seen&data == 0:
		s.fail("cov is %g, but si is missing", r.Cov)
	case r.Cov == 0 && seen&(data|1<<fieldU|extremes) != 0:
		s.fail("cov is 0, so nothing is known: si, u, min and max must be absent")
	case r.U < 0:
		s.fail("field u: %g is negative", r.U)
	case seen&extremes != 0 && seen&extremes != extremes:
		s.fail("min and max come together or not at all")
	case r.Min > r.Max:
		s.fail("min %g is above max %g", r.Min, r.Max)
	case seen&extremes != 0 && natures[r.Kind].Extensive:
		s.fail("%s is an integral and has no min and max", r.Kind)
	}
}

// excerpt quotes the beginning of what was found.
func excerpt(b []byte) string {
	if len(b) > 40 {
		return fmt.Sprintf("%q…", b[:40])
	}
	return fmt.Sprintf("%q", b)
}

// validText reports whether b is UTF-8 without control characters.
func validText(b []byte) bool {
	for _, c := range b {
		if c < ' ' || c == 0x7f {
			return false
		}
	}
	return utf8.Valid(b)
}
