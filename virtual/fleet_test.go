package virtual

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"thermie/configs"
	"thermie/interval"
)

// intakeOf stands where a collector would: it takes what a fleet sends apart
// with the wire's own decoder.
type intakeOf struct {
	mu       sync.Mutex
	tokens   map[string]bool
	lines    int64
	cards    int
	highest  map[interval.Key]int32 // revision
	replayed int
}

func (in *intakeOf) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	in.mu.Lock()
	defer in.mu.Unlock()
	in.tokens[r.Header.Get("Authorization")] = true
	var l interval.Line
	err := interval.ReadLines(r.Body, func(_ int, line []byte) error {
		if err := l.Decode(line, time.Second); err != nil {
			return err
		}
		if l.Type != interval.RecordLine {
			in.cards++
			return nil
		}
		in.lines++
		if rev, there := in.highest[l.Record.Key()]; there && rev == l.Record.Rev {
			in.replayed++
		}
		in.highest[l.Record.Key()] = max(in.highest[l.Record.Key()], l.Record.Rev)
		return nil
	})
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	w.WriteHeader(http.StatusNoContent)
}

// What a fleet says that it sent is what arrived: valid lines, the stated
// shares of replays, late data and corrections, each site with its token.
func TestAFleetSendsWhatItSays(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "fleet")
	const sites, rounds = 8, 300
	config, err := WriteFleet(dir, sites, "127.0.0.1:8086")
	if err != nil {
		t.Fatal(err)
	}
	if cfg, err := configs.LoadCollector(config); err != nil || len(cfg.Tokens) != sites {
		t.Fatalf("the collector's configuration: %v", err)
	}
	in := &intakeOf{tokens: map[string]bool{}, highest: map[interval.Key]int32{}}
	server := httptest.NewServer(in)
	defer server.Close()
	from := time.Date(2025, 3, 1, 0, 0, 0, 0, time.UTC)
	f := Fleet{Sites: sites, To: server.URL, Tokens: filepath.Join(dir, "tokens"), From: from, Connections: 3, Duration: time.Hour, Rounds: rounds}
	result, err := f.Run(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	if in.lines != result.Lines() || int64(len(in.highest)) != result.Distinct() {
		t.Errorf("%d lines of %d keys arrived, %d of %d were counted", in.lines, len(in.highest), result.Lines(), result.Distinct())
	}
	if len(in.tokens) != sites || in.cards != sites*(1+len(fleetPlant())) {
		t.Errorf("%d tokens, %d cards", len(in.tokens), in.cards)
	}
	late, corrected := 0, 0
	for key, rev := range in.highest {
		if key.Start < from.Unix() {
			late++
		}
		if rev > 0 {
			corrected++
		}
	}
	within := func(what string, n int, share float64) {
		if got := float64(n) / float64(sites*rounds*fleetSeries); got < share/2 || got > share*2 {
			t.Errorf("%s: %.3f of all, %.3f wanted", what, got, share)
		}
	}
	within("replayed", in.replayed, replayedShare)
	within("of the day before", late, lateShare*lateBy/rounds)
	within("corrected", corrected, correctedShare)
	var text bytes.Buffer
	result.Print(&text)
	if !strings.Contains(text.String(), "known series") {
		t.Errorf("printed %q", text.String())
	}
}

// Whatever is not a 204 ends the load and is told, and a rate is kept.
func TestAFleetEndsWithTheFirstFault(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		http.Error(w, "no room", http.StatusInsufficientStorage)
	}))
	defer server.Close()
	f := Fleet{Sites: 4, To: server.URL, Connections: 2, Duration: time.Hour, Rate: 1e6, From: time.Unix(0, 0).AddDate(50, 0, 0)}
	if _, err := f.Run(context.Background()); err == nil || !strings.Contains(err.Error(), "no room") {
		t.Errorf("error %v", err)
	}
	f.To = "nowhere"
	if _, err := f.Run(context.Background()); err == nil {
		t.Error("an address without a port was taken")
	}
	f.Tokens = t.TempDir()
	if _, err := f.Run(context.Background()); err == nil {
		t.Error("missing tokens were taken")
	}
}

// A server that holds less than it acknowledged is found out.
func TestAFleetReadsBack(t *testing.T) {
	var text string
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, text) }))
	defer server.Close()
	f := Fleet{To: server.URL, Bucket: "fleet/autogen", From: time.Unix(1735689600, 0)}
	r := &FleetResult{lines: 120, distinct: 80}
	for _, c := range []struct {
		server, text string
		good         bool
	}{
		{"thermie", "# HELP x\nthermie_collector_store_intervals 80\nthermie_collector_store_pending_lines 40\n", true},
		{"thermie", "thermie_collector_store_intervals 80\n", false},
		{"influxdb", `{"results":[{"series":[{"values":[["t",80]]}]}]}`, true},
		{"influxdb", `{"results":[{}]}`, false},
		{"victoriametrics", `{"data":{"result":[{"value":[1735689600,"120"]}]}}`, true},
		{"victoriametrics", `{"data":{"result":[]}}`, false},
		{"unknown", "", false},
	} {
		text = c.text
		if err := f.Check(context.Background(), c.server, r, io.Discard); (err == nil) != c.good {
			t.Errorf("%s answering %s: %v", c.server, c.text, err)
		}
	}
}

func TestWriteFleetKeepsWhatIsThere(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "collector.yaml"), []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := WriteFleet(dir, 1, "127.0.0.1:0"); err == nil {
		t.Error("a configuration was overwritten")
	}
}

func TestLatencyQuantiles(t *testing.T) {
	var l latencies
	for ms := range 1000 {
		l.add(time.Duration(ms+1) * time.Millisecond)
	}
	for q, want := range map[float64]time.Duration{0.5: 500 * time.Millisecond, 0.99: 990 * time.Millisecond, 1: time.Second} {
		if got := l.quantile(q); got < want || got > want*102/100 {
			t.Errorf("quantile %g is %v, about %v wanted", q, got, want)
		}
	}
}
