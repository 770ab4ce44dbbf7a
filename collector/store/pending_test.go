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

// Every folder looks at the ages in its turn, and how many sites wait with
// much decides how long an append does: a site counts once, not while it is
// folded, and not for its age.
func TestASiteWaitsForItsTurnOnce(t *testing.T) {
	var p pending
	waits := func(when string, sites, late int) {
		t.Helper()
		if n := p.overdue(); len(p.due) != sites || n != late {
			t.Errorf("%s: %d sites wait, %d of them with much; want %d and %d", when, len(p.due), n, sites, late)
		}
	}
	p.arrive([]arrival{{"a", place{row: 1, lines: plenty}}, {"b", place{row: 1, lines: 1}}}, time.Unix(0, 0))
	waits("at first", 1, 1)
	for range folders {
		p.age(time.Unix(1, 0))
	}
	waits("when they are old", 2, 1)
	p.next()
	p.age(time.Unix(1, 0))
	waits("while a is folded", 1, 0)
	p.arrive([]arrival{{"a", place{row: 2, lines: plenty}}}, time.Unix(0, 0))
	p.folded("a", 1, plenty)
	p.release("a")
	waits("after as much has come of a again", 2, 1)
	p.arrive([]arrival{{"b", place{row: 3, lines: plenty}}}, time.Unix(0, 0))
	waits("after much has come of b", 2, 2)
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
