package store

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"time"

	"thermie/interval"
)

// Sites implements Store.
func (i *Influx) Sites(ctx context.Context) ([]string, error) {
	sites, err := i.tagValues(ctx, `SHOW TAG VALUES FROM "interval", "card", "event" WITH KEY = "site"`)
	if err != nil {
		return nil, fmt.Errorf("read sites: %w", err)
	}
	return slices.DeleteFunc(sites, func(site string) bool { return !interval.ValidID(site) }), nil
}

// tagValues returns the values that a SHOW TAG VALUES finds, sorted, each
// once.
func (i *Influx) tagValues(ctx context.Context, statement string) ([]string, error) {
	values := map[string]bool{}
	err := i.door.query(ctx, []string{statement}, func(s *influxSeries) error {
		for _, row := range s.Rows {
			var key, value string
			if err := json.Unmarshal(row, &[2]any{&key, &value}); err != nil {
				return fmt.Errorf("read row %s of InfluxDB: %w", row, err)
			}
			values[value] = true
		}
		return nil
	})
	return slices.Sorted(maps.Keys(values)), err
}

// Cards implements Store.
func (i *Influx) Cards(ctx context.Context, site string) ([]interval.Card, error) {
	if !interval.ValidID(site) {
		return nil, nil
	}
	cards, err := i.cards(ctx, site, span{0, EndOfTime.Unix()})
	if err != nil {
		return nil, fmt.Errorf("read cards of %s: %w", site, err)
	}
	slices.SortFunc(cards, func(a, b interval.Card) int {
		return cmp.Or(cmp.Compare(a.Meter, b.Meter), cmp.Compare(a.ValidFrom, b.ValidFrom), cmp.Compare(b.Rev, a.Rev))
	})
	return slices.CompactFunc(cards, func(a, b interval.Card) bool { return a.Meter == b.Meter && a.ValidFrom == b.ValidFrom }), nil
}

