package store

import (
	"context"
	"fmt"
	"time"

	"thermie/interval"
)

// Limits of the inbox.
const (
	maxPiece = 250     // lines, so that a fold can take as little at a time as it needs
	maxPart  = 500     // pieces, cards and events that an append writes in one transaction
	fullRow  = 8 << 10 // bytes after which a row takes no more pieces
)

// piece is what one append adds to the inbox for one site.
type piece struct {
	site  string
	lines int
	data  []byte
}

// place is where a piece lies in the inbox.
type place struct {
	row      int64
	at, size int32 // bytes within the row
	lines    int32
}

// arrival is a piece that has got its place.
type arrival struct {
	site string
	place
}

// Append implements Store. Encoding runs in the caller's goroutine; only the
// insert waits for the writer.
func (e *Embedded) Append(ctx context.Context, b Batch) error {
	var refused []RefusedLine
	b.Records, refused = e.withoutExpired(b.Records)
	pieces, err := piecesOf(b.Records)
	if err != nil {
		return err
	}
	if b.Len() == 0 {
		return refusedOrNil(refused)
	}
	e.yield(ctx)
	for _, part := range partsOf(pieces, b) {
		if err := e.appendPart(ctx, part); err != nil {
			return fmt.Errorf("append %d lines: %w", b.Len(), err)
		}
	}
	return refusedOrNil(refused)
}

// part is what an append writes in one transaction.
type part struct {
	pieces []piece
	cards  []interval.Card
	events []interval.Event
}

// partsOf divides what is appended so that others wait for little of it at a
// time: a card costs the writer as much as hundreds of intervals.
func partsOf(pieces []piece, b Batch) (parts []part) {
	for len(pieces)+len(b.Cards)+len(b.Events) > 0 {
		var one part
		one.pieces, pieces = cutAt(pieces, maxPart)
		one.cards, b.Cards = cutAt(b.Cards, maxPart-len(one.pieces))
		one.events, b.Events = cutAt(b.Events, maxPart-len(one.pieces)-len(one.cards))
		parts = append(parts, one)
	}
	return parts
}

// cutAt parts a list behind its first few.
func cutAt[T any](list []T, most int) (first, rest []T) {
	n := min(most, len(list))
	return list[:n], list[n:]
}

func (e *Embedded) appendPart(ctx context.Context, p part) error {
	return e.submit(ctx, func(w *writer) error {
		for i := range p.pieces {
			if err := w.appendPiece(&p.pieces[i]); err != nil {
				return err
			}
		}
		for i := range p.cards {
			if err := w.appendCard(&p.cards[i]); err != nil {
				return err
			}
		}
		for i := range p.events {
			if err := w.appendEvent(&p.events[i]); err != nil {
				return err
			}
		}
		return nil
	}, func() {
		for i := range p.cards {
			e.restating.add(p.cards[i].Site, time.Now())
		}
	})
}

// arrive notes what is now in the inbox, and wakes a folder if a site is due.
func (e *Embedded) arrive(arrivals []arrival) {
	if e.pending.arrive(arrivals, time.Now()) {
		e.rouse()
	}
}

// Once this many sites wait to be folded, appends wait too: a store that
// takes faster than it can fold would fill the disk with its inbox.
const (
	patience = 500
	penalty  = 20 * time.Millisecond // for as many sites again
)

// yield lets the folders catch up, the longer the more there is to do.
func (e *Embedded) yield(ctx context.Context) {
	over := e.pending.overdue() - patience
	if over <= 0 {
		return
	}
	timer := time.NewTimer(min(penalty*time.Duration(over)/patience, 10*penalty))
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-timer.C:
	}
}

// piecesOf encodes records into pieces, one after the other for each site.
func piecesOf(recs []interval.Record) (pieces []piece, err error) {
	var sites []string
	bySite := map[string][]interval.Record{}
	for i := 0; i < len(recs); {
		n := i // a run of one site, which is mostly all
		for ; n < len(recs) && recs[n].Site == recs[i].Site; n++ {
			if err := checkRange(&recs[n]); err != nil {
				return nil, err
			}
		}
		site := recs[i].Site
		if have, known := bySite[site]; known {
			bySite[site] = append(have[:len(have):len(have)], recs[i:n]...)
		} else {
			sites = append(sites, site)
			bySite[site] = recs[i:n]
		}
		i = n
	}
	for _, site := range sites {
		for rest := bySite[site]; len(rest) > 0; {
			n := min(len(rest), maxPiece)
			pieces = append(pieces, piece{site, n, appendPiece(make([]byte, 0, 24*n), rest[:n])})
			rest = rest[n:]
		}
	}
	return pieces, nil
}
