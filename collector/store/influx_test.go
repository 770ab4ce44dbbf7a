package store

import (
	"context"
	"errors"
	"io"
	"math"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"thermie/configs"
	"thermie/interval"
	"thermie/proof"
)

// openInflux opens another collector's view of an InfluxDB.
func openInflux(t *testing.T, cfg *configs.Collector) *Influx {
	t.Helper()
	s, err := OpenInflux(cfg.Store)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

// influxPlace starts an InfluxDB with one empty store.
func influxPlace(t *testing.T) (*proof.Influxd, *configs.Collector) {
	t.Helper()
	e := newEngine(t, stores[1])
	return e.influx, e.place(t)
}

func giveTo(t *testing.T, s Store, recs ...interval.Record) {
	t.Helper()
	if err := s.Append(context.Background(), Batch{Records: recs}); err != nil {
		t.Fatal(err)
	}
}

func recordsOf(t *testing.T, s Store) []interval.Record {
	t.Helper()
	recs, err := s.Records(context.Background(), "paris-1", time.Unix(0, 0), EndOfTime)
	if err != nil {
		t.Fatal(err)
	}
	return recs
}

// Versions of one interval come to different collectors in every order, the
// old one last among them: each collector then reads the one that stands. No
// collector knows what the others wrote.
func TestOldRevisionArrivesLastAtAnotherCollector(t *testing.T) {
	_, cfg := influxPlace(t)
	const collectors = 3
	var all [collectors]*Influx
	for i := range all {
		all[i] = openInflux(t, cfg)
		giveTo(t, all[i], with(rec(noon, 1), func(r *interval.Record) { r.Meter = "other" })) // what is there is known now
	}
	live := rec(0, 100)
	versions := []interval.Record{
		live,
		with(live, func(r *interval.Record) { r.SI, r.Rev = 110, 1 }),
		with(live, func(r *interval.Record) { r.SI, r.Rev = 120, 2 }),
		with(live, func(r *interval.Record) { r.SI, r.Flags = 90, interval.Flags(interval.Imported) }),
		with(live, func(r *interval.Record) { r.SI, r.Flags = 80, interval.Flags(interval.Estimated) }),
		with(live, func(r *interval.Record) { r.SI, r.Cov, r.U, r.Rev = math.NaN(), 0, 0, 3 }),
	}
	byHand := with(live, func(r *interval.Record) { r.SI, r.Flags = 130, interval.Flags(interval.Correction) })
	takenBack := with(byHand, func(r *interval.Record) { r.SI, r.Cov, r.U, r.Rev = math.NaN(), 0, 0, 1 })
	for name, c := range map[string]struct {
		versions []interval.Record
		want     interval.Record
	}{
		"revisions":         {versions, versions[2]},
		"put right by hand": {append(slices.Clone(versions), byHand), byHand},
		"taken back":        {append(slices.Clone(versions), byHand, takenBack), takenBack},
	} {
		random := rand.New(rand.NewPCG(3, 4))
		for round := range int64(12) {
			start := noon + round*600
			order := slices.Clone(c.versions)
			random.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
			at := func(r interval.Record) interval.Record {
				return with(r, func(r *interval.Record) { r.Meter, r.Start = strings.ReplaceAll(name, " ", "-"), start })
			}
			for i, r := range order {
				giveTo(t, all[i%collectors], at(r))
			}
			for i, s := range all {
				got, err := s.Records(context.Background(), "paris-1", time.Unix(start, 0), time.Unix(start+1, 0))
				got = slices.DeleteFunc(got, func(r interval.Record) bool { return r.Meter != at(live).Meter })
				if err != nil || len(got) != 1 || !got[0].Same(at(c.want)) {
					t.Fatalf("%s: after\n%scollector %d reads %v, %s", name, linesOf(order), i, err, linesOf(got))
				}
			}
		}
	}
}

// What the embedded store makes of a stream of lines, InfluxDB makes of it
// too, for every range asked for.
func TestInfluxReadsAsEmbedded(t *testing.T) {
	_, cfg := influxPlace(t)
	far := openInflux(t, cfg)
	near, err := OpenEmbedded(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer near.Close()
	random := rand.New(rand.NewPCG(8, 9))
	lengths := []int32{300, 600, 900, 3600, 86400}
	for range 8 {
		var b Batch
		for range 60 {
			length := lengths[random.IntN(len(lengths))]
			r := rec((noon-noon%secondsPerDay)+int64(random.IntN(2*secondsPerDay/int(length)))*int64(length), float64(random.IntN(9)))
			r.Length, r.Rev, r.Flags = length, int32(random.IntN(3)), interval.Flags(random.IntN(4))
			if random.IntN(6) == 0 {
				r.SI, r.U, r.Cov = math.NaN(), 0, 0
			}
			b.Records = append(b.Records, r)
		}
		for _, s := range []Store{near, far} {
			if err := s.Append(context.Background(), b); err != nil {
				t.Fatal(err)
			}
		}
	}
	for range 40 {
		from := noon - secondsPerDay + int64(random.IntN(2*secondsPerDay))
		to := from + int64(random.IntN(secondsPerDay))
		want, err := near.Records(context.Background(), "paris-1", time.Unix(from, 0), time.Unix(to, 0))
		if err != nil {
			t.Fatal(err)
		}
		got, err := far.Records(context.Background(), "paris-1", time.Unix(from, 0), time.Unix(to, 0))
		if err != nil || !slices.EqualFunc(got, want, interval.Record.Same) {
			t.Fatalf("%d to %d: %v\n%s\nwant\n%s", from, to, err, linesOf(got), linesOf(want))
		}
	}
	for name, ends := range map[string]func(Store) [2]int64{
		"span": func(s Store) [2]int64 {
			from, to, ok, err := s.Span(context.Background(), "paris-1")
			if err != nil || !ok {
				t.Fatal(err, ok)
			}
			return [2]int64{from.Unix(), to.Unix()}
		},
		"kept": func(s Store) (kept [2]int64) {
			err := s.Walk(context.Background(), "paris-1", func(r *interval.Record) error { kept[0]++; kept[1] += int64(r.Rev); return nil })
			if err != nil {
				t.Fatal(err)
			}
			return kept
		},
	} {
		if n, f := ends(near), ends(far); n != f {
			t.Errorf("%s: embedded %v, InfluxDB %v", name, n, f)
		}
	}
}

// An answer that is cut anywhere, however cleanly, is an error and never a
// shorter result.
func TestInfluxAnswersCutShort(t *testing.T) {
	d, cfg := influxPlace(t)
	giveTo(t, openInflux(t, cfg), rec(noon, 1), rec(noon+600, 2), with(rec(noon, 3), func(r *interval.Record) { r.Length = 3600 }))
	cut, whole := -1, 0
	middle := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		response, err := http.Post(d.URL+r.URL.Path, r.Header.Get("Content-Type"), strings.NewReader(string(body)))
		if err != nil {
			panic(http.ErrAbortHandler)
		}
		defer response.Body.Close()
		answer, _ := io.ReadAll(response.Body)
		if whole = len(answer); cut >= 0 && strings.Contains(string(body), "SELECT") {
			answer = answer[:min(cut, whole)]
		}
		w.Write(answer)
	}))
	defer middle.Close()
	far := *cfg
	far.Store.URL = middle.URL
	s := openInflux(t, &far)
	if recs := recordsOf(t, s); len(recs) != 2 {
		t.Fatalf("%d records through the middle", len(recs))
	}
	for cut = range whole - 1 { // the last byte is a newline
		if recs, err := s.Records(context.Background(), "paris-1", time.Unix(0, 0), EndOfTime); err == nil {
			t.Fatalf("cut at %d of %d bytes: %d records and no error", cut, whole, len(recs))
		}
	}
}

