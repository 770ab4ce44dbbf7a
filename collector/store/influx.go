package store

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"thermie/configs"
)

// Influx is the store on an InfluxDB server or cluster, which several
// collectors may share. It writes through the v2 write API and reads by
// InfluxQL over /query: InfluxDB 1.8, 2 and 3 Clustered answer both.
//
// InfluxDB keeps one point for each tag set and time, and the last writer of
// a field wins. So that nothing depends on the order of arrival, whatever
// may stand beside something else under one key is a point of its own (see
// pointOf), and readers choose. DESIGN.md says what is promised.
type Influx struct {
	door  *influxDoor
	posts *influxPosts

	sites      sync.Map                   // id to *influxSite
	cardholder atomic.Pointer[Cardholder] // nil: the agents' own cards

	mu     sync.Mutex
	counts tally
}

// influxPatience is how long InfluxDB may take to begin its answer.
const influxPatience = time.Minute

// OpenInflux opens the store that cfg names. The database has to be there:
// InfluxDB 2 and 3 let only their own tools make one.
func OpenInflux(cfg configs.Store) (*Influx, error) {
	address, err := url.Parse(cfg.URL)
	if err != nil || address.Host == "" {
		return nil, fmt.Errorf("open store: url %q is not an address (hint: http://host:8086)", cfg.URL)
	}
	door := &influxDoor{base: strings.TrimSuffix(cfg.URL, "/"), tokenFile: cfg.TokenFile}
	door.database, door.policy, _ = strings.Cut(cfg.Bucket, "/")
	if cfg.Database != "" {
		door.database, door.policy = cfg.Database, ""
	}
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.Proxy = nil // the token goes to no proxy that was not configured
	transport.MaxIdleConnsPerHost = 64
	transport.ResponseHeaderTimeout = influxPatience
	door.client = &http.Client{
		Transport:     transport,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	i := &Influx{door: door, counts: tally{}}
	ctx, cancel := context.WithTimeout(context.Background(), influxPatience)
	defer cancel()
	if _, err := i.Sites(ctx); err != nil {
		return nil, fmt.Errorf("open store %s: %w", cfg.URL, err)
	}
	i.posts = startInfluxPosts(newInfluxWriter(door, cfg))
	return i, nil
}

// Counts implements Store. InfluxDB counts points and not intervals, so
// these are the outcomes of what came through this collector since it
// opened the store. It fails if InfluxDB does not answer.
func (i *Influx) Counts(ctx context.Context) (Counts, error) {
	if err := i.door.ping(ctx); err != nil {
		return Counts{}, fmt.Errorf("read counts: %w", err)
	}
	i.mu.Lock()
	defer i.mu.Unlock()
	return Counts{Intervals: i.counts[added], Replayed: i.counts[replayed], Corrected: i.counts[corrected],
		Outdated: i.counts[outdated], Conflicts: i.counts[conflicts]}, nil
}

// count adds the outcomes of an append.
func (i *Influx) count(t tally) {
	i.mu.Lock()
	defer i.mu.Unlock()
	for name, n := range t {
		i.counts[name] += n
	}
}

// Close implements Store.
func (i *Influx) Close() error {
	i.posts.close()
	i.door.client.CloseIdleConnections()
	return nil
}
