package feeds

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"

	"thermie/configs"
	"thermie/interval"
)

// mapping finds the series that a foreign field feeds.
type mapping struct {
	byMeasurement map[string][]target
	refuse        bool // what is in no mapping
}

// target is one mapped field.
type target struct {
	configs.FeedValue
	toSI   configs.Conversion
	series interval.Series
}

// newMapping prepares a feed's mapping.
func newMapping(cfg configs.Feed) (*mapping, error) {
	m := &mapping{byMeasurement: map[string][]target{}, refuse: cfg.Unmapped != configs.CountUnmapped}
	for _, v := range cfg.Values {
		toSI, err := configs.UnitFor(v.Kind, v.Unit)
		if err != nil {
			return nil, fmt.Errorf("field %s of %s: %w", v.Field, v.Measurement, err)
		}
		one := target{v, toSI, interval.Series{Meter: v.Point, Kind: v.Kind}}
		m.byMeasurement[v.Measurement] = append(m.byMeasurement[v.Measurement], one)
	}
	return m, nil
}

// maxReading is what interval.Builder takes at most.
const maxReading = 1e30

// reading is one value of a series.
type reading struct {
	series interval.Series
	sample
}

// read appends to dst the readings that a point holds, and counts the fields
// that are in no mapping. An error means that nothing of the point counts.
func (m *mapping) read(dst []reading, p *Point) (all []reading, unmapped int, err error) {
	for _, f := range p.Fields {
		t, found := m.find(p, f.Key)
		switch {
		case !found && m.refuse:
			return dst, 0, fmt.Errorf("field %s of %s is in no mapping of this site's feed (hint: map it under feeds:, or write unmapped: count)", f.Key, p.name())
		case !found:
			unmapped++
		case f.Type != Number:
			return dst, 0, fmt.Errorf("field %s of %s is a %s, and mapped to %s, which needs a number", f.Key, p.name(), f.Type, t.Kind)
		default:
			si := t.toSI.SI(f.Number * t.Scale)
			if !(math.Abs(si) <= maxReading) {
				return dst, 0, fmt.Errorf("field %s of %s is %g, which no meter shows", f.Key, p.name(), f.Number)
			}
			all = append(all, reading{t.series, sample{p.At.UnixNano(), si}})
		}
	}
	return append(dst, all...), unmapped, nil
}

// find returns the first target that a point's field fits.
func (m *mapping) find(p *Point, field string) (target, bool) {
	for _, t := range m.byMeasurement[p.Measurement] {
		if t.Field == field && t.fits(p) {
			return t, true
		}
	}
	return target{}, false
}

// fits reports whether the point has all tags that the target asks for.
func (t *target) fits(p *Point) bool {
	for key, want := range t.Tags {
		if value, has := p.tag(key); !has || value != want {
			return false
		}
	}
	return true
}

// name is how a point is called in messages: measurement and tags.
func (p *Point) name() string {
	var name strings.Builder
	name.WriteString(p.Measurement)
	for _, t := range p.Tags {
		name.WriteString("," + t.Key + "=" + t.Value)
	}
	return name.String()
}

// registers says what a feed's configuration knows of its counters.
func registers(cfg configs.Feed) map[interval.Series]interval.Register {
	most := map[string]float64{}
	for _, p := range cfg.Points {
		most[p.ID] = p.MaxKW * float64(interval.Kilowatt)
	}
	known := map[interval.Series]interval.Register{}
	for _, v := range cfg.Values {
		nature, _ := v.Kind.Nature()
		if !nature.Counter {
			continue
		}
		toSI, _ := configs.UnitFor(v.Kind, v.Unit) // newMapping has asked
		r := interval.Register{Step: v.Step * toSI.Factor, Width: v.RollsOverAt * toSI.Factor}
		if nature.Unit == "J" {
			r.MaxRate = most[v.Point]
		}
		known[interval.Series{Meter: v.Point, Kind: v.Kind}] = r
	}
	return known
}

// seriesOf lists the series of a feed, sorted.
func seriesOf(cfg configs.Feed) []interval.Series {
	all := map[interval.Series]bool{}
	for _, v := range cfg.Values {
		all[interval.Series{Meter: v.Point, Kind: v.Kind}] = true
	}
	return slices.SortedFunc(maps.Keys(all), func(a, b interval.Series) int {
		return strings.Compare(a.Meter+" "+string(a.Kind), b.Meter+" "+string(b.Kind))
	})
}
