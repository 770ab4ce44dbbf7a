package collector

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"thermie/collector/feeds"
	"thermie/collector/registry"
	"thermie/collector/release"
	"thermie/collector/rights"
	"thermie/collector/store"
	"thermie/collector/takein"
	"thermie/configs"
	"thermie/signing"
)

// errUnsound is the error of data in which something is wrong.
var errUnsound = errors.New("what is stored is not sound")

// Verify reads everything that a collector keeps and says on out what it saw
// and what is wrong with it. The collector may be running.
func Verify(ctx context.Context, cfg *configs.Collector, out io.Writer) (err error) {
	faults := verifyBeside(ctx, cfg.Data, out)
	kept, err := store.OpenToRead(cfg)
	if err != nil {
		return errors.Join(errors.Join(faults...), err)
	}
	defer func() { err = errors.Join(err, kept.Close()) }()
	known, done, err := layOver(ctx, cfg, kept)
	if err != nil {
		faults = append(faults, err)
	} else {
		defer func() { err = errors.Join(err, done()) }()
		faults = append(faults, known.verifyReleased(ctx)...)
	}
	if embedded, ok := kept.(*store.Embedded); ok {
		more, err := verifyStore(ctx, embedded, out)
		if err != nil {
			return errors.Join(errors.Join(faults...), err)
		}
		faults = append(faults, more...)
	} else {
		fmt.Fprintf(out, "intervals: in InfluxDB, which checks its own files (hint: influx_inspect verify, or influxd inspect verify-tsm)\n")
	}
	if len(faults) > 0 {
		return errors.Join(append([]error{errUnsound}, faults...)...)
	}
	fmt.Fprintln(out, "all of it is sound")
	return nil
}

// verifyStore reads every interval, roll-up and balance.
func verifyStore(ctx context.Context, kept *store.Embedded, out io.Writer) (faults []error, err error) {
	v, err := kept.Verify(ctx)
	if err != nil {
		return nil, err
	}
	fmt.Fprintf(out, "%d sites, %d cards, %d events\n%d intervals in %d blocks, %d lines waiting to be folded\n%d months of roll-ups and %d balances compared with their intervals, %d days yet to be computed\n",
		v.Sites, v.Cards, v.Events, v.Intervals, v.Blocks, v.Waiting, v.Months, v.Days, v.StaleDays)
	writeSizes(out, v)
	for _, f := range v.Faults {
		faults = append(faults, fmt.Errorf("%s (hint: %s)", f.What, f.Hint))
	}
	if v.More > 0 {
		faults = append(faults, fmt.Errorf("and %d faults more", v.More))
	}
	return faults, nil
}

// writeSizes says what an interval takes on the disk, by kind in its blocks
// and with everything around it.
func writeSizes(out io.Writer, v *store.Verification) {
	for _, kind := range slices.Sorted(maps.Keys(v.Kinds)) {
		size := v.Kinds[kind]
		fmt.Fprintf(out, "%-24s %10d intervals, %5.2f bytes each\n", kind, size.Intervals, float64(size.Bytes)/float64(size.Intervals))
	}
	if v.Intervals > 0 {
		fmt.Fprintf(out, "%-24s %10d intervals, %5.2f bytes each\n", "the whole file", v.Intervals, float64(v.FileBytes)/float64(v.Intervals))
	}
}

// verifyBeside looks at what a data folder holds beside the store, as far as
// it has it.
func verifyBeside(ctx context.Context, dir string, out io.Writer) (faults []error) {
	if file := filepath.Join(dir, registry.FileName); isThere(file) {
		faults = append(faults, registry.Verify(ctx, file))
	}
	if file := filepath.Join(dir, rights.FileName); isThere(file) {
		last, err := rights.Verify(ctx, file)
		faults = append(faults, err)
		fmt.Fprintf(out, "%d entries of the audit log, the last with the hash %s\n", last.Seq, last.Hash)
	}
	shelf := takein.Shelf{Dir: filepath.Join(dir, takeinFolder)}
	for _, key := range []string{shelf.KeyFile(), filepath.Join(dir, release.KeyFile)} {
		if isThere(key) {
			_, err := signing.OpenKey(key)
			faults = append(faults, err)
		}
	}
	faults = append(append(faults, shelf.Verify()...), feeds.Verify(dir)...)
	return slices.DeleteFunc(faults, func(err error) bool { return err == nil })
}

func isThere(file string) bool {
	_, err := os.Stat(file)
	return !errors.Is(err, fs.ErrNotExist)
}

// verifyReleased reads every release that stands.
func (r *Registry) verifyReleased(ctx context.Context) (faults []error) {
	with, ok := r.store.(released)
	if !ok {
		return nil
	}
	held, err := with.desk.Held(ctx)
	if err != nil {
		return []error{err}
	}
	for site := range held {
		if _, err := with.extracts(ctx, site); err != nil {
			faults = append(faults, err)
		}
	}
	return faults
}

// Restate computes every roll-up and balance of cfg's store anew. The
// collector must not be running.
func Restate(ctx context.Context, cfg *configs.Collector) (err error) {
	kept, err := store.Open(cfg)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, kept.Close()) }()
	embedded, ok := kept.(*store.Embedded)
	if !ok {
		return errors.New("InfluxDB keeps neither roll-ups nor balances: there is nothing to restate")
	}
	_, done, err := layOver(ctx, cfg, kept)
	if err != nil {
		return err
	}
	return errors.Join(embedded.RestateAll(ctx), done())
}
