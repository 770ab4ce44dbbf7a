package interval

import "sync"

// names shares the strings of ids between lines: a day of a fleet repeats a
// few thousand ids some millions of times.
var names = pool{known: map[string]string{}}

// maxNames bounds the memory that a sender of ever new ids can take.
const maxNames = 1 << 16

type pool struct {
	sync.RWMutex
	known map[string]string
}

// get returns b as a string. likely, the string at the same place of the
// line before, is tried first.
func (p *pool) get(b []byte, likely string) string {
	if string(b) == likely {
		return likely
	}
	p.RLock()
	s, ok := p.known[string(b)]
	p.RUnlock()
	if ok {
		return s
	}
	s = string(b)
	p.Lock()
	defer p.Unlock()
	if len(p.known) >= maxNames {
		clear(p.known)
	}
	p.known[s] = s
	return s
}
