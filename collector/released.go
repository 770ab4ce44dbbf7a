package collector

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"thermie/collector/release"
	"thermie/collector/rights"
	"thermie/collector/store"
	"thermie/configs"
	"thermie/interval"
)

// released is a store that also knows the sites released to this collector,
// for as long as their releases stand. What was released is never mixed into
// the store itself, which forgets nothing: a revocation must end its use.
type released struct {
	store.Store
	desk *rights.Desk
}

// withReleased lays what was released to cfg's collector over its store. A
// collector that never ran was released nothing.
func withReleased(ctx context.Context, cfg *configs.Collector, over store.Store) (_ store.Store, done func() error, err error) {
	file := filepath.Join(cfg.Data, rights.FileName)
	if _, err := os.Stat(file); errors.Is(err, fs.ErrNotExist) {
		return over, func() error { return nil }, nil
	}
	desk, err := rights.Open(ctx, rights.Settings{File: file})
	if err != nil {
		return nil, nil, err
	}
	return released{over, desk}, desk.Close, nil
}

// extracts are the standing releases of a site, by year, the latest of each
// last.
func (r released) extracts(ctx context.Context, site string) (all []*release.Extract, err error) {
	held, err := r.desk.Held(ctx)
	if err != nil {
		return nil, err
	}
	for _, one := range held[site] {
		e, err := release.Open(one.File)
		if err != nil {
			return nil, fmt.Errorf("release of site %s, serial %d: %w", site, one.Serial, err)
		}
		all = append(all, e)
	}
	slices.SortFunc(all, func(a, b *release.Extract) int {
		return cmp.Or(cmp.Compare(a.Year, b.Year), cmp.Compare(a.Serial, b.Serial))
	})
	return all, nil
}

// Sites implements store.Store.
func (r released) Sites(ctx context.Context) ([]string, error) {
	sites, err := r.Store.Sites(ctx)
	if err != nil {
		return nil, err
	}
	held, err := r.desk.Held(ctx)
	for site := range held {
		sites = append(sites, site)
	}
	slices.Sort(sites)
	return slices.Compact(sites), err
}

// Cards implements store.Store: a released site is as the last release says
// that names it, and its heat as the last that tells its course.
func (r released) Cards(ctx context.Context, site string) ([]interval.Card, error) {
	extracts, err := r.extracts(ctx, site)
	if err != nil {
		return nil, err
	}
	if len(extracts) == 0 {
		return r.Store.Cards(ctx, site)
	}
	last := extracts[len(extracts)-1].Cards()
	place, heat := last[:1], last[1:]
	for _, e := range extracts {
		cards := e.Cards()
		if e.Fields[rights.Name] > rights.Nothing {
			place = cards[:1]
		}
		if len(cards) > 1 {
			heat = cards[1:]
		}
	}
	return append(slices.Clone(place), heat...), nil
}

// joined is what extracts say together. What two of them say of one time, for
// two audiences, counts once: as the later release has it, and by the hour
// where there are hours.
func joined(extracts []*release.Extract) []interval.Record {
	type span struct {
		start  int64
		length int32
	}
	said := map[span]bool{}
	var all []interval.Record
	for _, e := range slices.Backward(extracts) {
		for _, record := range e.Records() {
			if at := (span{record.Start, record.Length}); !said[at] {
				said[at] = true
				all = append(all, record)
			}
		}
	}
	return interval.Merge(all)
}

// Records implements store.Store.
func (r released) Records(ctx context.Context, site string, from, to time.Time) ([]interval.Record, error) {
	extracts, err := r.extracts(ctx, site)
	if err != nil {
		return nil, err
	}
	if len(extracts) == 0 {
		return r.Store.Records(ctx, site, from, to)
	}
	return slices.DeleteFunc(joined(extracts), func(r interval.Record) bool {
		return r.Start < from.Unix() || r.Start >= to.Unix()
	}), nil
}

// Span implements store.Store.
func (r released) Span(ctx context.Context, site string) (from, to time.Time, ok bool, err error) {
	extracts, err := r.extracts(ctx, site)
	if err != nil {
		return from, to, false, err
	}
	if len(extracts) == 0 {
		return r.Store.Span(ctx, site)
	}
	from, _ = extracts[0].Bounds()
	_, to = extracts[len(extracts)-1].Bounds()
	return from, to, true, nil
}

// Walk implements store.Store.
func (r released) Walk(ctx context.Context, site string, each func(*interval.Record) error) error {
	extracts, err := r.extracts(ctx, site)
	if err != nil {
		return err
	}
	if len(extracts) == 0 {
		return r.Store.Walk(ctx, site, each)
	}
	for _, record := range joined(extracts) {
		if err := each(&record); err != nil {
			return err
		}
	}
	return nil
}

// Hours implements store.Store.
func (r released) Hours(ctx context.Context, site string, from, to time.Time, kinds ...interval.Kind) ([]interval.Record, error) {
	recs, own, err := r.allOf(ctx, site)
	if err != nil {
		return nil, err
	}
	if own {
		return r.Store.Hours(ctx, site, from, to, kinds...)
	}
	return store.HoursOf(recs, from, to, kinds...), nil
}

// Days implements store.Store.
func (r released) Days(ctx context.Context, site string, from, to time.Time) ([]store.Day, error) {
	recs, own, err := r.allOf(ctx, site)
	if err != nil {
		return nil, err
	}
	if own {
		return r.Store.Days(ctx, site, from, to)
	}
	cards, err := r.Cards(ctx, site)
	return store.DaysOf(site, cards, recs, from, to), err
}

// Totals implements store.Store: a released site counts with what its
// releases say, and with that alone.
func (r released) Totals(ctx context.Context, from, to time.Time) (totals []store.Total, stale int, err error) {
	own, stale, err := r.Store.Totals(ctx, from, to)
	if err != nil {
		return nil, 0, err
	}
	held, err := r.desk.Held(ctx)
	if err != nil {
		return nil, 0, err
	}
	for i := range own {
		if len(held[own[i].Site]) == 0 {
			totals = append(totals, own[i])
		}
	}
	for site := range held {
		days, err := r.Days(ctx, site, from, to)
		if err != nil {
			return nil, 0, err
		}
		if len(days) > 0 {
			totals = append(totals, store.TotalOf(site, days))
		}
	}
	slices.SortFunc(totals, func(a, b store.Total) int { return strings.Compare(a.Site, b.Site) })
	return totals, stale, nil
}

// allOf returns everything released of a site; own is true if nothing was.
func (r released) allOf(ctx context.Context, site string) (recs []interval.Record, own bool, err error) {
	extracts, err := r.extracts(ctx, site)
	if err != nil || len(extracts) == 0 {
		return nil, err == nil, err
	}
	return joined(extracts), false, nil
}
