package collector

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	influxdb2 "github.com/influxdata/influxdb-client-go/v2"

	"thermie/collector/store"
	"thermie/configs"
	"thermie/interval"
)

// secret is the token of paris-1 in these tests, lyonSecret that of lyon-1.
const (
	secret     = "0123456789abcdef-paris"
	lyonSecret = "0123456789abcdef-lyon"
)

// testServer is a collector on a free port with an empty store.
type testServer struct {
	*Server
	t     *testing.T
	store *store.Embedded
	url   string
}

func newTestServer(t *testing.T, more ...func(*configs.Collector)) *testServer {
	t.Helper()
	dir := t.TempDir()
	cfg := &configs.Collector{Listen: "127.0.0.1:0"}
	for site, text := range map[string]string{"paris-1": secret, "lyon-1": lyonSecret} {
		file := filepath.Join(dir, site+".token")
		if err := os.WriteFile(file, []byte(text+"\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		cfg.Tokens = append(cfg.Tokens, configs.Token{Site: site, File: file})
	}
	for _, change := range more {
		change(cfg)
	}
	kept, err := store.OpenEmbedded(filepath.Join(dir, "data"))
	if err != nil {
		t.Fatal(err)
	}
	s, err := New(cfg, kept, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	s.now = func() time.Time { return time.Unix(noon, 0).Add(time.Hour) }
	if err := s.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(context.Background()); err != nil {
			t.Error(err)
		}
		if err := kept.Close(); err != nil && !errors.Is(err, os.ErrClosed) { // a test may have closed it
			t.Error(err)
		}
	})
	return &testServer{s, t, kept, "http://" + s.Addr()}
}

// answer is what came back for a write.
type answer struct {
	status int
	problem
}

// post writes a body with the token of paris-1 and seconds.
func (s *testServer) post(body io.Reader, change ...func(*http.Request)) answer {
	s.t.Helper()
	r, err := http.NewRequest(http.MethodPost, s.url+"/api/v2/write?org=&bucket=thermie&precision=s", body)
	if err != nil {
		s.t.Fatal(err)
	}
	r.Header.Set("Authorization", "Token "+secret)
	for _, c := range change {
		c(r)
	}
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		s.t.Fatal(err)
	}
	defer res.Body.Close()
	a := answer{status: res.StatusCode}
	if res.StatusCode != http.StatusNoContent {
		if got := res.Header.Get("Content-Type"); !strings.HasPrefix(got, "application/json") {
			s.t.Errorf("%d with Content-Type %q", res.StatusCode, got)
		}
		if err := json.NewDecoder(res.Body).Decode(&a.problem); err != nil {
			s.t.Errorf("body of %d: %v", res.StatusCode, err)
		}
	}
	return a
}

// expect checks an answer's status, code and the parts of its message.
func (s *testServer) expect(a answer, status int, code string, parts ...string) {
	s.t.Helper()
	if a.status != status || a.Code != code {
		s.t.Errorf("answer is %d %s (%s), want %d %s", a.status, a.Code, a.Message, status, code)
	}
	for _, part := range parts {
		if !strings.Contains(a.Message, part) {
			s.t.Errorf("message %q does not say %q", a.Message, part)
		}
	}
}

// has returns how many intervals of a site are stored.
func (s *testServer) has(site string) int {
	s.t.Helper()
	recs, err := s.store.Records(context.Background(), site, time.Unix(0, 0), store.EndOfTime)
	if err != nil {
		s.t.Fatal(err)
	}
	return len(recs)
}

func wire(recs ...interval.Record) *strings.Reader { return strings.NewReader(linesOf(recs)) }

func TestWriteStores(t *testing.T) {
	s := newTestServer(t)
	s.expect(s.post(wire(rec(noon, 1), rec(noon+600, 2))), http.StatusNoContent, "")
	s.expect(s.post(wire(rec(noon, 1))), http.StatusNoContent, "")
	if n := s.has("paris-1"); n != 2 {
		t.Errorf("%d intervals stored", n)
	}
}

// The real client, with all precisions, plain and compressed.
func TestWriteFromInfluxClient(t *testing.T) {
	for _, zipped := range []bool{false, true} {
		for n, precision := range []time.Duration{time.Nanosecond, time.Microsecond, time.Millisecond, time.Second} {
			t.Run(fmt.Sprintf("%s gzip=%v", precision, zipped), func(t *testing.T) {
				s := newTestServer(t)
				client := influxdb2.NewClientWithOptions(s.url, secret,
					influxdb2.DefaultOptions().SetPrecision(precision).SetUseGZip(zipped))
				defer client.Close()
				r := rec(noon, float64(n))
				line := string(r.AppendLine(nil)) + strings.Repeat("000", 3-n)
				if err := client.WriteAPIBlocking("", "thermie").WriteRecord(context.Background(), line); err != nil {
					t.Fatal(err)
				}
				got, err := s.store.Records(context.Background(), "paris-1", time.Unix(noon, 0), time.Unix(noon+1, 0))
				if err != nil || len(got) != 1 || !got[0].Same(r) {
					t.Errorf("stored %v, %v", got, err)
				}
				err = client.WriteAPIBlocking("", "thermie").WriteRecord(context.Background(), "weather,town=x t=1")
				if err == nil || !strings.Contains(err.Error(), "line 1") {
					t.Errorf("a foreign line: %v", err)
				}
				if ok, err := client.Ping(context.Background()); !ok || err != nil {
					t.Errorf("ping: %v, %v", ok, err)
				}
				if health, err := client.Health(context.Background()); err != nil || health.Status != "pass" {
					t.Errorf("health: %v, %v", health, err)
				}
			})
		}
	}
}

