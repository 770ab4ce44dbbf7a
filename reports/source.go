package reports

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"time"

	"thermie/interval"
)

// Source is where a report's cards and intervals come from: a collector's
// store or an export file. A site that the source does not know has no cards
// and no records, which is not an error.
type Source interface {
	// Sites returns the ids of all sites, sorted.
	Sites(ctx context.Context) ([]string, error)
	// Cards returns every version of the cards of a site and its points.
	Cards(ctx context.Context, site string) ([]interval.Card, error)
	// Hours returns what a site's merged records say by UTC hour, for the
	// hours that begin in [from, to), as interval.Hourly sums them up: what
	// figures are computed from.
	Hours(ctx context.Context, site string, from, to time.Time) ([]interval.Record, error)
	// Records returns the merged records of a site that begin in [from, to):
	// what figures are explained by. Where the source keeps hours alone they
	// stand for the records.
	Records(ctx context.Context, site string, from, to time.Time) ([]interval.Record, error)
}

// File is an export file as a Source: lines in the wire form of package
// interval, in any order, held in memory. A line that cannot be read is set
// aside and counted; the others stand.
type File struct {
	name    string
	cards   map[string][]interval.Card
	records map[string][]interval.Record
	faults  []error
	refused int
}

// maxFaults bounds how many faults of a file are kept with their text.
const maxFaults = 20

// OpenFile reads the export file at path.
func OpenFile(path string) (*File, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("reading the export: %w", err)
	}
	defer f.Close()
	return ReadFile(path, f)
}

// ReadFile reads an export from r; name is what errors call it. It fails
// when r cannot be read or when not a single line of it is understood.
func ReadFile(name string, r io.Reader) (*File, error) {
	f := &File{name: name, cards: map[string][]interval.Card{}, records: map[string][]interval.Record{}}
	understood := 0
	err := interval.ReadLines(r, func(number int, line []byte) error {
		if err := f.add(line); err != nil {
			f.refuse(fmt.Errorf("%s:%d: %w", name, number, err))
			return nil
		}
		understood++
		return nil
	})
	var tooLong *interval.LineError
	if errors.As(err, &tooLong) {
		f.refuse(fmt.Errorf("%s: %w", name, err))
	} else if err != nil {
		return nil, fmt.Errorf("reading %s: %w", name, err)
	}
	if understood == 0 && f.refused > 0 {
		return nil, fmt.Errorf("%s holds no line that thermie understands; the first: %w\nhint: this wants the output of `thermie export`", name, f.faults[0])
	}
	for site, records := range f.records {
		f.records[site] = interval.Merge(records)
	}
	return f, nil
}

// add takes one line in.
func (f *File) add(line []byte) error {
	var l interval.Line
	if err := l.Decode(line, time.Second); err != nil {
		return err
	}
	switch l.Type {
	case interval.RecordLine:
		f.records[l.Record.Site] = append(f.records[l.Record.Site], l.Record)
	case interval.CardLine:
		f.cards[l.Card.Site] = append(f.cards[l.Card.Site], l.Card)
	}
	return nil
}

// refuse notes a fault.
func (f *File) refuse(err error) {
	f.refused++
	if len(f.faults) < maxFaults {
		f.faults = append(f.faults, err)
	}
}

// Faults returns how many lines were set aside and the first of their
// faults, each with file and line.
func (f *File) Faults() (refused int, first []error) { return f.refused, f.faults }

// Sites implements Source.
func (f *File) Sites(context.Context) ([]string, error) {
	ids := map[string]bool{}
	for site := range f.cards {
		ids[site] = true
	}
	for site := range f.records {
		ids[site] = true
	}
	return slices.Sorted(maps.Keys(ids)), nil
}

// Cards implements Source.
func (f *File) Cards(_ context.Context, site string) ([]interval.Card, error) {
	return f.cards[site], nil
}

// Hours implements Source.
func (f *File) Hours(_ context.Context, site string, from, to time.Time) ([]interval.Record, error) {
	return interval.Hourly(f.records[site], from.Unix(), to.Unix()), nil
}

// Records implements Source.
func (f *File) Records(_ context.Context, site string, from, to time.Time) ([]interval.Record, error) {
	var within []interval.Record
	for _, r := range f.records[site] {
		if r.Start >= from.Unix() && r.Start < to.Unix() {
			within = append(within, r)
		}
	}
	return slices.Clip(within), nil
}

// Span returns when a site's intervals begin and end; ok is false where it
// has none.
func (f *File) Span(_ context.Context, site string) (from, to time.Time, ok bool, err error) {
	var first, last int64
	for i, r := range f.records[site] {
		if i == 0 || r.Start < first {
			first = r.Start
		}
		last = max(last, r.End())
	}
	return time.Unix(first, 0), time.Unix(last, 0), len(f.records[site]) > 0, nil
}
