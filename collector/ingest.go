package collector

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"sync"
	"time"

	"thermie/collector/feeds"
	"thermie/collector/store"
	"thermie/interval"
)

// chunkLines is how many lines are handed to the store at once.
const chunkLines = 5000

// maxLength is that of the longest interval that anybody measures, a year's
// bill, in seconds.
const maxLength = 366 * 24 * 3600

// precisions are those of InfluxDB v2; without one, times are nanoseconds.
var precisions = map[string]time.Duration{
	"": time.Nanosecond, "ns": time.Nanosecond, "us": time.Microsecond, "ms": time.Millisecond, "s": time.Second,
}

// write answers POST /api/v2/write as InfluxDB v2 does: 204 when every line
// is stored, 400 with the lines and reasons when some were refused, the
// others being stored. There is one bucket, so org and bucket may say
// anything.
func (s *Server) write(w http.ResponseWriter, r *http.Request) {
	s.meter.requests.Add(1)
	site, ok := s.writer(r)
	if !ok {
		s.refuse(w, problem{http.StatusUnauthorized, "unauthorized", "unauthorized access: give the site's token as Authorization: Token …"})
		return
	}
	precision, ok := precisions[r.URL.Query().Get("precision")]
	if !ok {
		s.refuse(w, problem{http.StatusBadRequest, "invalid", fmt.Sprintf("precision %q is not one of ns, us, ms, s", r.URL.Query().Get("precision"))})
		return
	}
	body, err := plainBody(r)
	if err != nil {
		s.refuse(w, problem{http.StatusBadRequest, "invalid", err.Error()})
		return
	}
	in := intakes.Get().(*intake)
	in.reset()
	in.server, in.request, in.site, in.precision, in.latest = s, r, site, precision, s.now().Add(maxFuture).Unix()
	if in.series, err = s.series.of(r.Context(), site, s.store); err != nil {
		s.refuse(w, in.failure(storeError{err}))
		return
	}
	if feed := s.feeds.Of(site); feed != nil {
		in.fed = feed.Begin(s.now())
	}
	if err := in.take(body); err != nil {
		s.refuse(w, in.failure(err))
		return // a store that failed may still hold the batch
	}
	defer intakes.Put(in)
	if p, refused := in.verdict(); refused {
		s.refuse(w, p)
		return
	}
	w.WriteHeader(http.StatusNoContent)
}

// intakes are used again: a fleet's requests are small and many.
var intakes = sync.Pool{New: func() any { return new(intake) }}

// intake takes the lines of one request.
type intake struct {
	server    *Server
	request   *http.Request
	site      string
	precision time.Duration
	latest    int64 // Unix second

	batch    store.Batch
	numbers  [interval.EventLine + 1][]int // of the batch's lines in the body, by type
	line     interval.Line
	ordered  []byte        // a line with its tags put in order
	series   *siteSeries   // that the site has written
	fed      *feeds.Intake // takes the lines that are not ours; nil where the site has no feed
	stored   int
	foreign  int // refused because they are of another site
	ahead    int // refused because they are ahead of our clock
	refusals refusals
}

// reset forgets everything but the room that it has.
func (in *intake) reset() {
	*in = intake{batch: in.batch, numbers: in.numbers, line: in.line, ordered: in.ordered}
	in.empty()
}

// empty begins a new batch.
func (in *intake) empty() {
	in.batch = store.Batch{Records: in.batch.Records[:0]}
	for i := range in.numbers {
		in.numbers[i] = in.numbers[i][:0]
	}
}

// take reads the whole body and stores every good line. It fails if the body
// cannot be read to its end or the store cannot keep it. Of a body that is too
// large, the lines within the limit are stored: its sender may go on behind
// them.
func (in *intake) take(body io.Reader) error {
	err := in.refuseLong(interval.ReadLines(body, in.each))
	_, large := tooLarge(err)
	if err != nil && !large && !errors.Is(err, errManyRefused) {
		return err
	}
	if failed := in.flush(); failed != nil || !large {
		return failed
	}
	return err
}

