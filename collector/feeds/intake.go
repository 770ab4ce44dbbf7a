package feeds

import (
	"bytes"
	"context"
	"fmt"
	"time"
)

// maxAhead is how far a reading's time may be ahead of the collector's
// clock: what comes in order after it would be too late.
const maxAhead = 10 * time.Minute

// Oldest is the earliest time that is believed of a line. What is older is a
// wrong precision, or the clock of a meter without a battery.
var Oldest = time.Date(1990, 1, 1, 0, 0, 0, 0, time.UTC)

// Intake takes the lines of one request.
type Intake struct {
	feed     *Feed
	now      time.Time
	point    Point
	lines    []taken
	readings []reading
	unmapped int
}

// taken is a line that could be read and mapped.
type taken struct{ number, from, to int } // its readings

// Refusal is a line that was refused, and why.
type Refusal struct {
	Line int
	Err  error
}

// Begin begins a request that came at now.
func (f *Feed) Begin(now time.Time) *Intake { return &Intake{feed: f, now: now} }

// Line reads and maps one line. An error means that the line is refused; a
// line without one counts once Commit has returned without an error.
func (in *Intake) Line(number int, line []byte, precision time.Duration) error {
	if err := in.line(number, line, precision); err != nil {
		in.feed.Counts.Refused.Add(1)
		return err
	}
	return nil
}

func (in *Intake) line(number int, line []byte, precision time.Duration) error {
	p := &in.point
	if err := p.Decode(line, precision); err != nil {
		return err
	}
	if p.At.IsZero() {
		p.At = in.now // as InfluxDB takes it
	}
	switch text := p.At.Format(time.RFC3339); {
	case p.At.Sub(in.now) > maxAhead:
		return fmt.Errorf("time %s is more than %s ahead (hint: check precision and clock)", text, maxAhead)
	case p.At.Before(Oldest):
		return fmt.Errorf("time %s is before 1990 (hint: check precision and clock)", text)
	}
	from := len(in.readings)
	readings, unmapped, err := in.feed.mapping.read(in.readings, p)
	if err != nil {
		return err
	}
	in.readings, in.unmapped = readings, in.unmapped+unmapped
	in.lines = append(in.lines, taken{number, from, len(readings)})
	return nil
}

// Len returns the number of lines that wait for Commit.
func (in *Intake) Len() int { return len(in.lines) }

// Commit makes what was taken durable. The refused lines count for nothing,
// all others are kept. An error means that nothing is promised and that the
// sender may send all of it again: what comes twice counts once.
func (in *Intake) Commit(ctx context.Context) ([]Refusal, error) {
	defer in.reset()
	f := in.feed
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := f.catchUp(ctx, in.now); err != nil {
		return nil, err
	}
	var refused []Refusal
	var entries []byte
	for _, line := range in.lines {
		more, err := f.stage(entries, in.readings[line.from:line.to])
		if err != nil {
			refused = append(refused, Refusal{line.number, err})
			f.Counts.Refused.Add(1)
		}
		entries = more
	}
	f.Counts.Unmapped.Add(int64(in.unmapped))
	if len(entries) == 0 {
		return refused, nil
	}
	if err := f.write(entry{kind: '.'}.append(entries)); err != nil {
		return nil, err
	}
	f.Counts.Readings.Add(int64(bytes.Count(entries, []byte("\n"))))
	if err := f.settle(ctx, 0); err != nil {
		f.slog.Warn("readings are safe, their intervals wait", "error", err)
		return refused, nil
	}
	return refused, f.checkpoint(maxLog)
}

// stage gives the readings of one line their places, all or none, and
// appends them to the entries for the log.
func (f *Feed) stage(entries []byte, readings []reading) ([]byte, error) {
	for _, r := range readings {
		t := f.bySeries[r.series]
		switch _, v := t.judge(r.sample); v {
		case late, differs:
			f.Counts.Late.Add(1)
			return entries, t.refusal(r.sample, v)
		}
	}
	for _, r := range readings {
		if _, v := f.bySeries[r.series].judge(r.sample); v == replayed {
			f.Counts.Replayed.Add(1)
			continue
		}
		f.bySeries[r.series].wait(r.sample)
		entries = entry{'r', r}.append(entries)
	}
	return entries, nil
}

func (in *Intake) reset() {
	in.lines, in.readings, in.unmapped = in.lines[:0], in.readings[:0], 0
}
