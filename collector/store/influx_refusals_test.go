package store

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"thermie/interval"
)

// Of lines that InfluxDB will never take, the sender hears which; the others
// are stored. A limit that can be raised is not held against the lines.
func TestInfluxRefusesSomeLines(t *testing.T) {
	d, cfg := influxPlace(t)
	s := openInflux(t, cfg)
	d.Write(t, cfg.Store.Bucket, fmt.Sprintf("interval,site=paris-1,meter=foreign,kind=k,len=600 min=1i %d\n", noon))
	var recs []interval.Record
	for i := range int64(20) {
		r := rec(noon+i*600, float64(i))
		if i == 7 || i == 12 {
			r = with(r, func(r *interval.Record) { r.Kind, r.SI, r.Min, r.Max = interval.AirTemperature, 300, 290, 310 })
		}
		recs = append(recs, r)
	}
	var refused *Refused
	err := s.Append(context.Background(), Batch{Records: recs})
	if !errors.As(err, &refused) || len(refused.Lines) != 2 || refused.Lines[0].Index != 7 || refused.Lines[1].Index != 12 ||
		!strings.Contains(err.Error(), "field type conflict") {
		t.Errorf("append: %v", err)
	}
	kept := slices.DeleteFunc(slices.Clone(recs), func(r interval.Record) bool { return r.Kind == interval.AirTemperature })
	if got := recordsOf(t, s); !slices.EqualFunc(got, kept, interval.Record.Same) {
		t.Errorf("stored:\n%s", linesOf(got))
	}
	for words, of := range map[string]bool{
		`partial write: field type conflict: input field "si" … dropped=1`:            true,
		`partial write: points beyond retention policy dropped=3`:                     true,
		`unable to parse 'x': missing fields`:                                         true,
		`partial write: max-series-per-database limit exceeded: (1000000) dropped=20`: false,
		`bucket not found`: false,
	} {
		if got := (&influxAnswer{400, words}).ofLines(); got != of {
			t.Errorf("%s: of lines %v", words, got)
		}
	}
}

// Lines that begin before the bucket's retention are refused and not
// acknowledged into nothing.
func TestInfluxRetentionIsNoSilentLoss(t *testing.T) {
	d, cfg := influxPlace(t)
	d.Ask(t, "", fmt.Sprintf("CREATE RETENTION POLICY short ON %s DURATION 1h REPLICATION 1", cfg.Store.Bucket))
	cfg.Store.Bucket += "/short"
	s := openInflux(t, cfg)
	err := s.Append(context.Background(), Batch{Records: []interval.Record{rec(noon, 1), rec(time.Now().Unix(), 2)}})
	var refused *Refused
	if !errors.As(err, &refused) || len(refused.Lines) != 1 || refused.Lines[0].Index != 0 {
		t.Fatalf("append: %v", err)
	}
	if recs := recordsOf(t, s); len(recs) != 1 {
		t.Errorf("stored:\n%s", linesOf(recs))
	}
}
