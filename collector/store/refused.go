package store

import (
	"fmt"

	"thermie/interval"
)

// Refused is the error of an Append of which the engine will never take some
// lines, however often they are sent. All other lines of the batch are
// durable.
type Refused struct{ Lines []RefusedLine }

// RefusedLine names a line of a batch, by its list and its place in it, and
// says why it was refused.
type RefusedLine struct {
	Type  interval.LineType
	Index int
	Err   error
}

func (r *Refused) Error() string {
	return fmt.Sprintf("%d lines refused for good, the first because %v", len(r.Lines), r.Lines[0].Err)
}

// refusedOrNil is the error of an append of which these lines were refused.
func refusedOrNil(lines []RefusedLine) error {
	if len(lines) == 0 {
		return nil
	}
	return &Refused{lines}
}

// checkRange refuses a record that no store has room for.
func checkRange(r *interval.Record) error {
	if r.Start < 0 || dayOf(r.Start) > lastDay || r.Length <= 0 {
		return fmt.Errorf("append: interval of %s/%s at %d with length %d s is out of the store's range",
			r.Site, r.Meter, r.Start, r.Length)
	}
	return nil
}
