package store

import (
	"context"
	"fmt"
	"math"
	"slices"
	"testing"
	"time"

	"thermie/configs"
	"thermie/interval"
)

// The conformance suite: every store, as it is after an append and as it is
// once everything has settled, behaves as Store says.
func TestStores(t *testing.T) {
	for _, kind := range stores {
		for _, settled := range []bool{false, true} {
			t.Run(fmt.Sprintf("%s/settled=%v", kind.name, settled), func(t *testing.T) {
				engine := newEngine(t, kind)
				for name, test := range storeCases {
					t.Run(name, func(t *testing.T) {
						test(newStoreUnderTest(t, kind, engine.place(t), settled))
					})
				}
			})
		}
	}
}

var storeCases = map[string]func(*storeUnderTest){
	"nothing there":           testNothingThere,
	"append twice is once":    testTwiceIsOnce,
	"any order":               testAnyOrder,
	"range edges":             testRangeEdges,
	"corrections":             testCorrections,
	"conflicts":               testConflicts,
	"late by a year":          testLate,
	"overlapping lengths":     testOverlap,
	"a long one at the edge":  testLongAtTheEdge,
	"gaps are kept":           testGaps,
	"unknown kinds and flags": testUnknown,
	"out of range":            testOutOfRange,
	"cards":                   testCards,
	"events":                  testEvents,
	"concurrent writers":      testConcurrentWriters,
	"series":                  testSeries,
	"reopen":                  testReopen,
	"hours and days":          testHoursAndDays,
	"hours beside others":     testHoursBesideOthers,
}

// storeUnderTest is an open store and a shorthand for using it.
type storeUnderTest struct {
	Store
	t       *testing.T
	kind    storeKind
	cfg     *configs.Collector
	settled bool
}

func newStoreUnderTest(t *testing.T, kind storeKind, cfg *configs.Collector, settled bool) *storeUnderTest {
	s := &storeUnderTest{t: t, kind: kind, cfg: cfg, settled: settled}
	s.open()
	t.Cleanup(func() { s.close() })
	return s
}

func (s *storeUnderTest) open() {
	s.t.Helper()
	var err error
	if s.Store, err = s.kind.open(s.cfg); err != nil {
		s.t.Fatal(err)
	}
}

func (s *storeUnderTest) close() {
	s.t.Helper()
	if err := s.Close(); err != nil {
		s.t.Error(err)
	}
}

// give appends records and, if wanted, lets the store settle.
func (s *storeUnderTest) give(recs ...interval.Record) {
	s.t.Helper()
	if err := s.Append(context.Background(), Batch{Records: recs}); err != nil {
		s.t.Fatal(err)
	}
	s.settle()
}

func (s *storeUnderTest) settle() {
	s.t.Helper()
	if f, ok := s.Store.(interface{ Fold(context.Context) error }); ok && s.settled {
		if err := f.Fold(context.Background()); err != nil {
			s.t.Fatal(err)
		}
	}
}

// want compares what the store has of a range with the given records, which
// are sorted.
func (s *storeUnderTest) want(from, to int64, recs ...interval.Record) {
	s.t.Helper()
	got, err := s.Records(context.Background(), "paris-1", time.Unix(from, 0), time.Unix(to, 0))
	if err != nil {
		s.t.Fatal(err)
	}
	if !slices.EqualFunc(got, recs, interval.Record.Same) {
		s.t.Fatalf("the store has\n%s\nwant\n%s", linesOf(got), linesOf(recs))
	}
}

func linesOf(recs []interval.Record) (text string) {
	for _, r := range recs {
		text += string(r.AppendLine(nil)) + "\n"
	}
	return text
}

// noon is the instant around which the tests happen, 600 s before the end of
// a UTC day so that ranges cross it.
var noon = time.Date(2025, 7, 1, 23, 50, 0, 0, time.UTC).Unix()

// rec makes a live record of 600 s of one meter.
func rec(start int64, si float64) interval.Record {
	return interval.Record{Site: "paris-1", Meter: "it", Kind: interval.ElectricEnergy, Start: start, Length: 600,
		SI: si, U: 2078, Cov: 1, Min: math.NaN(), Max: math.NaN(), Flags: interval.Flags(interval.Live)}
}

func with(r interval.Record, change func(*interval.Record)) interval.Record { change(&r); return r }