// refuseLong notes the lines that were passed over because they are too
// long, and returns what else went wrong.
func (in *intake) refuseLong(err error) (other error) {
	faults := []error{err}
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		faults = joined.Unwrap()
	}
	for _, fault := range faults {
		var line *interval.LineError
		if errors.Is(fault, interval.ErrLineTooLong) && errors.As(fault, &line) {
			in.refusals.add(line.Number, line.Err)
			continue
		}
		other = errors.Join(other, fault)
	}
	return other
}

// each takes one line. Only the store's error ends the reading, and too many
// refusals.
func (in *intake) each(number int, line []byte) error {
	err := in.accept(line)
	switch {
	case err == nil:
		in.numbers[in.line.Type] = append(in.numbers[in.line.Type], number)
		in.batch.Add(&in.line)
	case in.fed != nil && !ourLine(line):
		err = in.fed.Line(number, line, in.precision)
	}
	if err != nil {
		if in.refusals.add(number, err); in.refusals.count >= maxRefused {
			in.refusals.ended = number
			return errManyRefused
		}
		return nil
	}
	if in.batch.Len() >= chunkLines || in.fed != nil && in.fed.Len() >= chunkLines {
		return in.flush()
	}
	return nil
}

// decode reads a line of the wire into in.line, with its tags in any order.
func (in *intake) decode(line []byte) error {
	err := in.line.Decode(line, in.precision)
	if err == nil {
		return nil
	}
	ordered, ok, misfit := wireOrder(in.ordered[:0], line)
	in.ordered = ordered
	if misfit != nil {
		return misfit
	}
	if ok {
		return in.line.Decode(ordered, in.precision)
	}
	return err
}

// accept decodes a line into in.line and checks that this sender may say it
// now.
func (in *intake) accept(line []byte) error {
	l := &in.line
	if err := in.decode(line); err != nil {
		return err
	}
	in.server.meter.ignored.Add(int64(l.Ignored))
	site, from, to := l.Record.Site, l.Record.Start, l.Record.End()
	switch l.Type {
	case interval.CardLine:
		site, from, to = l.Card.Site, feeds.Oldest.Unix(), l.Card.ValidFrom // a card may hold since ever
	case interval.EventLine:
		site, from, to = l.Event.Site, l.Event.At, l.Event.At
	}
	switch {
	case site != in.site:
		in.foreign++
		return fmt.Errorf("site %s is not the site of this token", site)
	case to > in.latest:
		in.ahead++
		return fmt.Errorf("time %s is more than a day ahead (hint: check precision and clock)", time.Unix(to, 0).UTC().Format(time.RFC3339))
	case from < feeds.Oldest.Unix():
		return fmt.Errorf("time %s is before 1990 (hint: check precision and clock)", time.Unix(from, 0).UTC().Format(time.RFC3339))
	case l.Type == interval.RecordLine && l.Record.Length > maxLength:
		return fmt.Errorf("len=%d is more than a year (hint: it is in seconds)", l.Record.Length)
	}
	return in.series.allow(l)
}

// flush hands the collected lines to the store and to the site's feed.
func (in *intake) flush() error {
	if err := in.flushBatch(); err != nil {
		return err
	}
	return in.flushFed()
}

// flushFed makes the foreign lines durable; the feed may refuse some.
func (in *intake) flushFed() error {
	if in.fed == nil || in.fed.Len() == 0 {
		return nil
	}
	stored := in.fed.Len()
	refused, err := in.fed.Commit(in.request.Context())
	if err != nil {
		return storeError{err}
	}
	for _, one := range refused {
		in.refusals.add(one.Line, one.Err)
	}
	in.stored += stored - len(refused)
	return nil
}

// flushBatch hands the collected lines to the store, which may refuse some.
func (in *intake) flushBatch() error {
	stored := in.batch.Len()
	err := in.server.store.Append(in.request.Context(), in.batch)
	if refused := (*store.Refused)(nil); errors.As(err, &refused) {
		for _, line := range refused.Lines {
			in.refusals.add(in.numbers[line.Type][line.Index], line.Err)
		}
		stored -= len(refused.Lines)
		in.server.log.Error("store refused lines", "site", in.site, "error", err)
	} else if err != nil {
		return storeError{err}
	}
	in.stored += stored
	in.server.meter.lines.Add(int64(stored))
	in.empty()
	return nil
}
