package store

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"time"

	"thermie/interval"
)

func testNothingThere(s *storeUnderTest) {
	s.want(0, 1<<31)
	cards, err := s.Cards(context.Background(), "paris-1")
	if err != nil || len(cards) != 0 {
		s.t.Errorf("cards of a site that is not there: %v, %v", cards, err)
	}
	s.give()
	if sites, err := s.Sites(context.Background()); err != nil || len(sites) != 0 {
		s.t.Errorf("sites: %v, %v", sites, err)
	}
}

func testTwiceIsOnce(s *storeUnderTest) {
	a, b := rec(noon, 3.6e6), rec(noon+600, 7.2e6)
	s.give(a, b)
	s.give(a, b, b)
	s.give(b)
	s.want(0, 1<<31, a, b)
	if c := s.counts(); s.settled && (c.Intervals != 2 || c.Replayed != 4) {
		s.t.Errorf("counts are %+v", c)
	}
}

func (s *storeUnderTest) counts() Counts {
	s.t.Helper()
	c, err := s.Counts(context.Background())
	if err != nil {
		s.t.Fatal(err)
	}
	return c
}

// Whatever order lines come in, and wherever folds fall between them, the
// store ends with the same content.
func testAnyOrder(s *storeUnderTest) {
	random := rand.New(rand.NewPCG(7, 11))
	var all, last []interval.Record
	for i := range int64(30) {
		for rev := range 3 {
			all = append(all, with(rec(noon+i*600, float64(i*10+int64(rev))), func(r *interval.Record) { r.Rev = int32(rev) }))
		}
		last = append(last, all[len(all)-1])
	}
	random.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	for part := range slices.Chunk(all, 7) {
		s.give(part...)
	}
	s.want(0, 1<<31, last...)
}

func testRangeEdges(s *storeUnderTest) {
	a, b, c := rec(noon-600, 1), rec(noon, 2), rec(noon+600, 3)
	s.give(c, a, b)
	s.want(noon-600, noon+600, a, b)
	s.want(noon, noon, []interval.Record{}...)
	s.want(noon-599, noon+601, b, c)
	s.want(noon+600, noon+601, c)
	got, err := s.Records(context.Background(), "paris-1", time.Time{}, time.Unix(1<<40, 0))
	if err != nil || len(got) != 3 {
		s.t.Errorf("from ever to ever: %d records, %v", len(got), err)
	}
}

func testCorrections(s *storeUnderTest) {
	first := rec(noon, 100)
	better := with(first, func(r *interval.Record) { r.SI, r.Rev = 110, 2 })
	lower := with(first, func(r *interval.Record) { r.SI, r.Rev = 105, 1 })
	imported := with(first, func(r *interval.Record) { r.SI, r.Rev, r.Flags = 90, 9, interval.Flags(interval.Imported) })
	byHand := with(first, func(r *interval.Record) { r.SI, r.Flags = 120, interval.Flags(interval.Correction) })
	for _, step := range []struct{ give, want interval.Record }{
		{imported, imported}, {first, first}, {better, better}, {lower, better}, {imported, better}, {byHand, byHand}, {better, byHand},
	} {
		s.give(step.give)
		s.want(0, 1<<31, step.want)
	}
	if c := s.counts(); s.settled && (c.Intervals != 1 || c.Corrected != 3 || c.Outdated != 3) {
		s.t.Errorf("counts are %+v", c)
	}
}

// A source that says two things under one revision is wrong; what was said
// first stays, and it shows.
func testConflicts(s *storeUnderTest) {
	first := rec(noon, 100)
	s.give(first)
	s.give(with(first, func(r *interval.Record) { r.SI = 200 }))
	s.want(0, 1<<31, first)
	if c := s.counts(); s.settled && c.Conflicts != 1 {
		s.t.Errorf("counts are %+v", c)
	}
}

func testLate(s *storeUnderTest) {
	year := int64(365 * secondsPerDay)
	now, late := rec(noon, 2), rec(noon-year, 1)
	s.give(now)
	s.give(late)
	s.want(noon-year, noon+600, late, now)
	s.give(with(late, func(r *interval.Record) { r.SI, r.Rev = 3, 1 }))
	s.want(noon-year, noon-year+600, with(late, func(r *interval.Record) { r.SI, r.Rev = 3, 1 }))
}

func testOverlap(s *storeUnderTest) {
	hour := with(rec(noon, 60), func(r *interval.Record) { r.Length = 3600 })
	next := with(rec(noon+3600, 70), func(r *interval.Record) { r.Length = 3600 })
	ten := rec(noon+1200, 10)
	s.give(hour, next)
	s.want(0, 1<<31, hour, next)
	s.give(ten)
	s.want(0, 1<<31, ten, next)

	var kept []interval.Record
	if err := s.Walk(context.Background(), "paris-1", func(r *interval.Record) error { kept = append(kept, *r); return nil }); err != nil {
		s.t.Fatal(err)
	}
	if all := []interval.Record{hour, next, ten}; !slices.EqualFunc(kept, all, interval.Record.Same) {
		s.t.Errorf("walk gives\n%s\nwant\n%s", linesOf(kept), linesOf(all))
	}
}

// An hour that begins in the range is covered by a shorter interval that
// does not, on the next day: it must not come up when only its first minutes
// are asked for.
func testLongAtTheEdge(s *storeUnderTest) {
	hour := with(rec(noon, 60), func(r *interval.Record) { r.Length = 3600 })
	ten := rec(noon+1200, 10)
	s.give(hour, ten)
	s.want(noon, noon+600)
	s.want(noon, noon+1201, ten)
}

func testGaps(s *storeUnderTest) {
	gap := with(rec(noon, math.NaN()), func(r *interval.Record) { r.Cov, r.U = 0, 0 })
	zero := rec(noon+600, 0)
	s.give(gap, zero)
	s.want(0, 1<<31, gap, zero)
}

