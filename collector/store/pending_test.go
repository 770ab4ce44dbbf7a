package store

import (
	"context"
	"testing"
	"time"

	"thermie/interval"
)

// plenty of lines make any site due.
const plenty = 2 * foldAt

// A row of the inbox stays until the last piece in it is folded, and a site
// that is being folded is given to nobody else.
func TestPendingKnowsWhatIsDone(t *testing.T) {
	var p pending
	p.arrive([]arrival{
		{"a", place{row: 7, lines: plenty}}, {"b", place{row: 7, lines: 1}},
		{"a", place{row: 8, lines: 2}}, {"b", place{row: 9, lines: 1}},
	}, time.Unix(0, 0))
	site, ok := p.next()
	if !ok || site != "a" {
		t.Fatalf("due is %q, %v", site, ok)
	}
	p.age(time.Unix(1, 0))
	if again, _ := p.next(); again != "b" {
		t.Errorf("beside a, %q is folded", again)
	}
	places, lines := p.some("a", 1)
	if len(places) != 1 || lines != plenty {
		t.Errorf("%v with %d lines are taken", places, lines)
	}
	p.folded("a", 1, plenty)
	p.release("a")
	if first, _ := p.firstRow(); first != 7 || p.lines() != 4 {
		t.Errorf("b waits in row 7, but %d is the first; %d lines", first, p.lines())
	}
	p.folded("b", 1, 1)
	if first, _ := p.firstRow(); first != 8 {
		t.Errorf("row %d is the first, not 8", first)
	}
	p.setAside("b")
	p.release("b")
	p.age(time.Unix(1<<40, 0))
	one, _ := p.next()
	other, _ := p.next()
	if one+other != "ab" && one+other != "ba" {
		t.Errorf("%q and %q are due; what could not be folded is tried again with the others", one, other)
	}
}

// Every folder looks at the ages in its turn, and how many sites wait decides
// how long an append does: a site counts once, and not while it is folded.
func TestASiteWaitsForItsTurnOnce(t *testing.T) {
	var p pending
	p.arrive([]arrival{{"a", place{row: 1, lines: plenty}}, {"b", place{row: 1, lines: 1}}}, time.Unix(0, 0))
	for range folders {
		p.age(time.Unix(1, 0))
	}
	if n := p.overdue(); n != 2 {
		t.Errorf("%d sites of two wait for their turn", n)
	}
	p.next()
	p.age(time.Unix(1, 0))
	if n := p.overdue(); n != 1 {
		t.Errorf("while a is folded, %d sites wait, not b alone", n)
	}
	p.arrive([]arrival{{"a", place{row: 2, lines: plenty}}}, time.Unix(0, 0))
	p.folded("a", 1, plenty)
	p.release("a")
	if n := p.overdue(); n != 2 {
		t.Errorf("%d sites wait after as much has come of a again", n)
	}
}

// What is folded leaves the inbox, across a restart too.
func TestTheInboxIsEmptied(t *testing.T) {
	dir, ctx := t.TempDir(), context.Background()
	for round := range int64(3) {
		e, err := OpenEmbedded(dir)
		if err != nil {
			t.Fatal(err)
		}
		for i := range int64(20) {
			if err := e.Append(ctx, Batch{Records: []interval.Record{rec(noon+(round*20+i)*600, 1)}}); err != nil {
				t.Fatal(err)
			}
		}
		if err := e.Fold(ctx); err != nil {
			t.Fatal(err)
		}
		var rows int64
		if err := e.read.QueryRow("SELECT count(*) FROM inbox").Scan(&rows); err != nil || rows > 20 {
			t.Errorf("round %d: %d rows are left, %v", round, rows, err)
		}
		counts, err := e.Counts(ctx)
		if err != nil || counts.Pending != 0 || counts.Intervals != (round+1)*20 {
			t.Errorf("round %d: %+v, %v", round, counts, err)
		}
		if err := e.Close(); err != nil {
			t.Fatal(err)
		}
	}
}
