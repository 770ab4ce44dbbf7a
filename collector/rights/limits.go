package rights

import (
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// Limits bound what one token may ask; zero fields take the defaults.
type Limits struct {
	PerSecond float64 // requests, in the long run
	Burst     int     // requests at once
	BodyBytes int64   // of one request, as it comes
}

// The defaults leave an agent that empties a full queue as fast as it can.
// Who shows no token, or a wrong one, is bounded by address.
var (
	defaultLimits = Limits{PerSecond: 1000, Burst: 5000, BodyBytes: 64 << 20}
	strangers     = Limits{PerSecond: 5, Burst: 50}
)

// maxBuckets bounds the memory that askers take; those that are full again
// are forgotten first, which changes nothing for them.
const maxBuckets = 100_000

type limits struct {
	Limits
	mu      sync.Mutex
	buckets map[string]*rate.Limiter
}

func newLimits(l Limits) *limits {
	if l.PerSecond == 0 {
		l.PerSecond = defaultLimits.PerSecond
	}
	if l.Burst == 0 {
		l.Burst = defaultLimits.Burst
	}
	if l.BodyBytes == 0 {
		l.BodyBytes = defaultLimits.BodyBytes
	}
	return &limits{Limits: l, buckets: map[string]*rate.Limiter{}}
}

// take counts one request of key, or returns how long to wait before asking
// again.
func (l *limits) take(key string, within Limits, now time.Time) (wait time.Duration) {
	l.mu.Lock()
	defer l.mu.Unlock()
	bucket := l.buckets[key]
	if bucket == nil {
		l.makeRoom(now)
		bucket = rate.NewLimiter(rate.Limit(within.PerSecond), within.Burst)
		l.buckets[key] = bucket
	}
	reservation := bucket.ReserveN(now, 1)
	if wait = reservation.DelayFrom(now); wait > 0 {
		reservation.CancelAt(now)
	}
	return wait
}

// makeRoom forgets the buckets that are full, or all where none is: a flood
// of addresses shall not take the memory.
func (l *limits) makeRoom(now time.Time) {
	if len(l.buckets) < maxBuckets {
		return
	}
	for key, bucket := range l.buckets {
		if bucket.TokensAt(now) >= float64(bucket.Burst()) {
			delete(l.buckets, key)
		}
	}
	if len(l.buckets) >= maxBuckets {
		clear(l.buckets)
	}
}
