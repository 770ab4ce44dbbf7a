package reports

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"slices"
	"time"

	"thermie/configs"
)

// Opener opens the store of a collector, with what its configuration
// declares of the sites laid over it; done closes it.
type Opener func(c *configs.Collector) (src Source, done func() error, err error)

// Inputs are what a command of reports reads: an export file, or the store of
// a collector, and the configuration that describes territories and networks.
type Inputs struct {
	From, Config, Data string
	Collector          *configs.Collector // nil without a configuration
	Open               Opener
	ErrOut             io.Writer // hears of lines that are set aside
}

// Flags adds the flags that name the inputs.
func (in *Inputs) Flags(f *flag.FlagSet) {
	f.StringVar(&in.From, "from", "", "export `file` to read, instead of a collector's store")
	f.StringVar(&in.Data, "data", "", "the collector's store `folder` (default: data: of the configuration)")
	f.StringVar(&in.Config, "config", "", "the collector's configuration `file`: territories and networks")
}

// ErrNoInput is returned where nothing was named to read from.
var ErrNoInput = errors.New("-from is missing: an export file, or the collector's -data or -config")

// Load reads the configuration.
func (in *Inputs) Load() (err error) {
	if in.From == "" && in.Data == "" && in.Config == "" {
		return ErrNoInput
	}
	if in.Config == "" {
		return nil
	}
	if in.Collector, err = configs.LoadCollector(in.Config); err != nil {
		return err
	}
	if in.Data == "" {
		in.Data = in.Collector.Data
	}
	return nil
}

// Source opens the export file or the store.
func (in *Inputs) Source() (Source, func() error, error) {
	if in.From == "" {
		stored := configs.Collector{}
		if in.Collector != nil {
			stored = *in.Collector
		}
		stored.Data = in.Data
		return in.Open(&stored)
	}
	f, err := OpenFile(in.From)
	if err != nil {
		return nil, nil, err
	}
	if refused, first := f.Faults(); refused > 0 {
		fmt.Fprintf(in.ErrOut, "%d lines of %s were set aside; the first:\n", refused, in.From)
		for _, fault := range first {
			fmt.Fprintf(in.ErrOut, "  %v\n", fault)
		}
	}
	var src Source = f
	if in.Collector != nil {
		src = Declare(f, in.Collector.Sites)
	}
	return src, func() error { return nil }, nil
}

// Area is the territory of that SIREN, or no territory at all for a report of
// one site.
func (in *Inputs) Area(src Source, siren string) (Area, error) {
	atlas, declared := src.(Atlas)
	switch {
	case siren == "" && in.Collector == nil:
		return Area{}, nil
	case siren == "":
		return Area{Studies: in.Collector.Studies}, nil
	case declared:
		return atlas.AreaOf(siren)
	case in.Collector == nil:
		return Area{}, errors.New("-config is missing: the configuration that describes the territory and its networks")
	}
	return NewArea(in.Collector, siren)
}

// SIRENs are those of the territories that the inputs describe, in order.
func (in *Inputs) SIRENs(src Source) []string {
	var territories []configs.Territory
	if atlas, ok := src.(interface{ Territories() []configs.Territory }); ok {
		territories = atlas.Territories()
	} else if in.Collector != nil {
		territories = in.Collector.Territories
	}
	var sirens []string
	for _, t := range territories {
		sirens = append(sirens, t.SIREN)
	}
	slices.Sort(sirens)
	return slices.Compact(sirens)
}

// Years returns the civil years of which a source holds intervals, the last
// one first, in the standard time of metropolitan France.
func Years(ctx context.Context, src Source) ([]int, error) {
	spanned, ok := src.(interface {
		Span(ctx context.Context, site string) (from, to time.Time, ok bool, err error)
	})
	sites, err := src.Sites(ctx)
	if err != nil || !ok {
		return nil, err
	}
	zone := time.FixedZone("", MetropolitanOffset*60)
	first, last := 0, 0
	for _, site := range sites {
		from, to, known, err := spanned.Span(ctx, site)
		if err != nil {
			return nil, fmt.Errorf("the years of site %s: %w", site, err)
		}
		if !known {
			continue
		}
		a, b := from.In(zone).Year(), to.Add(-time.Second).In(zone).Year()
		if first == 0 || a < first {
			first = a
		}
		last = max(last, b)
	}
	var years []int
	for y := last; y >= first && y > 0; y-- {
		years = append(years, y)
	}
	return years, nil
}
