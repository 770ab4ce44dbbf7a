package agent

import (
	"cmp"
	"slices"
	"sync"

	"thermie/interval"
)

// mostWaiting bounds the inbox; a site of 1,000 channels fills it in minutes
// of a stalled disk, not before.
const mostWaiting = 200_000

// inbox holds readings between the sources, which must never wait, and the
// loop that builds intervals, which may wait for the disk.
type inbox struct {
	mu      sync.Mutex
	waiting []interval.Reading
	lost    int
}

// put adds readings; beyond the bound they are counted as lost.
func (b *inbox) put(readings []interval.Reading) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if len(b.waiting)+len(readings) > mostWaiting {
		b.lost += len(readings)
		return
	}
	b.waiting = append(b.waiting, readings...)
}

// take empties the inbox. The readings come in time order, because a broker
// that sends its backlog may be read by several handlers at once.
func (b *inbox) take() (readings []interval.Reading, lost int) {
	b.mu.Lock()
	readings, lost = b.waiting, b.lost
	b.waiting, b.lost = nil, 0
	b.mu.Unlock()
	slices.SortStableFunc(readings, func(x, y interval.Reading) int {
		return cmp.Or(x.At.Compare(y.At), cmp.Compare(x.Meter, y.Meter), cmp.Compare(x.Kind, y.Kind))
	})
	return readings, lost
}
