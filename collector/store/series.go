package store

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"thermie/interval"
)

// Series names what the intervals of one kind, length and metering point have
// in common.
type Series struct {
	Meter  string
	Kind   interval.Kind
	Length int32 // seconds
}

// Series implements Store.
func (e *Embedded) Series(ctx context.Context, site string) (all []Series, err error) {
	err = e.view(ctx, site, func(s *siteView) error {
		waiting, err := s.waiting(ctx)
		for _, group := range s.groups(waiting) {
			for _, one := range group {
				all = append(all, Series{one.meter, one.kind, one.length})
			}
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read the series of %s: %w", site, err)
	}
	return all, nil
}

// Series implements Store.
func (i *Influx) Series(ctx context.Context, site string) (all []Series, err error) {
	err = i.ends(ctx, site, func(one series, _ int64) { all = append(all, Series{one.meter, one.kind, one.length}) })
	if err != nil {
		return nil, fmt.Errorf("read the series of %s: %w", site, err)
	}
	slices.SortFunc(all, func(a, b Series) int {
		return cmp.Or(cmp.Compare(a.Meter, b.Meter), cmp.Compare(a.Kind, b.Kind), cmp.Compare(b.Length, a.Length))
	})
	return all, nil
}
