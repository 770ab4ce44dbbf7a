package agent

import (
	"context"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"thermie/agent/forward"
)

// statusSite is an agent of the virtual data center with its status page,
// after one instant was read and sent, and a client of the page.
func statusSite(t *testing.T) (*statusPage, *http.Client) {
	t.Helper()
	up := newReceiver(t)
	_, cfg, dir := measuredDay(t, up.URL)
	socket := filepath.Join(dir, "status")
	cfg.Status = "unix:" + socket
	s, err := openSite(cfg, testLog(t))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.queue.Close() })
	sources, err := openSources(surroundings{t.Context(), cfg, s.templates, testLog(t)})
	if err != nil {
		t.Fatal(err)
	}
	for _, from := range sources {
		if err := s.listenTo(from); err != nil {
			t.Fatal(err)
		}
		if err := from.start(t.Context()); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(from.stop)
	}
	s.forwarder = forward.New(s.queue, cfg.Collector, forward.Options{Log: testLog(t)})
	at, _, err := s.nextInstant(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	s.add(ask(t.Context(), sources, at))
	if err := s.resume(); err != nil {
		t.Fatal(err)
	}
	if err := s.forwarder.Drain(t.Context()); err != nil {
		t.Fatal(err)
	}
	p := s.openStatus(sources)
	t.Cleanup(p.close)
	dial := func(ctx context.Context, _, _ string) (net.Conn, error) {
		return new(net.Dialer).DialContext(ctx, "unix", socket)
	}
	return p, &http.Client{Transport: &http.Transport{DialContext: dial}}
}

// fetch asks and returns status and body.
func fetch(t *testing.T, client *http.Client, method, url string) (int, string) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), method, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	response, err := client.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response.StatusCode, string(body)
}

func TestTheStatusPageTellsHowTheAgentFares(t *testing.T) {
	p, client := statusSite(t)
	status, page := fetch(t, client, "GET", "http://agent/")
	wants := []string{"<title>Thermie agent micro-dc</title>", "unit 1, point ", "mqtt tcp://", ">good<", "electric_energy", " J<", " W<",
		"Lines that wait</td><td>0, the oldest of none", "This machine&#39;s clock</td><td>right: ", "What leaves the site",
		"lines a day, about", "Nothing else leaves the site"}
	for _, want := range wants {
		if !strings.Contains(page, want) {
			t.Errorf("the page does not say %q", want)
		}
	}
	if status != http.StatusOK || strings.Contains(page, "<script") || strings.Contains(page, "none yet") {
		t.Errorf("%d:\n%s", status, page)
	}
	if status, body := fetch(t, client, "GET", "http://agent/healthz"); status != http.StatusOK || body != "ok\n" {
		t.Errorf("healthz: %d %s", status, body)
	}
	_, metrics := fetch(t, client, "GET", "http://agent/metrics")
	for _, want := range []string{
		"\nthermie_agent_queue_lines 0\n", "\nthermie_agent_healthy 1\n", "\nthermie_agent_upload_alarm 0\n",
		"# TYPE thermie_agent_forwarded_lines_total counter\n", "thermie_agent_source_up{source=\"modbus ", "\nthermie_agent_clock_offset_seconds ",
		"thermie_agent_reading_timestamp_seconds{point=\"it\",kind=\"electric_energy\"} 1751324",
	} {
		if !strings.Contains(metrics, want) {
			t.Errorf("the metrics do not say %q:\n%s", want, metrics)
		}
	}
	for _, absent := range []string{"queue_oldest_timestamp_seconds", "unknown_messages_total", "NaN"} {
		if strings.Contains(metrics, absent) {
			t.Errorf("the metrics tell %s, which is not known", absent)
		}
	}
	p.close()
	if _, err := client.Get("http://agent/"); err == nil {
		t.Error("the page answers after its end")
	}
}

func TestNothingCanBeChangedThroughTheStatusPage(t *testing.T) {
	_, client := statusSite(t)
	for _, path := range []string{"/", "/healthz", "/metrics"} {
		for _, method := range []string{"POST", "PUT", "DELETE", "PATCH"} {
			if status, _ := fetch(t, client, method, "http://agent"+path); status != http.StatusMethodNotAllowed {
				t.Errorf("%s %s: %d", method, path, status)
			}
		}
	}
	if status, _ := fetch(t, client, "GET", "http://agent/debug/pprof/"); status != http.StatusNotFound {
		t.Errorf("an unknown page: %d", status)
	}
}

