package collector

import (
	"context"
	"errors"
	"time"

	"thermie/collector/registry"
	"thermie/collector/store"
	"thermie/configs"
	"thermie/reports"
)

// OpenSource opens cfg's store and registry for reading, which a running
// collector does not mind, as the source of a report.
func OpenSource(cfg *configs.Collector) (src reports.Source, done func() error, err error) {
	return openToRead(context.Background(), cfg)
}

func openToRead(ctx context.Context, cfg *configs.Collector) (*Registry, func() error, error) {
	from, err := store.OpenToRead(cfg)
	if err != nil {
		return nil, nil, err
	}
	declared, err := registry.OpenToRead(ctx, cfg.Data, time.Now)
	if err != nil {
		return nil, nil, errors.Join(err, from.Close())
	}
	over, closeRights, err := withReleased(ctx, cfg, from)
	if err != nil {
		return nil, nil, errors.Join(err, from.Close(), declared.Close())
	}
	done := func() error { return errors.Join(from.Close(), declared.Close(), closeRights()) }
	r, _, err := NewRegistry(ctx, cfg, over, declared)
	if err != nil {
		return nil, nil, errors.Join(err, done())
	}
	return r, done, nil
}
