package collector

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"time"

	"thermie/collector/registry"
	"thermie/collector/store"
	"thermie/configs"
)

// errUnsound is the error of data in which something is wrong.
var errUnsound = errors.New("what is stored is not sound")

// Verify reads everything that a collector keeps and says on out what it saw
// and what is wrong with it. The collector may be running.
func Verify(ctx context.Context, cfg *configs.Collector, out io.Writer) (err error) {
	faults := verifyRegistry(ctx, cfg.Data)
	kept, err := store.OpenToRead(cfg)
	if err != nil {
		return errors.Join(errors.Join(faults...), err)
	}
	defer func() { err = errors.Join(err, kept.Close()) }()
	if err := describeBy(ctx, cfg, kept); err != nil {
		faults = append(faults, err)
	}
	embedded, ok := kept.(*store.Embedded)
	if !ok {
		fmt.Fprintf(out, "intervals: in InfluxDB, which checks its own files (hint: influx_inspect verify, or influxd inspect verify-tsm)\n")
		return errors.Join(faults...)
	}
	v, err := embedded.Verify(ctx)
	if err != nil {
		return errors.Join(errors.Join(faults...), err)
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
	if len(faults) > 0 {
		return errors.Join(append([]error{errUnsound}, faults...)...)
	}
	fmt.Fprintln(out, "all of it is sound")
	return nil
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

// verifyRegistry looks at the registry of a data folder, if it has one.
func verifyRegistry(ctx context.Context, dir string) (faults []error) {
	file := filepath.Join(dir, registry.FileName)
	if _, err := os.Stat(file); errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err := registry.Verify(ctx, file); err != nil {
		faults = append(faults, err)
	}
	return faults
}

// describeBy lets the balances of a store follow what is declared.
func describeBy(ctx context.Context, cfg *configs.Collector, kept store.Store) error {
	declared, err := registry.OpenToRead(ctx, cfg.Data, time.Now)
	if err != nil {
		return err
	}
	_, _, err = NewRegistry(ctx, cfg, kept, declared)
	return err
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
	if err := describeBy(ctx, cfg, kept); err != nil {
		return err
	}
	return embedded.RestateAll(ctx)
}
