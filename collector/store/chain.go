package store

import (
	"slices"

	"thermie/interval"
)

// outcome is what became of a record that came to a chain; it is also the
// name of its row in the table count.
type outcome string

const (
	added     outcome = "intervals" // the first with its key
	replayed  outcome = "replayed"  // the same line again
	corrected outcome = "corrected" // took the place of a lower revision
	outdated  outcome = "outdated"  // lower than what is there: ignored
	conflicts outcome = "conflicts" // says something else under the same revision: ignored
)

// tally counts outcomes.
type tally map[outcome]int64

// chain is the records of one series in order of start, one a start.
type chain struct {
	recs    []interval.Record
	changed bool
	touched span // from the first to the end of the last record that changed
}

// touch notes that r is new in the chain.
func (c *chain) touch(r *interval.Record) {
	if !c.changed {
		c.changed, c.touched = true, span{r.Start, r.End()}
		return
	}
	c.touched.from, c.touched.to = min(c.touched.from, r.Start), max(c.touched.to, r.End())
}

// absorb gives r its place in the chain, by the rule that Store states.
func (c *chain) absorb(r *interval.Record, t tally) {
	at, found := slices.BinarySearchFunc(c.recs, r.Start, func(have interval.Record, start int64) int {
		return int(have.Start - start)
	})
	if !found {
		c.recs = slices.Insert(c.recs, at, *r)
		c.touch(r)
		t[added]++
		return
	}
	have := &c.recs[at]
	switch {
	case r.Supersedes(*have):
		*have = *r
		c.touch(r)
		t[corrected]++
	case r.Same(*have):
		t[replayed]++
	case have.Supersedes(*r):
		t[outdated]++
	default:
		t[conflicts]++
	}
}
