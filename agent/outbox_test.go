package agent

import (
	"bytes"
	"fmt"
	"math"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"thermie/configs"
	"thermie/interval"
)

// heldSite is a site that holds what it measures back, its configuration
// file, and the server that it would send to.
func heldSite(t *testing.T, more string) (s *site, config string, up *receiver) {
	t.Helper()
	up = newReceiver(t)
	config = filepath.Join(t.TempDir(), "agent.yaml")
	text := fmt.Sprintf(`site: {id: lyon-1, name: Lyon, commune_insee: "99901", data: measured}
collector: {url: %q%s}
points: [{id: it, name: IT, role: it, class: iec62053-1, device: ups}]
modbus: [{address: "127.0.0.1:1", devices: [{unit: 1, template: abb-b23, point: it}]}]
`, up.URL, more)
	if err := os.WriteFile(config, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	cfg, err := configs.LoadAgent(config)
	if err != nil {
		t.Fatal(err)
	}
	if s, err = openSite(cfg, testLog(t)); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.queue.Close() })
	s.forwarder = s.newForwarder()
	return s, config, up
}

// measured queues the intervals of some hours, the nth of the year 2026 first.
func measured(t *testing.T, s *site, n, hours int) {
	t.Helper()
	begin := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC).Unix()
	for i := n; i < n+hours; i++ {
		r := interval.Record{Site: "lyon-1", Meter: "it", Kind: interval.ElectricEnergy, Start: begin + 3600*int64(i), Length: 3600, SI: 3.6e6, Cov: 1, Min: math.NaN(), Max: math.NaN(), Flags: 2}
		s.pending = append(r.AppendLine(s.pending), '\n')
	}
	if err := s.store(); err != nil {
		t.Fatal(err)
	}
}

// pageOf is the status page.
func pageOf(t *testing.T, s *site) string {
	t.Helper()
	answer := httptest.NewRecorder()
	s.newStatusPage(nil).handler("tcp").ServeHTTP(answer, httptest.NewRequest("GET", "http://127.0.0.1/", nil))
	return answer.Body.String()
}

func outboxSays(t *testing.T, args ...string) (string, error) {
	t.Helper()
	var out bytes.Buffer
	err := CmdOutbox(t.Context(), args, &out, t.Output())
	return out.String(), err
}

// The operator looks, releases what was seen, and that alone leaves; the
// agent goes on measuring meanwhile.
func TestNothingLeavesThatNobodyHasSeen(t *testing.T) {
	s, config, up := heldSite(t, ", hold: true")
	measured(t, s, 0, 24)
	drain := func() {
		t.Helper()
		if err := s.forwarder.Drain(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if drain(); up.size() > 0 {
		t.Fatal("held lines have left")
	}
	list, err := outboxSays(t, "-config", config)
	if err != nil || !strings.Contains(list, "24 lines") || !strings.Contains(list, "2026-01-01 00:00  2026-01-02 00:00") {
		t.Fatalf("%v\n%s", err, list)
	}
	code := regexp.MustCompile(`-release (\S+)`).FindStringSubmatch(list)[1]
	shown, _ := outboxSays(t, "-config", config, "-lines")
	measured(t, s, 24, 3)
	if _, err := outboxSays(t, "-config", config, "-release", code[:len(code)-1]+"x"); err == nil {
		t.Error("another code was taken")
	}
	if drain(); up.size() > 0 {
		t.Fatal("held lines have left")
	}
	if said, err := outboxSays(t, "-config", config, "-release", code); err != nil || !strings.Contains(said, "Released 24 lines") {
		t.Fatalf("%v\n%s", err, said)
	}
	drain()
	if sent, _, _, _ := up.received(t); sent != shown {
		t.Errorf("sent\n%s\nshown\n%s", sent, shown)
	}
	if _, err := outboxSays(t, "-config", config, "-release", code); err == nil {
		t.Error("a code was taken twice")
	}
	if list, _ = outboxSays(t, "-config", config); !strings.Contains(list, "3 lines") {
		t.Errorf("what came after reads\n%s", list)
	}
	if page := pageOf(t, s); !strings.Contains(page, "Lines held until a person has released them with thermie outbox</td><td class=\"bad\">3<") {
		t.Errorf("the page does not show the hold:\n%s", page)
	}
}

func TestWithoutHoldTheOutboxOnlyShows(t *testing.T) {
	s, config, _ := heldSite(t, "")
	if list, err := outboxSays(t, "-config", config); err != nil || !strings.Contains(list, "Nothing waits") {
		t.Errorf("%v\n%s", err, list)
	}
	measured(t, s, 0, 2)
	if list, err := outboxSays(t, "-config", config); err != nil || !strings.Contains(list, "leave by themselves") {
		t.Errorf("%v\n%s", err, list)
	}
	if _, err := outboxSays(t, "-config", config, "-release", "2-000000000000"); err == nil || !strings.Contains(err.Error(), "hold: true") {
		t.Errorf("release: %v", err)
	}
}