// An InfluxDB that is not there, or has no such database, is said with what
// to do; a write waits for its return, and what it acknowledged before it
// was killed is there.
func TestInfluxGoneAndBack(t *testing.T) {
	d, cfg := influxPlace(t)
	elsewhere := *cfg
	elsewhere.Store.Bucket = "nowhere"
	if _, err := OpenInflux(elsewhere.Store); err == nil || !strings.Contains(err.Error(), "create the database") {
		t.Errorf("without the database: %v", err)
	}
	s := openInflux(t, cfg)
	giveTo(t, s, rec(noon, 1))
	address := strings.TrimPrefix(d.URL, "http://")
	d.Kill()
	err := s.Append(context.Background(), Batch{Records: []interval.Record{rec(noon+600, 2)}})
	var refused *Refused
	if err == nil || errors.As(err, &refused) {
		t.Errorf("while InfluxDB is gone: %v", err)
	}
	if _, err := s.Counts(context.Background()); err == nil {
		t.Error("counts of an InfluxDB that is gone")
	}
	if _, err := OpenInflux(cfg.Store); err == nil {
		t.Error("opened an InfluxDB that is gone")
	}
	d.Start(t, address)
	giveTo(t, s, rec(noon+600, 2))
	if got, want := recordsOf(t, s), []interval.Record{rec(noon, 1), rec(noon+600, 2)}; !slices.EqualFunc(got, want, interval.Record.Same) {
		t.Errorf("after the kill:\n%s", linesOf(got))
	}
}

// The token opens both doors of InfluxDB, is read anew for each request, and
// when it is wrong, lines wait and a person is told where to look.
func TestInfluxToken(t *testing.T) {
	d, cfg := influxPlace(t)
	d.Ask(t, "", "CREATE USER thermie WITH PASSWORD 'right' WITH ALL PRIVILEGES")
	address := strings.TrimPrefix(d.URL, "http://")
	d.Kill()
	d.Rights = true
	d.Start(t, address)
	cfg.Store.TokenFile = filepath.Join(t.TempDir(), "token")
	token := func(text string) {
		t.Helper()
		if err := os.WriteFile(cfg.Store.TokenFile, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	token("thermie:wrong\n")
	if _, err := OpenInflux(cfg.Store); err == nil || !strings.Contains(err.Error(), "look at token_file") {
		t.Errorf("with a wrong token: %v", err)
	}
	token("thermie:right\n")
	s := openInflux(t, cfg)
	giveTo(t, s, rec(noon, 1))
	token("thermie:wrong")
	err := s.Append(context.Background(), Batch{Records: []interval.Record{rec(noon+600, 2)}})
	var refused *Refused
	if err == nil || errors.As(err, &refused) || !strings.Contains(err.Error(), "look at token_file") {
		t.Errorf("append with a wrong token: %v", err)
	}
	token("thermie:right")
	giveTo(t, s, rec(noon+600, 2))
	if recs := recordsOf(t, s); len(recs) != 2 {
		t.Errorf("stored:\n%s", linesOf(recs))
	}
}
