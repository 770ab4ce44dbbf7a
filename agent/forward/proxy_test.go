package forward

import (
	"context"
	"encoding/base64"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"thermie/configs"
)

// tunnel is a proxy that opens a way for who knows the login, and takes down
// where to.
type tunnel struct {
	*httptest.Server
	login string // name:password; empty: everybody

	mu sync.Mutex
	to []string
}

func newTunnel(t *testing.T, login string) *tunnel {
	t.Helper()
	p := &tunnel{login: login}
	p.Server = httptest.NewServer(p)
	t.Cleanup(p.Close)
	return p
}

func (p *tunnel) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	p.mu.Lock()
	p.to = append(p.to, r.Method+" "+r.Host)
	p.mu.Unlock()
	said, _ := strings.CutPrefix(r.Header.Get("Proxy-Authorization"), "Basic ")
	login, _ := base64.StdEncoding.DecodeString(said)
	if string(login) != p.login {
		w.WriteHeader(http.StatusProxyAuthRequired)
		return
	}
	there, err := net.Dial("tcp", r.Host)
	if err != nil {
		w.WriteHeader(http.StatusBadGateway)
		return
	}
	w.WriteHeader(http.StatusOK)
	here, early, err := http.NewResponseController(w).Hijack()
	if err != nil {
		return
	}
	go func() { _, _ = io.Copy(there, early); there.Close() }() // the server may have read ahead
	_, _ = io.Copy(here, there)
	here.Close()
}

// The collector is reached over TLS through the proxy alone: the proxy sees a
// host and a port, the login goes to it and not to the collector, and a wrong
// login is an alarm that a new file ends.
func TestTheWayOutIsTheConfiguredProxy(t *testing.T) {
	t.Setenv("HTTPS_PROXY", "http://proxy.invalid:1")
	server := newFar(t, nil)
	secure := httptest.NewTLSServer(server)
	t.Cleanup(secure.Close)
	proxy := newTunnel(t, "plant:secret")
	login := filepath.Join(t.TempDir(), "login")
	write := func(text string) {
		if err := os.WriteFile(login, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("plant:wrong\n")
	f, _ := forwarderBy(t, queueOf(t, 5), configs.Upstream{URL: secure.URL, TLS: trusting(t, secure), Proxy: proxy.URL, ProxyLogin: login}, Options{})
	refused := 0
	f.wait = func(context.Context, time.Duration) error {
		refused++
		if alarm := f.Stats().Alarm; !strings.Contains(alarm, "407") || !strings.Contains(alarm, "proxy") {
			t.Errorf("alarm %q", alarm)
		}
		write("plant:secret\n")
		return nil
	}
	drain(t, f)
	wantLines(t, server.lines(), wireLines(1, 6))
	want := "CONNECT " + strings.TrimPrefix(secure.URL, "https://")
	if refused != 1 || len(proxy.to) != 2 || proxy.to[0] != want || proxy.to[1] != want {
		t.Errorf("%d refusals, the proxy was asked for %q, want %q", refused, proxy.to, want)
	}
	if said := server.requests[0].Header.Get("Proxy-Authorization"); said != "" {
		t.Errorf("the collector was told the proxy's login: %s", said)
	}
}

func TestTheEnvironmentsProxyIsNotUsed(t *testing.T) {
	t.Setenv("HTTP_PROXY", "http://proxy.invalid:1")
	d, err := newDestination(configs.Upstream{URL: "http://collector.invalid"})
	if err != nil {
		t.Fatal(err)
	}
	if client, err := d.client(); err != nil || client.Transport.(*http.Transport).Proxy != nil {
		t.Errorf("the environment's proxy is used: %v", err)
	}
}

func TestAProxyThatCannotBeUsedIsAnAlarm(t *testing.T) {
	empty := filepath.Join(t.TempDir(), "login")
	if err := os.WriteFile(empty, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for want, up := range map[string]configs.Upstream{
		"collector.proxy:":      {Proxy: "http://name:secret@proxy:3128"},
		"collector.proxy: want": {Proxy: "proxy:3128"},
		"does not hold":         {Proxy: "http://127.0.0.1:1", ProxyLogin: empty},
		"no such file":          {Proxy: "http://127.0.0.1:1", ProxyLogin: empty + "-lost"},
	} {
		up.URL = "http://collector.invalid"
		f, _ := forwarderBy(t, queueOf(t, 1), up, Options{})
		ctx, cancel := context.WithCancel(t.Context())
		f.wait = func(context.Context, time.Duration) error { cancel(); return nil }
		if err := f.Drain(ctx); err == nil || !strings.Contains(f.Stats().Alarm, want) || strings.Contains(err.Error(), "secret") {
			t.Errorf("%+v: %v, alarm %q", up, err, f.Stats().Alarm)
		}
	}
}
