package agent

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"html"
	"io/fs"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"os"
	"strings"
	"time"

	"thermie/daemon"
)

// statusPage answers this machine, and nobody else, on how the agent fares:
// a page for people, /healthz and /metrics for monitors. There is nothing to
// change through it.
type statusPage struct {
	site    *site
	sources []source
	tracks  []*track // in the order of the points
	leaving string   // what `thermie check` says, escaped
	started time.Time
	server  *http.Server
}

// openStatus begins to answer at the configured address, if there is one. A
// page that cannot be shown is no reason not to measure.
func (s *site) openStatus(sources []source) *statusPage {
	network, address := s.cfg.StatusListener()
	if network == "" {
		return &statusPage{}
	}
	listener, err := listenStatus(network, address)
	if err != nil {
		s.log.Error("no status page; the meters are read all the same", "error", err, "hint", "another program may have this address; choose another with status:")
		return &statusPage{}
	}
	p := s.newStatusPage(sources)
	p.server = &http.Server{Handler: p.handler(network), ReadTimeout: 10 * time.Second, WriteTimeout: 30 * time.Second,
		IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 16 << 10, ErrorLog: slog.NewLogLogger(s.log.Handler(), slog.LevelWarn)}
	s.log.Info("status page", "at", listener.Addr().String())
	go func() {
		if err := p.server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
			s.log.Error("the status page has ended", "error", err)
		}
	}()
	return p
}

func (s *site) newStatusPage(sources []source) *statusPage {
	p := &statusPage{site: s, sources: sources, started: time.Now()}
	series := seriesOf(sources, s.cfg.Points)
	for _, one := range series {
		p.tracks = append(p.tracks, s.tracks.bySeries[one])
	}
	var text bytes.Buffer
	printLeaving(&text, s.cfg, series, cardsOf(s.cfg, s.templates))
	p.leaving = html.EscapeString(text.String())
	return p
}

// listenStatus listens; the socket file of an agent that was killed is
// replaced, that of one that lives is not.
func listenStatus(network, address string) (net.Listener, error) {
	if network == "unix" {
		if conn, err := net.Dial(network, address); err == nil {
			conn.Close()
			return nil, fmt.Errorf("listen %s: another program answers there", address)
		}
		if info, err := os.Lstat(address); err == nil && info.Mode()&fs.ModeSocket != 0 {
			_ = os.Remove(address) // if it stays, listening fails and says why
		}
	}
	return net.Listen(network, address)
}

// stopStatus is how long answers under way may take at the end.
const stopStatus = 2 * time.Second

func (p *statusPage) close() {
	if p.server == nil {
		return
	}
	ctx, cancel := context.WithTimeout(context.Background(), stopStatus)
	defer cancel()
	if p.server.Shutdown(ctx) != nil {
		_ = p.server.Close() // who still reads is cut off
	}
}

func (p *statusPage) handler(network string) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", p.page)
	mux.HandleFunc("GET /healthz", p.health)
	mux.HandleFunc("GET /metrics", p.metrics)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if network == "tcp" && !namesThisMachine(r.Host) {
			http.Error(w, "this page is for this machine alone", http.StatusForbidden)
			return
		}
		w.Header().Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'")
		w.Header().Set("X-Content-Type-Options", "nosniff")
		w.Header().Set("Cache-Control", "no-store")
		mux.ServeHTTP(w, r)
	})
}

// namesThisMachine reports whether a request was meant for this machine: a
// foreign page can make a browser come here under its own name (DNS
// rebinding).
func namesThisMachine(host string) bool {
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	if host == "localhost" {
		return true
	}
	address, err := netip.ParseAddr(strings.Trim(host, "[]"))
	return err == nil && address.IsLoopback()
}

// health answers 200 while meters are asked and what they say finds its place
// on the disk. A collector that cannot be reached and a clock that is wrong
// are no faults of the agent: the lines wait or are marked, and the page and
// the metrics say so.
func (p *statusPage) health(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	if fault := p.fault(time.Now()); fault != "" {
		w.WriteHeader(http.StatusServiceUnavailable)
		fmt.Fprintln(w, fault)
		return
	}
	fmt.Fprintln(w, "ok")
	if fault := p.site.clockReport().fault; fault != "" {
		fmt.Fprintln(w, fault+"; intervals are marked")
	}
}

// fault says what keeps the agent from measuring; empty: nothing.
func (p *statusPage) fault(now time.Time) string {
	if who := p.site.watch.still(now); who != "" {
		return "stands still: " + who
	}
	if disk := p.site.disk.state(""); !disk.since.IsZero() {
		return "the disk takes no intervals: " + disk.fault
	}
	return ""
}

// reports asks each source that can tell.
func (p *statusPage) reports() (all []sourceStatus) {
	for _, from := range p.sources {
		if r, ok := from.(reporter); ok {
			all = append(all, r.status())
		}
	}
	return all
}

func (p *statusPage) metrics(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", daemon.MetricsType)
	daemon.WriteMetrics(w, "thermie_agent_", p.families())
}
