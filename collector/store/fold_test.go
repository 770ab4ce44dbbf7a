package store

import (
	"context"
	"testing"

	"thermie/interval"
)

// A site that comes with thousands of series at once is folded in many short
// transactions: others wait for one at a time.
func TestAFoldWritesFewNewSeriesAtOnce(t *testing.T) {
	e := openedEmbedded(t)
	batch := newcomer(5000)
	e.folding.Lock() // the folders of the store look on
	if err := e.Append(t.Context(), batch); err != nil {
		t.Fatal(err)
	}
	one := &fold{site: "newcomer", blocks: map[seriesDay]*chain{}, tally: tally{}}
	one.places, one.lines = e.pending.some(one.site, foldMost)
	if err := one.read(t.Context(), e.read); err != nil {
		t.Fatal(err)
	}
	if most := 2 * foldBlocks / foldSeries; !one.cut || len(one.blocks) > most || one.lines != len(one.blocks) {
		t.Errorf("a fold of %d lines writes %d blocks, more than %d", one.lines, len(one.blocks), most)
	}
	e.folding.Unlock()
	if err := e.Fold(t.Context()); err != nil {
		t.Fatal(err)
	}
	counts, err := e.Counts(t.Context())
	if want := (Counts{Intervals: int64(len(batch.Records))}); err != nil || counts != want {
		t.Errorf("%+v, %v; want %+v", counts, err, want)
	}
}

// Where a commit stands and its note does not, a fold is told that it failed.
// What it has folded is not folded again, nor what came later lost.
func TestAFoldThatWasToldItFailedIsFoldedOnce(t *testing.T) {
	e := openedEmbedded(t)
	e.folding.Lock()
	appendAll(t, e, rec(noon, 1))
	one := &fold{site: "paris-1", blocks: map[seriesDay]*chain{}, tally: tally{}}
	one.places, one.lines = e.pending.some(one.site, foldMost)
	if err := one.read(t.Context(), e.read); err != nil {
		t.Fatal(err)
	}
	if err := e.submit(t.Context(), func(w *writer) error { return w.storeFold(one, one.pack(), one.stale()) }, nil); err != nil {
		t.Fatal(err)
	}
	appendAll(t, e, rec(noon+600, 2))
	e.folding.Unlock()
	if err := e.Fold(t.Context()); err != nil {
		t.Fatal(err)
	}
	counts, err := e.Counts(t.Context())
	if want := (Counts{Intervals: 2}); err != nil || counts != want {
		t.Errorf("%+v, %v; want %+v", counts, err, want)
	}
	if recs := recordsOf(t, e); len(recs) != 2 {
		t.Errorf("it holds\n%s", linesOf(recs))
	}
}

// Thousands of intervals, each of a length of its own and longer than a year,
// mark the days that they touch once and not once each.
func TestLongIntervalsMarkTheirDaysOnce(t *testing.T) {
	f := fold{ids: map[series]int64{}, blocks: map[seriesDay]*chain{}, keptFrom: dayOf(noon)}
	for length := range int32(5000) {
		r := with(rec(noon, 1), func(r *interval.Record) { r.Length += 400*secondsPerDay + length })
		f.chainOf(&r).absorb(&r, tally{})
	}
	if days := f.stale(); len(days) != 1 || days[0] != (dayRun{dayOf(noon), lastDay}) {
		t.Errorf("the days are %v", days)
	}
}

func openedEmbedded(t *testing.T) *Embedded {
	t.Helper()
	e, err := OpenEmbedded(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { e.Close() })
	return e
}

func appendAll(t *testing.T, e *Embedded, recs ...interval.Record) {
	t.Helper()
	if err := e.Append(context.Background(), Batch{Records: recs}); err != nil {
		t.Fatal(err)
	}
}
