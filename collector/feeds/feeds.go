package feeds

import (
	"context"
	"errors"
	"log/slog"
	"path/filepath"
	"time"

	"thermie/collector/store"
	"thermie/configs"
)

// Feeds are the feeds of all sites that have one.
type Feeds struct {
	all []*Feed
	log *slog.Logger
}

// folder holds, within the collector's data, a folder for each feed.
const folder = "feeds"

// Open takes up the feeds of a configuration.
func Open(cfg *configs.Collector, to store.Store, log *slog.Logger) (*Feeds, error) {
	fs := &Feeds{log: log}
	for _, one := range cfg.Feeds {
		f, err := open(one, filepath.Join(cfg.Data, folder), to, log)
		if err != nil {
			return nil, errors.Join(err, fs.Close(context.Background()))
		}
		fs.all = append(fs.all, f)
	}
	return fs, nil
}

// Of returns the feed of a site, nil where it has none.
func (fs *Feeds) Of(site string) *Feed {
	for _, f := range fs.all {
		if f.site == site {
			return f
		}
	}
	return nil
}

// Totals are the counts of all feeds together.
type Totals struct{ Readings, Replayed, Late, Unmapped, Refused, Rejected int64 }

// Totals adds up what became of what was sent since the start.
func (fs *Feeds) Totals() (t Totals) {
	for _, f := range fs.all {
		t.Readings += f.Counts.Readings.Load()
		t.Replayed += f.Counts.Replayed.Load()
		t.Late += f.Counts.Late.Load()
		t.Unmapped += f.Counts.Unmapped.Load()
		t.Refused += f.Counts.Refused.Load()
		t.Rejected += f.Counts.Rejected.Load()
	}
	return t
}

// beat is the time between two looks at what has fallen silent.
const beat = 15 * time.Second

// Run closes by the clock what has fallen silent, until ctx ends.
func (fs *Feeds) Run(ctx context.Context, now func() time.Time) {
	ticker := time.NewTicker(beat)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
		for _, f := range fs.all {
			if err := f.CloseBy(ctx, now()); err != nil {
				fs.log.Error("feed", "error", err)
			}
		}
	}
}

// Close leaves every feed's state behind.
func (fs *Feeds) Close(ctx context.Context) error {
	var errs []error
	for _, f := range fs.all {
		errs = append(errs, f.Close(ctx))
	}
	return errors.Join(errs...)
}
