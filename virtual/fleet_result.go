package virtual

import (
	"fmt"
	"io"
	"math"
	"slices"
	"time"
)

// FleetResult is what a run of a fleet achieved.
type FleetResult struct {
	sites    int
	lines    int64 // intervals acknowledged, replays and corrections included
	distinct int64 // of them, those with a key of their own
	requests int64
	latency  latencies // of known series
	contact  latencies // of first contact

	known     bool  // the series sent now are known to the server
	firstLine int64 // intervals of first contact
	firstEnd  time.Time
	took      time.Duration
	first     time.Duration
}

// count notes acknowledged lines.
func (r *FleetResult) count(lines int64) {
	r.lines += lines
	if !r.known {
		r.firstLine += lines
		r.firstEnd = time.Now()
	}
}

func (r *FleetResult) acknowledged(took time.Duration) {
	r.requests++
	if r.known {
		r.latency.add(took)
	} else {
		r.contact.add(took)
	}
}

// add joins the result of one connection.
func (r *FleetResult) add(part *FleetResult) {
	r.lines += part.lines
	r.distinct += part.distinct
	r.requests += part.requests
	r.firstLine += part.firstLine
	if part.firstEnd.After(r.firstEnd) {
		r.firstEnd = part.firstEnd
	}
	r.latency.join(&part.latency)
	r.contact.join(&part.contact)
}

func (r *FleetResult) close(start, end time.Time) {
	r.took = end.Sub(start)
	r.first = min(r.took, max(0, r.firstEnd.Sub(start)))
}

// Lines is the number of intervals that were acknowledged; Distinct is how
// many of them have a key of their own, which is what a store must hold.
func (r *FleetResult) Lines() int64    { return r.lines }
func (r *FleetResult) Distinct() int64 { return r.distinct }

// KnownRate and ContactRate are intervals a second of series that the server
// knew, and of first contact, which the slowest connection ends; 0 if there
// were none.
func (r *FleetResult) KnownRate() float64   { return rate(r.lines-r.firstLine, r.took-r.first) }
func (r *FleetResult) ContactRate() float64 { return rate(r.firstLine, r.first) }

// Acknowledged returns after how long 99 % of the requests for known series
// were acknowledged, and the last one.
func (r *FleetResult) Acknowledged() (p99, longest time.Duration) {
	return r.latency.quantile(0.99), r.latency.most.Round(10 * time.Microsecond)
}

func rate(lines int64, took time.Duration) float64 {
	if lines <= 0 || took <= 0 {
		return 0
	}
	return float64(lines) / took.Seconds()
}

// Print writes what was achieved.
func (r *FleetResult) Print(w io.Writer) {
	fmt.Fprintf(w, "%d sites, %d requests, %d intervals (%d of a key of their own) in %.1f s: %.0f intervals/s\n",
		r.sites, r.requests, r.lines, r.distinct, r.took.Seconds(), rate(r.lines, r.took))
	fmt.Fprintf(w, "first contact %.0f intervals/s in %.1f s", r.ContactRate(), r.first.Seconds())
	if r.lines > r.firstLine {
		fmt.Fprintf(w, ", known series %.0f intervals/s", r.KnownRate())
	}
	fmt.Fprintln(w)
	r.contact.print(w, "first contact")
	r.latency.print(w, "known series")
}

// latencies counts durations in bins of one percent, so that memory does not
// grow with a run's length.
type latencies struct {
	bins [2400]int64
	n    int64
	most time.Duration
}

const shortestLatency = time.Microsecond

func (l *latencies) add(d time.Duration) {
	bin := int(math.Log(float64(max(d, shortestLatency))/float64(shortestLatency)) / math.Log(1.01))
	l.bins[min(bin, len(l.bins)-1)]++
	l.n++
	l.most = max(l.most, d)
}

func (l *latencies) print(w io.Writer, of string) {
	if l.n > 0 {
		fmt.Fprintf(w, "%s acknowledged after p50 %v, p99 %v, max %v\n", of, l.quantile(0.5), l.quantile(0.99), l.most.Round(10*time.Microsecond))
	}
}

func (l *latencies) join(m *latencies) {
	for i := range l.bins {
		l.bins[i] += m.bins[i]
	}
	l.n += m.n
	l.most = max(l.most, m.most)
}

// quantile returns the upper edge of the bin in which the quantile lies.
func (l *latencies) quantile(q float64) time.Duration {
	left := int64(math.Ceil(q * float64(l.n)))
	bin := slices.IndexFunc(l.bins[:], func(n int64) bool { left -= n; return left <= 0 })
	edge := time.Duration(float64(shortestLatency) * math.Pow(1.01, float64(bin+1)))
	return min(edge, l.most).Round(10 * time.Microsecond)
}
