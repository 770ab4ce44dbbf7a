package collector

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"thermie/collector/rights"
	"thermie/configs"
)

// A small body that grows without end is stopped at the limit.
func TestWriteStopsBomb(t *testing.T) {
	if testing.Short() {
		t.Skip("much of one thing, in one goroutine")
	}
	s := newTestServer(t)
	var bomb bytes.Buffer
	z, _ := gzip.NewWriterLevel(&bomb, gzip.BestCompression)
	zeros := make([]byte, 1<<20)
	for range 200 {
		if _, err := z.Write(zeros); err != nil {
			t.Fatal(err)
		}
	}
	z.Close()
	a := s.post(&bomb, func(r *http.Request) { r.Header.Set("Content-Encoding", "gzip") })
	s.expect(a, 413, "request too large", fmt.Sprint(maxBody))
}

// A body beyond the limit of the configuration is told so, at every door, and
// of lines those before the limit are stored: their sender goes on behind them.
func TestABodyBeyondTheConfiguredLimit(t *testing.T) {
	s := newTestServer(t, func(cfg *configs.Collector) { cfg.Limits.Body = 4096 })
	var body strings.Builder
	for i := range int64(100) {
		r := rec(noon-i*600, 1)
		body.Write(append(r.AppendLine(nil), '\n'))
	}
	a := s.post(strings.NewReader(body.String()))
	stored := s.has("paris-1")
	s.expect(a, 413, "request too large", "more than 4096 bytes", fmt.Sprintf("%d lines before that are stored", stored))
	if stored < 20 || stored >= 100 {
		t.Errorf("%d of 100 lines are stored", stored)
	}
	admin := s.made(rights.Identity{Holder: "admin", Role: rights.Admin})
	if status, body := s.declares(admin, "factors: # "+body.String()); status != 413 || !strings.Contains(body, "4096 bytes") {
		t.Errorf("declarations: %d %s", status, body)
	}
	if status, body := (&house{testServer: s}).sent([]byte(body.String())); status != 413 || !strings.Contains(body, "4096 bytes") {
		t.Errorf("a release: %d %s", status, body)
	}
}
