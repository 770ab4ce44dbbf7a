package agent

import (
	"bytes"
	"compress/gzip"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"time"

	"thermie/interval"
)

// receiver is a server that takes every line and keeps what came, in order.
type receiver struct {
	*httptest.Server
	mu   sync.Mutex
	body bytes.Buffer
}

func newReceiver(t *testing.T) *receiver {
	t.Helper()
	u := &receiver{}
	u.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		in := io.Reader(r.Body)
		if r.Header.Get("Content-Encoding") == "gzip" {
			unpacked, err := gzip.NewReader(r.Body)
			if err != nil {
				http.Error(w, err.Error(), http.StatusBadRequest)
				return
			}
			in = unpacked
		}
		lines, err := io.ReadAll(in)
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		u.mu.Lock()
		defer u.mu.Unlock()
		u.body.Write(lines)
		if !bytes.HasSuffix(lines, []byte("\n")) {
			u.body.WriteByte('\n')
		}
		w.WriteHeader(http.StatusNoContent)
	}))
	t.Cleanup(u.Close)
	return u
}

// size is how many bytes have come.
func (u *receiver) size() int {
	u.mu.Lock()
	defer u.mu.Unlock()
	return u.body.Len()
}

// received returns the lines that came, and what they say.
func (u *receiver) received(t *testing.T) (lines string, records []interval.Record, cards []interval.Card, events []interval.Event) {
	t.Helper()
	u.mu.Lock()
	defer u.mu.Unlock()
	lines = u.body.String()
	err := interval.ReadLines(bytes.NewReader(u.body.Bytes()), func(number int, line []byte) error {
		var l interval.Line
		if err := l.Decode(line, time.Second); err != nil {
			t.Errorf("line %d: %v", number, err)
			return nil
		}
		switch l.Type {
		case interval.RecordLine:
			records = append(records, l.Record)
		case interval.CardLine:
			cards = append(cards, l.Card)
		case interval.EventLine:
			events = append(events, l.Event)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return lines, records, cards, events
}

// energies sums the merged records of a kind by point, in kWh.
func energies(records []interval.Record, kind interval.Kind) map[string]float64 {
	sums := map[string]float64{}
	for _, r := range interval.Merge(records) {
		if r.Kind == kind && !r.Gap() {
			sums[r.Meter] += interval.Energy(r.SI).KWh()
		}
	}
	return sums
}

// total sums all points.
func total(sums map[string]float64) (all float64) {
	for _, one := range sums {
		all += one
	}
	return all
}

// testLog shows the agent's log with the test that fails.
func testLog(t *testing.T) *slog.Logger {
	out := &untilEnd{to: t.Output()}
	t.Cleanup(out.end)
	return slog.New(slog.NewTextHandler(out, nil))
}

// untilEnd is a test's output as long as the test lasts: a client of paho may
// speak on, which a test that is over takes ill.
type untilEnd struct {
	mu    sync.Mutex
	to    io.Writer
	ended bool
}

func (o *untilEnd) Write(b []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.ended {
		return len(b), nil
	}
	return o.to.Write(b)
}

func (o *untilEnd) end() {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.ended = true
}
