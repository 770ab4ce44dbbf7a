package store

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"math"
	"strconv"
	"strings"

	"thermie/interval"
)

// influxRange says which intervals of a site to select: those that begin in
// the span, of one meter or kind or length where it is set.
type influxRange struct {
	span
	meter  string
	kind   interval.Kind
	length int32
}

// statement selects the fields of the range's intervals. Whatever goes into
// it is an id or a number.
func (r influxRange) statement(site string) string {
	where := fmt.Sprintf(`"site" = '%s' AND %s`, site, r.when())
	if r.meter != "" {
		where += fmt.Sprintf(` AND "meter" = '%s'`, r.meter)
	}
	if r.kind != "" {
		where += fmt.Sprintf(` AND "kind" = '%s'`, r.kind)
	}
	if r.length != 0 {
		where += fmt.Sprintf(` AND "len" = '%d'`, r.length)
	}
	return `SELECT "si", "u", "cov", "min", "max", "flags", "rev" FROM "interval" WHERE ` + where +
		` GROUP BY "meter", "kind", "len", "version"`
}

// when is the span as a condition, within what a store can hold.
func (s span) when() string {
	end := EndOfTime.Unix()
	return fmt.Sprintf("time >= %ds AND time < %ds", min(max(s.from, 0), end), min(max(s.to, 0), end))
}

// selectRecords returns all points of the ranges, also those of one key. A
// site whose name is no id has none.
func (i *Influx) selectRecords(ctx context.Context, site string, where []influxRange) (recs []interval.Record, err error) {
	if !interval.ValidID(site) {
		return nil, nil
	}
	statements := make([]string, len(where))
	for at, one := range where {
		statements[at] = one.statement(site)
	}
	err = i.door.query(ctx, statements, func(s *influxSeries) error {
		r, ok := recordOf(site, s.Tags)
		if !ok {
			return nil // of another writer, and no interval of ours
		}
		gap := strings.HasSuffix(s.Tags["version"], gapVersion)
		for _, row := range s.Rows {
			whole, err := readRow(row, gap, &r)
			if err != nil {
				return err
			}
			if whole {
				recs = append(recs, r)
			}
		}
		return nil
	})
	return recs, err
}

// recordOf returns a record with what the tags say; ok is false if they are
// not those of an interval.
func recordOf(site string, tags map[string]string) (r interval.Record, ok bool) {
	length, err := strconv.ParseInt(tags["len"], 10, 32)
	r = interval.Record{Site: site, Meter: tags["meter"], Kind: interval.Kind(tags["kind"]), Length: int32(length)}
	return r, err == nil && length > 0 && interval.ValidID(r.Meter) && interval.ValidID(string(r.Kind))
}

// readRow reads time, si, u, cov, min, max, flags and rev from a row into r;
// whole is false if cov, flags or rev are missing, or si where the row is
// neither of a gap nor covers nothing: another program has written it, or
// InfluxDB is still at it, which writes field by field.
func readRow(row json.RawMessage, gap bool, r *interval.Record) (whole bool, err error) {
	rest := bytes.TrimSuffix(bytes.TrimPrefix(row, []byte{'['}), []byte{']'})
	var numbers [8]string
	for at := range numbers {
		var one []byte
		one, rest, _ = bytes.Cut(rest, []byte{','})
		numbers[at] = string(bytes.TrimSpace(one))
	}
	const absent = "null"
	if numbers[3] == absent || numbers[6] == absent || numbers[7] == absent {
		return false, nil
	}
	float := func(at int, missing float64) float64 {
		if numbers[at] == absent {
			return missing
		}
		value, failed := strconv.ParseFloat(numbers[at], 64)
		err = cmp.Or(err, failed)
		return value
	}
	integer := func(at, bits int) int64 {
		value, failed := strconv.ParseInt(numbers[at], 10, bits)
		err = cmp.Or(err, failed)
		return value
	}
	r.Start = integer(0, 64)
	r.SI, r.U, r.Cov = float(1, math.NaN()), float(2, 0), float(3, 0)
	r.Min, r.Max = float(4, math.NaN()), float(5, math.NaN())
	r.Flags, r.Rev = interval.Flags(integer(6, 64)), int32(integer(7, 32))
	if err != nil {
		return false, fmt.Errorf("read row %s of InfluxDB: %w", row, err)
	}
	return gap || !r.Gap() || r.Cov == 0, nil
}

// cards returns every revision of every card of a site that is valid from a
// moment in the span on.
func (i *Influx) cards(ctx context.Context, site string, valid span) (cards []interval.Card, err error) {
	statement := fmt.Sprintf(`SELECT "json", "rev" FROM "card" WHERE "site" = '%s' AND %s GROUP BY "meter", "version"`, site, valid.when())
	err = i.door.query(ctx, []string{statement}, func(s *influxSeries) error {
		for _, row := range s.Rows {
			c := interval.Card{Site: site, Meter: s.Tags["meter"]}
			var text string
			if err := json.Unmarshal(row, &[3]any{&c.ValidFrom, &text, &c.Rev}); err != nil {
				return fmt.Errorf("read card %s of InfluxDB: %w", row, err)
			}
			if err := describe(&c, text); err != nil {
				return fmt.Errorf("read card %s of InfluxDB: %w", row, err)
			}
			cards = append(cards, c)
		}
		return nil
	})
	return cards, err
}

// describe fills a card from its JSON.
func describe(c *interval.Card, text string) error {
	if c.Meter != interval.SiteCard {
		c.Point = new(interval.Point)
		return json.Unmarshal([]byte(text), c.Point)
	}
	c.Place = new(interval.Site)
	return json.Unmarshal([]byte(text), c.Place)
}
