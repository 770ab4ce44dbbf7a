package modbus

import (
	"errors"
	"fmt"
	"log/slog"
	"math"
	"slices"
	"time"

	"thermie/configs"
)

// Reader asks one unit for registers, in as few requests as the device takes.
// What it learns of the device (a block that is refused, a register that is
// not there) it keeps.
type Reader struct {
	unit     Unit
	wanted   []configs.Register
	requests []request
	trial    *trial // nil: blocks say rightly what they hold
	log      *slog.Logger
}

// Answer is what one register said, and when.
type Answer struct {
	Said  bool    // else it was not read, and nothing below means anything
	Raw   []byte  // as it came
	Value float64 // in Unit; NaN: the device says that it has none
	Unit  string  // the register's, or the one that the device tells
	At    time.Time
}

// NewReader returns the reader of registers of the template t, which readers
// of alike devices may share. It fails where a register does not fit a
// request.
func NewReader(u Unit, t configs.Template, wanted []configs.Register, log *slog.Logger) (*Reader, error) {
	wanted = withTellers(wanted, t.Registers)
	r := &Reader{unit: u, wanted: wanted, log: log}
	maxWords := t.MaxWords
	if t.ZerosForUndefined || t.SilentOnIllegal {
		r.trial = &trial{wanted: wanted, maxWords: maxWords, failed: map[string]int{}}
		maxWords = 0
	}
	var err error
	r.requests, err = plan(wanted, maxWords)
	place(r.requests, wanted)
	return r, err
}

// Read asks once and returns what was answered, by register name; the error
// joins what failed. now stamps each answer.
func (r *Reader) Read(now func() time.Time) (map[string]Answer, error) {
	answers, err := r.ReadInto(nil, now)
	return byName(r.wanted, answers), err
}

// ReadInto is Read in the room of answers. Those to the registers that were
// asked for come first, in their order; what tells units comes behind.
func (r *Reader) ReadInto(answers []Answer, now func() time.Time) ([]Answer, error) {
	answers = slices.Grow(answers[:0], len(r.wanted))[:len(r.wanted)]
	clear(answers)
	var faults []error
	for i := 0; i < len(r.requests); i++ {
		q := r.requests[i]
		raw, err := r.unit.read(q)
		r.trial.note(q, err)
		switch {
		case err == nil:
			note(answers, q, raw, now())
		case refusesBlock(err) && r.splitAt(i):
			i-- // ask again, in parts
		default:
			faults = append(faults, fmt.Errorf("registers %d to %d: %w", q.address, int(q.address)+int(q.words)-1, err))
			if !IsException(err) { // silent: the rest would only wait
				r.postpone(i)
				i = len(r.requests)
			}
		}
	}
	r.conclude()
	if err := tellUnits(r.wanted, answers); err != nil {
		faults = append(faults, err)
	}
	return answers, errors.Join(faults...)
}

// Requests is how many requests one reading takes at present.
func (r *Reader) Requests() int { return len(r.requests) }

// RequestsInParts is how many it takes of a device that refuses every block
// with words that nobody asked for.
func (r *Reader) RequestsInParts() (n int) {
	for _, q := range r.requests {
		n += len(group(q.fields, int(q.words), 0))
	}
	return n
}

// MostRequests bounds what one reading asks, with every block that the device
// may still refuse asked again in its parts.
func (r *Reader) MostRequests() (most int) {
	for _, q := range r.requests {
		most += 1 + 2*len(q.fields)
	}
	return most
}

// place tells each field which answer is its own.
func place(requests []request, wanted []configs.Register) {
	for _, q := range requests {
		for i := range q.fields {
			f := &q.fields[i]
			f.answer = slices.IndexFunc(wanted, func(w configs.Register) bool { return w.Name == f.Name })
		}
	}
}

// byName are the answers that were given.
func byName(wanted []configs.Register, answers []Answer) map[string]Answer {
	said := map[string]Answer{}
	for i, a := range answers {
		if a.Said {
			said[wanted[i].Name] = a
		}
	}
	return said
}

// note keeps what the fields of one request said.
func note(answers []Answer, q request, raw []byte, at time.Time) {
	for _, f := range q.fields {
		bytes := q.cut(raw, f)
		value, ok := decode(bytes, f.Register)
		if !ok {
			value = math.NaN()
		}
		answers[f.answer] = Answer{true, bytes, value, f.Unit, at}
	}
}

// splitAt replaces a refused request by its parts, for good.
func (r *Reader) splitAt(i int) bool {
	q := r.requests[i]
	parts := q.split()
	if parts == nil {
		return false
	}
	r.log.Info("the device refuses a block; it is read in parts from now on",
		"from", q.address, "words", q.words, "parts", len(parts))
	r.requests = slices.Replace(r.requests, i, i+1, parts...)
	return true
}