func testUnknown(s *storeUnderTest) {
	strange := with(rec(noon, 12.5), func(r *interval.Record) {
		r.Kind, r.Flags, r.Min, r.Max = "neutron_flux", 1<<40|interval.Flags(interval.Live), 12, 13
	})
	s.give(strange)
	s.want(0, 1<<31, strange)
}

func testOutOfRange(s *storeUnderTest) {
	for name, r := range map[string]interval.Record{
		"before 1970": rec(-1, 1),
		"far future":  rec(1<<40, 1),
		"no length":   with(rec(noon, 1), func(r *interval.Record) { r.Length = 0 }),
	} {
		if err := s.Append(context.Background(), Batch{Records: []interval.Record{r}}); err == nil {
			s.t.Errorf("%s: no error", name)
		}
	}
	s.want(0, 1<<31)
}

func testCards(s *storeUnderTest) {
	card := func(meter string, from int64, rev int32, name string) interval.Card {
		return interval.Card{Site: "paris-1", Meter: meter, ValidFrom: from, Rev: rev,
			Point: &interval.Point{Name: name, Role: interval.RoleIT, Data: interval.MeasuredData}}
	}
	place := interval.Card{Site: "paris-1", Meter: interval.SiteCard, ValidFrom: 50, Place: &interval.Site{Name: "Paris « 1 »", Operator: "Opé\nrateur"}}
	old, wrong, right := card("it", 100, 0, "IT"), card("it", 200, 0, "IT, misspelt"), card("it", 200, 1, "IT, new meter")
	for range 2 {
		for _, c := range []interval.Card{right, wrong, place, old} {
			if err := s.Append(context.Background(), Batch{Cards: []interval.Card{c}}); err != nil {
				s.t.Fatal(err)
			}
		}
	}
	got, err := s.Cards(context.Background(), "paris-1")
	if err != nil {
		s.t.Fatal(err)
	}
	want := []interval.Card{place, old, right}
	if len(got) != len(want) {
		s.t.Fatalf("%d cards: %v", len(got), got)
	}
	for i := range want {
		if g, w := string(got[i].AppendLine(nil)), string(want[i].AppendLine(nil)); g != w {
			s.t.Errorf("card %d is %s, want %s", i, g, w)
		}
	}
	if err := s.Append(context.Background(), Batch{Cards: []interval.Card{card("it", 100, 0, "another story")}}); err != nil {
		s.t.Fatal(err)
	}
	if c := s.counts(); c.Conflicts != 1 {
		s.t.Errorf("counts are %+v", c)
	}
}

func testEvents(s *storeUnderTest) {
	gap := interval.Event{Site: "paris-1", Meter: "it", What: "gap", Text: "no answer, 3 h", At: noon}
	reset := interval.Event{Site: "paris-1", Meter: "it", What: "reset", Text: `"quoted", \ and = é`, At: noon + 5}
	for range 2 {
		if err := s.Append(context.Background(), Batch{Events: []interval.Event{reset, gap}}); err != nil {
			s.t.Fatal(err)
		}
	}
	for _, one := range []struct {
		from, to int64
		want     []interval.Event
	}{
		{0, 1 << 31, []interval.Event{gap, reset}}, {noon, noon + 5, []interval.Event{gap}}, {noon + 1, noon + 6, []interval.Event{reset}},
	} {
		got, err := s.Events(context.Background(), "paris-1", time.Unix(one.from, 0), time.Unix(one.to, 0))
		if err != nil || !slices.Equal(got, one.want) {
			s.t.Errorf("events are %v, %v; want %v", got, err, one.want)
		}
	}
}

func testConcurrentWriters(s *storeUnderTest) {
	const writers, batches, lines = 8, 12, 25
	done := make(chan error)
	for writer := range int64(writers) {
		go func() {
			done <- func() error {
				for batch := range int64(batches) {
					var b Batch
					for i := range int64(lines) {
						r := rec(noon+(batch*lines+i)*600, float64(i))
						r.Meter = fmt.Sprintf("meter-%d", writer)
						b.Records = append(b.Records, r)
					}
					if err := s.Append(context.Background(), b); err != nil {
						return err
					}
					// What was acknowledged is seen at once, folding or not.
					got, err := s.Records(context.Background(), "paris-1", time.Unix(b.Records[0].Start, 0), time.Unix(b.Records[lines-1].End(), 0))
					if err != nil {
						return err
					}
					mine := slices.DeleteFunc(got, func(r interval.Record) bool { return r.Meter != b.Records[0].Meter })
					if !slices.EqualFunc(mine, b.Records, interval.Record.Same) {
						return fmt.Errorf("writer %d: of batch %d the store has\n%s", writer, batch, linesOf(mine))
					}
				}
				return nil
			}()
		}()
	}
	for range writers {
		s.settle()
		if err := <-done; err != nil {
			s.t.Error(err)
		}
	}
	s.settle()
	got, err := s.Records(context.Background(), "paris-1", time.Unix(0, 0), time.Unix(1<<31, 0))
	if err != nil || len(got) != writers*batches*lines {
		s.t.Errorf("%d records, %v", len(got), err)
	}
}

func testReopen(s *storeUnderTest) {
	a, b := rec(noon, 1), rec(noon+600, 2)
	s.give(a)
	s.close()
	s.open()
	s.give(a, b)
	s.want(0, 1<<31, a, b)
	s.close()
	s.open()
	s.want(0, 1<<31, a, b)
	if sites, err := s.Sites(context.Background()); err != nil || !slices.Equal(sites, []string{"paris-1"}) {
		s.t.Errorf("sites: %v, %v", sites, err)
	}
}
