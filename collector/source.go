package collector

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
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

// storeToRead opens the store. Where a list was imported into the registry and
// no collector has run yet, the store is an empty one.
func storeToRead(cfg *configs.Collector) (store.Store, error) {
	from, err := store.OpenToRead(cfg)
	if !errors.Is(err, fs.ErrNotExist) {
		return from, err
	}
	if _, none := os.Stat(filepath.Join(cfg.Data, registry.FileName)); none != nil {
		return from, err
	}
	empty, err := store.Open(cfg)
	if err != nil {
		return nil, err
	}
	if err := empty.Close(); err != nil {
		return nil, err
	}
	return store.OpenToRead(cfg)
}

func openToRead(ctx context.Context, cfg *configs.Collector) (*Registry, func() error, error) {
	from, err := storeToRead(cfg)
	if err != nil {
		return nil, nil, err
	}
	r, done, err := layOver(ctx, cfg, from)
	if err != nil {
		return nil, nil, errors.Join(err, from.Close())
	}
	return r, func() error { return errors.Join(from.Close(), done()) }, nil
}

// layOver opens for reading what is declared and what was released to cfg's
// collector, and lays it over its store, which stays the caller's to close.
func layOver(ctx context.Context, cfg *configs.Collector, from store.Store) (*Registry, func() error, error) {
	declared, err := registry.OpenToRead(ctx, cfg.Data, time.Now)
	if err != nil {
		return nil, nil, err
	}
	over, closeRights, err := withReleased(ctx, cfg, from)
	if err != nil {
		return nil, nil, errors.Join(err, declared.Close())
	}
	done := func() error { return errors.Join(declared.Close(), closeRights()) }
	r, _, err := NewRegistry(ctx, cfg, over, declared)
	if err != nil {
		return nil, nil, errors.Join(err, done())
	}
	return r, done, nil
}