// Events implements Store.
func (i *Influx) Events(ctx context.Context, site string, from, to time.Time) ([]interval.Event, error) {
	if !interval.ValidID(site) {
		return nil, nil
	}
	var events []interval.Event
	statement := fmt.Sprintf(`SELECT "what", "text" FROM "event" WHERE "site" = '%s' AND %s GROUP BY "meter"`,
		site, span{from.Unix(), to.Unix()}.when())
	err := i.door.query(ctx, []string{statement}, func(s *influxSeries) error {
		for _, row := range s.Rows {
			e := interval.Event{Site: site, Meter: s.Tags["meter"]}
			if err := json.Unmarshal(row, &[3]any{&e.At, &e.What, &e.Text}); err != nil {
				return fmt.Errorf("row %s of InfluxDB: %w", row, err)
			}
			events = append(events, e)
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read events of %s: %w", site, err)
	}
	slices.SortFunc(events, func(a, b interval.Event) int {
		return cmp.Or(cmp.Compare(a.At, b.At), cmp.Compare(string(a.AppendLine(nil)), string(b.AppendLine(nil))))
	})
	return events, nil
}

// Records implements Store.
func (i *Influx) Records(ctx context.Context, site string, from, to time.Time) ([]interval.Record, error) {
	wanted := span{from.Unix(), to.Unix()}
	recs, err := i.around(ctx, site, wanted)
	if err != nil {
		return nil, fmt.Errorf("read intervals of %s: %w", site, err)
	}
	return slices.DeleteFunc(interval.Merge(recs), func(r interval.Record) bool {
		return r.Start < wanted.from || r.Start >= wanted.to
	}), nil
}

// around returns the points of a site that begin in the range and those that
// decide about them. An interval that reaches over an edge stands or falls
// by shorter ones that may lie beyond it: the range grows by each length,
// from the longest on.
func (i *Influx) around(ctx context.Context, site string, reach span) ([]interval.Record, error) {
	if !interval.ValidID(site) || reach.from >= reach.to {
		return nil, nil
	}
	lengths, err := i.lengths(ctx, site)
	if err != nil {
		return nil, err
	}
	var where []influxRange
	for _, length := range lengths {
		reach.from -= int64(length)
		where = append(where, influxRange{span: reach, length: length})
		reach.to += int64(length)
	}
	return i.selectRecords(ctx, site, where)
}

// lengths returns the lengths of a site's intervals, the longest first.
func (i *Influx) lengths(ctx context.Context, site string) (lengths []int32, err error) {
	values, err := i.tagValues(ctx, fmt.Sprintf(`SHOW TAG VALUES FROM "interval" WITH KEY = "len" WHERE "site" = '%s'`, site))
	for _, value := range values {
		if length, err := strconv.ParseInt(value, 10, 32); err == nil && length > 0 {
			lengths = append(lengths, int32(length))
		}
	}
	slices.SortFunc(lengths, func(a, b int32) int { return cmp.Compare(b, a) })
	return lengths, err
}

// Span implements Store.
func (i *Influx) Span(ctx context.Context, site string) (from, to time.Time, ok bool, err error) {
	if !interval.ValidID(site) {
		return from, to, false, nil
	}
	const ends = `SELECT %s("cov") FROM "interval" WHERE "site" = '%s' GROUP BY "len"`
	first, last := EndOfTime.Unix(), int64(0)
	err = i.door.query(ctx, []string{fmt.Sprintf(ends, "first", site), fmt.Sprintf(ends, "last", site)}, func(s *influxSeries) error {
		length, err := strconv.ParseInt(s.Tags["len"], 10, 32)
		if err != nil {
			return nil // of another writer
		}
		for _, row := range s.Rows {
			var start int64
			if err := json.Unmarshal(row, &[1]any{&start}); err != nil {
				return fmt.Errorf("row %s of InfluxDB: %w", row, err)
			}
			first, last, ok = min(first, start), max(last, start+length), true
		}
		return nil
	})
	if err != nil {
		return from, to, false, fmt.Errorf("read span of %s: %w", site, err)
	}
	if ok {
		from, to = time.Unix(first, 0).UTC(), time.Unix(last, 0).UTC()
	}
	return from, to, ok, nil
}

// ends hands over each series of a site with the start of its last interval.
func (i *Influx) ends(ctx context.Context, site string, each func(one series, start int64)) error {
	if !interval.ValidID(site) {
		return nil
	}
	statement := fmt.Sprintf(`SELECT last("cov") FROM "interval" WHERE "site" = '%s' GROUP BY "meter", "kind", "len"`, site)
	return i.door.query(ctx, []string{statement}, func(s *influxSeries) error {
		r, ok := recordOf(site, s.Tags)
		if !ok || len(s.Rows) == 0 {
			return nil
		}
		if err := json.Unmarshal(s.Rows[0], &[1]any{&r.Start}); err != nil {
			return fmt.Errorf("row %s of InfluxDB: %w", s.Rows[0], err)
		}
		each(seriesOf(&r), r.Start)
		return nil
	})
}

// Walk implements Store. It holds one series at a time.
func (i *Influx) Walk(ctx context.Context, site string, each func(*interval.Record) error) error {
	var all []series
	if err := i.ends(ctx, site, func(one series, _ int64) { all = append(all, one) }); err != nil {
		return fmt.Errorf("read all of %s: %w", site, err)
	}
	slices.SortFunc(all, func(a, b series) int {
		return cmp.Or(cmp.Compare(a.meter, b.meter), cmp.Compare(a.kind, b.kind), cmp.Compare(b.length, a.length))
	})
	for _, one := range all {
		whole := influxRange{span: span{0, EndOfTime.Unix()}, meter: one.meter, kind: one.kind, length: one.length}
		recs, err := i.selectRecords(ctx, site, []influxRange{whole})
		if err != nil {
			return fmt.Errorf("read all of %s: %w", site, err)
		}
		recs = standing(recs)
		for at := range recs {
			if err := each(&recs[at]); err != nil {
				return fmt.Errorf("read all of %s: %w", site, err)
			}
		}
	}
	return nil
}