func TestWriteRefusesLines(t *testing.T) {
	good := linesOf([]interval.Record{rec(noon, 1)})
	foreign := with(rec(noon, 1), func(r *interval.Record) { r.Site = "lyon-1" })
	future := rec(noon+48*3600, 1)
	for name, c := range map[string]struct {
		lines  string
		status int
		code   string
		say    []string
		stored int
	}{
		"malformed":        {good + "interval,site=\n" + linesOf([]interval.Record{rec(noon+600, 1)}), 400, "invalid", []string{"2 of 3 lines stored", "line 2: "}, 2},
		"only malformed":   {"a\n", 400, "invalid", []string{"nothing stored", "line 1: "}, 0},
		"not a number":     {good + strings.Replace(good, "si=1", "si=NaN", 1), 400, "invalid", []string{"1 of 2", "line 2: "}, 1},
		"another site":     {good + linesOf([]interval.Record{foreign}), 400, "invalid", []string{"line 2: site lyon-1 is not the site"}, 1},
		"wrong token":      {linesOf([]interval.Record{foreign, foreign}), 403, "forbidden", []string{"paris-1", "line 1: site lyon-1"}, 0},
		"in the future":    {good + linesOf([]interval.Record{future}), 400, "invalid", []string{"line 2: ", "more than a day ahead"}, 1},
		"in 1970":          {linesOf([]interval.Record{rec(noon/1e6, 1)}), 400, "invalid", []string{"before 1990", "precision"}, 0},
		"since 1970":       {linesOf([]interval.Record{with(rec(600, 1), func(r *interval.Record) { r.Length = int32(noon) })}), 400, "invalid", []string{"before 1990"}, 0},
		"for two years":    {good + linesOf([]interval.Record{with(rec(noon-2*maxLength, 1), func(r *interval.Record) { r.Length = 2 * maxLength })}), 400, "invalid", []string{"line 2: len=63244800 is more than a year"}, 1},
		"a very long line": {good + "interval,site=" + strings.Repeat("x", 10<<20) + "\n" + linesOf([]interval.Record{rec(noon+600, 1)}), 400, "invalid", []string{"2 of 3", "line 2: "}, 2},
		"many bad lines":   {good + strings.Repeat("x\n", 50), 400, "invalid", []string{"line 11: ", "and 40 more lines"}, 1},
	} {
		t.Run(name, func(t *testing.T) {
			s := newTestServer(t)
			s.expect(s.post(strings.NewReader(c.lines)), c.status, c.code, c.say...)
			if n := s.has("paris-1"); n != c.stored {
				t.Errorf("%d intervals stored, want %d", n, c.stored)
			}
			if n := s.has("lyon-1"); n != 0 {
				t.Errorf("%d intervals stored for another site", n)
			}
		})
	}
}

func TestWriteRefusesRequests(t *testing.T) {
	s := newTestServer(t)
	authorize := func(text string) func(*http.Request) {
		return func(r *http.Request) { r.Header.Set("Authorization", text) }
	}
	for _, text := range []string{"", "Token ", "Token wrong", "Basic " + secret, secret, "Token " + secret + "x"} {
		s.expect(s.post(wire(rec(noon, 1)), authorize(text)), 401, "unauthorized")
	}
	s.expect(s.post(wire(rec(noon, 1)), authorize("Bearer "+secret)), 204, "")
	twice := func(r *http.Request) { r.Header.Add("Authorization", "Token "+lyonSecret) }
	s.expect(s.post(wire(rec(noon, 1)), twice), 400, "invalid", "one Authorization header")
	s.expect(s.post(wire(rec(noon, 1)), func(r *http.Request) { r.URL.RawQuery = "precision=h" }), 400, "invalid", "precision")
	encoded := func(r *http.Request) { r.Header.Set("Content-Encoding", "gzip") }
	s.expect(s.post(wire(rec(noon, 1)), encoded), 400, "invalid", "gzip")
	s.expect(s.post(wire(rec(noon, 1)), func(r *http.Request) { r.Header.Set("Content-Encoding", "br") }), 400, "invalid", "br")

	var cut bytes.Buffer
	z := gzip.NewWriter(&cut)
	fmt.Fprint(z, linesOf([]interval.Record{rec(noon, 1), rec(noon+600, 1)}))
	z.Close()
	s.expect(s.post(bytes.NewReader(cut.Bytes()[:cut.Len()-9]), encoded), 400, "invalid", "ends early")
}

// A store that cannot write is our fault, and the sender tries again.
func TestWriteWhileStoreIsClosed(t *testing.T) {
	s := newTestServer(t)
	if err := s.store.Close(); err != nil {
		t.Fatal(err)
	}
	s.expect(s.post(wire(rec(noon, 1))), 503, "unavailable", "0 lines stored")
}

func TestMetrics(t *testing.T) {
	s := newTestServer(t)
	s.post(wire(rec(noon, 1)))
	s.post(wire(rec(noon, 1)))
	s.post(strings.NewReader("bad\n"))
	if err := s.store.Fold(context.Background()); err != nil {
		t.Fatal(err)
	}
	res, err := http.Get(s.url + "/metrics")
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range []string{
		"thermie_collector_write_requests_total 3", "thermie_collector_lines_stored_total 2", "thermie_collector_lines_rejected_total 1",
		"thermie_collector_store_intervals 1", "thermie_collector_store_replayed_total 1", "# TYPE thermie_collector_store_pending_lines gauge",
	} {
		if !strings.Contains(string(text), line+"\n") {
			t.Errorf("metrics do not say %q:\n%s", line, text)
		}
	}
}
