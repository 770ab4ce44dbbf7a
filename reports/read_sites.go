package reports

import (
	"context"
	"errors"
	"runtime"
	"slices"
	"sync"
)

// readSites reads the years of some sites, as many at once as there are
// processors; in the place of one that src does not know or cannot describe
// stands nil. Their balances are condensed: a country's hours do not fit.
func readSites(ctx context.Context, src Source, ids, known []string, o Options) ([]*SiteResult, error) {
	reading, stop := context.WithCancel(ctx)
	defer stop()
	results, faults := make([]*SiteResult, len(ids)), make([]error, len(ids))
	next, told := 0, o.step("sites")
	var mu sync.Mutex
	take := func() (i int, some bool) {
		mu.Lock()
		defer mu.Unlock()
		i = next
		if i == len(ids) || reading.Err() != nil {
			return i, false
		}
		if next++; told != nil {
			told(i, len(ids))
		}
		return i, true
	}
	var readers sync.WaitGroup
	for range min(len(ids), runtime.GOMAXPROCS(0)) {
		readers.Go(func() {
			for i, some := take(); some; i, some = take() {
				if results[i], faults[i] = readKnown(reading, src, ids[i], known, o); faults[i] != nil {
					stop()
				}
			}
		})
	}
	readers.Wait()
	for _, err := range faults {
		if err != nil && !errors.Is(err, context.Canceled) {
			return nil, err
		}
	}
	return results, errors.Join(append(faults, ctx.Err())...)
}

// readKnown reads one site; nil if nothing says what or where it is.
func readKnown(ctx context.Context, src Source, id string, known []string, o Options) (*SiteResult, error) {
	if !slices.Contains(known, id) {
		return nil, nil
	}
	site, err := ReadSite(ctx, src, id, o)
	if errors.Is(err, ErrNoCard) {
		return nil, nil
	}
	if err == nil && site.Balance != nil {
		site.Balance.Condense()
	}
	return site, err
}
