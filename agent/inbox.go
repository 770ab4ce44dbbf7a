package agent

import (
	"slices"
	"sync"

	"thermie/interval"
)

// mostWaiting bounds the inbox; a site of 1,000 channels fills it in minutes
// of a stalled disk, not before.
const mostWaiting = 200_000

// inbox holds readings between the sources, which must never wait, and the
// loop that builds intervals, which may wait for the disk. It looks at the
// clock at each delivery, so that a step stands between the readings before
// and those after it.
type inbox struct {
	watch *stepWatch // nil: nobody watches the clock

	mu      sync.Mutex
	waiting []interval.Reading
	spent   []interval.Reading // the room of those that were taken last
	leaps   []leap
	lost    int
}

// leap is a step of the clock that came before the nth reading.
type leap struct {
	step step
	n    int
}

// put adds readings; beyond the bound they are counted as lost.
func (b *inbox) put(readings []interval.Reading) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.look()
	if len(b.waiting)+len(readings) > mostWaiting {
		b.lost += len(readings)
		return
	}
	b.waiting = append(b.waiting, readings...)
}

func (b *inbox) look() {
	if b.watch == nil {
		return
	}
	if by := b.watch.look(); by != nil {
		b.leaps = append(b.leaps, leap{*by, len(b.waiting)})
	}
}

// delivery is a run of readings in time order, and the step of the clock
// before it.
type delivery struct {
	step     *step // nil: none
	readings []interval.Reading
}

// empty takes what waits. Between two steps of the clock the readings are put
// in time order, because a broker that sends its backlog may be read by
// several handlers at once. What was taken stands until the next call.
func (b *inbox) empty() (all []delivery, lost int) {
	b.mu.Lock()
	b.look()
	waiting, leaps := b.waiting, b.leaps
	lost = b.lost
	b.waiting, b.spent, b.leaps, b.lost = b.spent[:0], waiting, nil, 0
	b.mu.Unlock()
	end := len(waiting)
	for _, l := range slices.Backward(leaps) {
		all = append(all, delivery{&l.step, inTimeOrder(waiting[l.n:end])})
		end = l.n
	}
	all = append(all, delivery{nil, inTimeOrder(waiting[:end])})
	slices.Reverse(all)
	return all, lost
}

func inTimeOrder(readings []interval.Reading) []interval.Reading {
	slices.SortStableFunc(readings, func(x, y interval.Reading) int { return x.At.Compare(y.At) })
	return readings
}
