package virtual

import (
	"context"
	"fmt"
	"hash/fnv"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"
)

// Fleet is a load on a collector, or on any server that takes InfluxDB v2
// writes: what the agents of many sites send, without the agents. Each site
// has 40 series at 10-minute intervals and sends an interval of all of them
// in one request, one request at a time.
//
// As in the field, some requests come twice because an answer was lost, some
// a day late, and some intervals are corrected later. Which ones is a
// function of site and instant, so that every run sends the same.
type Fleet struct {
	Sites       int
	To          string        // http://host:port
	Tokens      string        // folder with one token a site, as WriteFleet makes it; "" sends none
	Bucket      string        // what other servers call the place to write to
	From        time.Time     // first instant of the fleet's data
	Connections int           // each serves its share of the sites
	Rate        float64       // intervals a second; 0 sends as fast as they are acknowledged
	Duration    time.Duration // after which no request starts
	Rounds      int           // intervals that each site sends; 0 sends until Duration is over
}

// Shares of what does not arrive once and in time.
const (
	replayedShare  = 0.05
	lateShare      = 0.02
	correctedShare = 0.01

	lateBy      = 144 // intervals: a day
	correctedBy = 10
)

// FleetSite is the id of a site of the fleet, from 0.
func FleetSite(n int) string { return fmt.Sprintf("fleet-%05d", n) }

// Run sends until the duration is over or every site has sent its rounds. An
// answer other than 204 ends it, for then the load is not what it claims.
func (f Fleet) Run(ctx context.Context) (*FleetResult, error) {
	tokens, err := f.tokens()
	if err != nil {
		return nil, err
	}
	pieces := newFleetPieces()
	start := time.Now()
	total := &FleetResult{sites: f.Sites}
	ctx, cancel := context.WithCancelCause(ctx) // the first fault ends them all
	defer cancel(nil)
	var mu sync.Mutex
	var all sync.WaitGroup
	for n := range min(f.Connections, f.Sites) {
		w := &fleetWorker{fleet: f, number: n, pieces: pieces, tokens: tokens, start: start}
		all.Go(func() {
			if err := w.run(ctx); err != nil {
				cancel(err)
			}
			mu.Lock()
			defer mu.Unlock()
			total.add(&w.result)
		})
	}
	all.Wait()
	total.close(start, time.Now())
	return total, context.Cause(ctx)
}

// tokens reads every site's token.
func (f Fleet) tokens() ([]string, error) {
	tokens := make([]string, f.Sites)
	for n := range tokens {
		if f.Tokens == "" {
			continue
		}
		secret, err := os.ReadFile(filepath.Join(f.Tokens, FleetSite(n)))
		if err != nil {
			return nil, fmt.Errorf("token of the fleet: %w (hint: thermie virtual -fleet N -write DIR makes them)", err)
		}
		tokens[n] = strings.TrimSpace(string(secret))
	}
	return tokens, nil
}

// fleetWorker sends for its share of the sites over one connection.
type fleetWorker struct {
	fleet  Fleet
	number int
	pieces *fleetPieces
	tokens []string
	start  time.Time

	conn   *fleetConn
	body   []byte
	sent   int // requests, by which the rate is kept
	result FleetResult
}

func (w *fleetWorker) run(ctx context.Context) (err error) {
	if w.conn, err = dialFleet(ctx, w.fleet); err != nil {
		return err
	}
	defer w.conn.close()
	for round := 0; w.fleet.Rounds == 0 || round < w.fleet.Rounds; round++ {
		w.result.known = round > 0
		for site := w.number; site < w.fleet.Sites; site += w.fleet.Connections {
			if ctx.Err() != nil || time.Since(w.start) >= w.fleet.Duration {
				return nil
			}
			if err := w.turn(site, round); err != nil {
				return fmt.Errorf("site %s: %w", FleetSite(site), err)
			}
		}
	}
	return nil
}

// turn sends what one site has to say in one round.
func (w *fleetWorker) turn(site, round int) error {
	if round == 0 {
		w.body = appendFleetCards(w.body[:0], site, w.fleet.From)
		if err := w.post(site); err != nil {
			return err
		}
	}
	if !chance(site, round, 'l', lateShare) {
		if err := w.interval(site, round, 0); err != nil {
			return err
		}
		w.result.distinct += fleetSeries
	}
	if late := round - lateBy; chance(site, late, 'l', lateShare) {
		if err := w.interval(site, late, 0); err != nil {
			return err
		}
		w.result.distinct += fleetSeries
	}
	old := round - correctedBy
	if old < 0 || chance(site, old, 'l', lateShare) || !chance(site, old, 'c', correctedShare) {
		return nil
	}
	return w.interval(site, old, 1)
}

// interval sends one interval of all series of a site, and sends it again
// if it is one whose answer got lost.
func (w *fleetWorker) interval(site, instant, rev int) error {
	w.body = w.pieces.appendInterval(w.body[:0], site, w.fleet.From.Unix()+int64(instant)*600, rev)
	times := 1
	if chance(site, instant, 'r', replayedShare) {
		times = 2
	}
	for range times {
		if err := w.post(site); err != nil {
			return err
		}
		w.result.count(fleetSeries)
	}
	return nil
}

// post sends the body and notes how long the answer took, from the moment at
// which the rate wanted the request sent: a server that stalls does not get
// fewer requests to answer late.
func (w *fleetWorker) post(site int) error {
	due := time.Now()
	if w.fleet.Rate > 0 {
		each := float64(w.fleet.Connections*fleetSeries) / w.fleet.Rate
		share := float64(w.number) / float64(w.fleet.Connections) // connections take turns
		due = w.start.Add(time.Duration((float64(w.sent) + share) * each * float64(time.Second)))
		time.Sleep(time.Until(due))
	}
	w.sent++
	if err := w.conn.post(w.tokens[site], w.body); err != nil {
		return err
	}
	w.result.acknowledged(time.Since(due))
	return nil
}

// chance decides by lot, always alike, about an instant of a site.
func chance(site, instant int, what byte, share float64) bool {
	h := fnv.New32a()
	h.Write([]byte{byte(site), byte(site >> 8), byte(site >> 16), byte(instant), byte(instant >> 8), byte(instant >> 16), what})
	// The low bits of FNV are the better ones.
	return float64(h.Sum32()&0xffff) < share*(1<<16)
}