// What is wrong is said on the page, to monitors, and in the metrics.
func TestFaultsAreShown(t *testing.T) {
	p, client := statusSite(t)
	b := p.sources[len(p.sources)-1].(*broker)
	b.receive(nil, stray{})
	b.health.fail(os.ErrDeadlineExceeded)
	p.site.disk.fail(os.ErrPermission)
	l := p.sources[0].(*line)
	past := time.Now().Add(-time.Second)
	l.promise.until.Store(&past)
	_, page := fetch(t, client, "GET", "http://agent/")
	for _, want := range []string{"Fault: stands still: modbus 127.0.0.1:", "1 messages of topics that nobody asked for, such as [&#34;bms/&lt;b&gt;&#34;]", "i/o timeout"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page does not say %q:\n%s", want, page)
		}
	}
	if status, body := fetch(t, client, "GET", "http://agent/healthz"); status != http.StatusServiceUnavailable || !strings.Contains(body, "stands still") {
		t.Errorf("healthz: %d %s", status, body)
	}
	l.promise.within(time.Hour)
	if status, body := fetch(t, client, "GET", "http://agent/healthz"); status != http.StatusServiceUnavailable || !strings.Contains(body, "permission denied") {
		t.Errorf("healthz: %d %s", status, body)
	}
	_, metrics := fetch(t, client, "GET", "http://agent/metrics")
	for _, want := range []string{"thermie_agent_unknown_messages_total{source=\"mqtt tcp://", "part=\"connection\"} 0\n", "thermie_agent_healthy 0\n"} {
		if !strings.Contains(metrics, want) {
			t.Errorf("the metrics do not say %q:\n%s", want, metrics)
		}
	}
}

// stray is a message of a topic that the configuration does not name.
type stray struct{}

func (stray) Topic() string     { return "bms/<b>" }
func (stray) Payload() []byte   { return []byte("1") }
func (stray) Retained() bool    { return false }
func (stray) Duplicate() bool   { return false }
func (stray) Qos() byte         { return 1 }
func (stray) MessageID() uint16 { return 1 }
func (stray) Ack()              {}

// A page on the web can make a browser on this machine ask loopback under its
// own name; it learns nothing.
func TestOnlyThisMachinesNamesAreAnswered(t *testing.T) {
	for host, want := range map[string]bool{
		"127.0.0.1:9180": true, "localhost:9180": true, "[::1]:9180": true, "[::1]": true, "127.0.0.1": true,
		"rebound.example:9180": false, "192.0.2.1:9180": false, "": false, "127.0.0.1.example": false,
	} {
		if namesThisMachine(host) != want {
			t.Errorf("%q: %v", host, !want)
		}
	}
	p, _ := statusSite(t)
	loopback, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	server := &http.Server{Handler: p.handler("tcp")}
	go server.Serve(loopback)
	defer server.Close()
	request, err := http.NewRequest("GET", "http://"+loopback.Addr().String()+"/", nil)
	if err != nil {
		t.Fatal(err)
	}
	for host, want := range map[string]int{"rebound.example": http.StatusForbidden, "": http.StatusOK} {
		request.Host = host
		response, err := http.DefaultClient.Do(request)
		if err != nil {
			t.Fatal(err)
		}
		response.Body.Close()
		if response.StatusCode != want {
			t.Errorf("as %q: %s", host, response.Status)
		}
	}
}

// The socket of an agent that was killed is in nobody's way; that of one that
// lives is left alone, and so is a file that is no socket.
func TestAStatusSocketIsTakenOverFromTheDeadOnly(t *testing.T) {
	path := filepath.Join(t.TempDir(), "status")
	first, err := listenStatus("unix", path)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := listenStatus("unix", path); err == nil || !strings.Contains(err.Error(), "another program answers there") {
		t.Errorf("beside a living one: %v", err)
	}
	first.(*net.UnixListener).SetUnlinkOnClose(false)
	first.Close()
	second, err := listenStatus("unix", path)
	if err != nil {
		t.Errorf("after a dead one: %v", err)
	} else {
		second.Close()
	}
	if err := os.WriteFile(path, []byte("kept"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := listenStatus("unix", path); err == nil {
		t.Error("a file was replaced by a socket")
	}
	if kept, err := os.ReadFile(path); err != nil || string(kept) != "kept" {
		t.Errorf("%q, %v", kept, err)
	}
}
