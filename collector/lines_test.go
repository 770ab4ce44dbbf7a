package collector

import (
	"context"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"testing"
	"time"

	"thermie/collector/store"
	"thermie/configs"
	"thermie/interval"
	"thermie/proof"
)

// noon is the instant around which the tests happen, 600 s before the end of
// a UTC day so that ranges cross it.
var noon = time.Date(2025, 7, 1, 23, 50, 0, 0, time.UTC).Unix()

// rec makes a live record of 600 s of one meter.
func rec(start int64, si float64) interval.Record {
	return interval.Record{Site: "paris-1", Meter: "it", Kind: interval.ElectricEnergy, Start: start, Length: 600,
		SI: si, U: 2078, Cov: 1, Min: math.NaN(), Max: math.NaN(), Flags: interval.Flags(interval.Live)}
}

func with(r interval.Record, change func(*interval.Record)) interval.Record { change(&r); return r }

// dayBatch is the numbered batch of one meter, one day each.
func dayBatch(number int64) (recs []interval.Record) {
	for i := range int64(40) {
		recs = append(recs, rec(noon+number*86400+i*600, float64(number*1000+i)))
	}
	return recs
}

func linesOf(recs []interval.Record) (text string) {
	for _, r := range recs {
		text += string(r.AppendLine(nil)) + "\n"
	}
	return text
}

// fixture has a bit of everything that a store can hold of paris-1.
func fixture(t *testing.T) (b store.Batch) {
	t.Helper()
	file, err := os.Open(filepath.Join("store", "testdata", "v2", "export.lines"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	err = interval.ReadLines(file, func(_ int, line []byte) error {
		var l interval.Line
		if err := l.Decode(line, time.Second); err != nil {
			return err
		}
		b.Add(&l)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// recordsOf returns what a store has of paris-1.
func recordsOf(t *testing.T, s store.Store) []interval.Record {
	t.Helper()
	recs, err := s.Records(context.Background(), "paris-1", time.Unix(0, 0), store.EndOfTime)
	if err != nil {
		t.Fatal(err)
	}
	return recs
}

// influxPlace starts an InfluxDB with one empty store.
func influxPlace(t testing.TB) (*proof.Influxd, *configs.Collector) {
	t.Helper()
	d := proof.StartInfluxd(t)
	return d, &configs.Collector{Listen: "127.0.0.1:0", Data: t.TempDir(),
		Store: configs.Store{Kind: configs.InfluxStore, URL: d.URL, Bucket: d.NewDatabase(t)}}
}

func openInflux(t *testing.T, cfg *configs.Collector) *store.Influx {
	t.Helper()
	s, err := store.OpenInflux(cfg.Store)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

// writeConfig writes the part of cfg that says where its store is.
func writeConfig(t testing.TB, cfg *configs.Collector) (file string) {
	t.Helper()
	file = filepath.Join(t.TempDir(), "collector.yaml")
	text := fmt.Sprintf("data: %q\nstore: {kind: %s, url: %q, bucket: %s}\n", cfg.Data, cfg.Store.Kind, cfg.Store.URL, cfg.Store.Bucket)
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}
