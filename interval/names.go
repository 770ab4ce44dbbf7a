package interval

import (
	"hash/maphash"
	"sync/atomic"
)

// names shares the strings of ids between lines: a day of a fleet repeats a
// few thousand ids some millions of times.
var names pool

// maxNames bounds the memory that a sender of ever new ids can take.
const maxNames = 1 << 15

// pool keeps a string at the place that its hash gives. Two ids that want
// one place displace each other, which costs an allocation and nothing else;
// nobody ever waits for a lock.
type pool struct {
	places [maxNames]atomic.Pointer[string]
}

var nameSeed = maphash.MakeSeed()

// get returns b as a string. likely, the string at the same place of the
// line before, is tried first.
func (p *pool) get(b []byte, likely string) string {
	if string(b) == likely {
		return likely
	}
	place := &p.places[maphash.Bytes(nameSeed, b)%maxNames]
	if known := place.Load(); known != nil && *known == string(b) {
		return *known
	}
	s := string(b)
	place.Store(&s)
	return s
}
