package forward

import (
	"context"
	"crypto/tls"
	"encoding/pem"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"thermie/configs"
	"thermie/proof"
)

// trusting is what a test server's own certificate is known by.
func trusting(t *testing.T, server *httptest.Server) configs.Security {
	t.Helper()
	ca := filepath.Join(t.TempDir(), "ca.pem")
	text := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: server.Certificate().Raw})
	if err := os.WriteFile(ca, text, 0o600); err != nil {
		t.Fatal(err)
	}
	return configs.Security{CA: ca}
}

// guarded is a collector of a company with its own authority, which asks
// everybody for a certificate.
func guarded(t *testing.T, company *proof.Authority) (*far, string) {
	t.Helper()
	own, err := tls.LoadX509KeyPair(company.Server("collector.company"))
	if err != nil {
		t.Fatal(err)
	}
	known, err := configs.Security{CA: company.CA}.Client("", time.Now())
	if err != nil {
		t.Fatal(err)
	}
	collector := newFar(t, nil)
	door := httptest.NewUnstartedServer(collector)
	door.TLS = &tls.Config{Certificates: []tls.Certificate{own}, ClientAuth: tls.RequireAndVerifyClientCert, ClientCAs: known.RootCAs}
	door.StartTLS()
	t.Cleanup(door.Close)
	return collector, door.URL
}

// agentOf is what an agent of the company has, in files of the name, valid
// until the end.
func agentOf(company *proof.Authority, name string, end time.Time) configs.Security {
	s := configs.Security{CA: company.CA, ServerName: "collector.company"}
	s.Certificate, s.Key = company.Client(name, end)
	return s
}

func TestAnAgentAndACollectorKnowEachOtherByCertificates(t *testing.T) {
	company := proof.NewAuthority(t)
	collector, address := guarded(t, company)
	good := agentOf(company, "agent", time.Now().Add(time.Hour))
	byAddress := good
	byAddress.ServerName = ""
	for _, s := range []configs.Security{good, byAddress} {
		f, _ := forwarderBy(t, queueOf(t, 3), configs.Upstream{URL: address, TLS: s}, Options{})
		drain(t, f)
	}
	if len(collector.lines()) != 6 {
		t.Errorf("%d lines are stored", len(collector.stored))
	}
	for name, c := range map[string]struct {
		spoil func(s *configs.Security)
		want  string // in the alarm; a server that hangs up may say nothing
	}{
		"another name":      {func(s *configs.Security) { s.ServerName = "collector.elsewhere" }, "collector.company"},
		"another authority": {func(s *configs.Security) { s.CA = proof.NewAuthority(t).CA }, "unknown authority"},
		"the system's":      {func(s *configs.Security) { s.CA = "" }, "certificate"},
		"a lost authority":  {func(s *configs.Security) { s.CA = "lost.pem" }, "collector.tls: authority's certificate: open lost.pem"},
		"no authority":      {func(s *configs.Security) { s.CA = s.Key }, "holds no certificate"},
		"no certificate":    {func(s *configs.Security) { s.Certificate, s.Key = "", "" }, ""},
		"a lost key":        {func(s *configs.Security) { s.Key = "lost.key" }, "lost.key"},
		"one yet to come":   {func(s *configs.Security) { *s = agentOf(company, "late", time.Now().Add(48*time.Hour)) }, "is not valid before"},
		"a stranger's": {func(s *configs.Security) {
			stranger := agentOf(proof.NewAuthority(t), "agent", time.Now().Add(time.Hour))
			s.Certificate, s.Key = stranger.Certificate, stranger.Key
		}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			spoilt := good
			c.spoil(&spoilt)
			f, _ := forwarderBy(t, queueOf(t, 3), configs.Upstream{URL: address, TLS: spoilt}, Options{})
			ctx, cancel := context.WithCancel(t.Context())
			f.wait = func(context.Context, time.Duration) error { cancel(); return nil }
			if err := f.Drain(ctx); err == nil || !strings.Contains(f.Stats().Alarm, c.want) {
				t.Errorf("%v, alarm %q, want %q", err, f.Stats().Alarm, c.want)
			}
			if len(collector.lines()) != 6 {
				t.Error("lines are stored")
			}
		})
	}
}

// Certificates run out while an agent is up. What is renewed in its place is
// taken up at the next attempt: the agent's own and the authority's alike.
func TestRenewedCertificatesAreTakenUpWithoutARestart(t *testing.T) {
	company := proof.NewAuthority(t)
	collector, address := guarded(t, company)
	files := agentOf(company, "agent", time.Now().Add(-time.Hour))
	files.CA = filepath.Join(t.TempDir(), "ca.pem")
	f, _ := forwarderBy(t, queueOf(t, 3), configs.Upstream{URL: address, TLS: files}, Options{})
	var said []string
	f.wait = func(context.Context, time.Duration) error {
		said = append(said, f.Stats().Alarm)
		switch len(said) {
		case 1:
			put(t, proof.NewAuthority(t).CA, files.CA)
		case 2:
			agentOf(company, "agent", time.Now().Add(time.Hour)) // over the old files
		case 3:
			put(t, company.CA, files.CA)
		default:
			t.Fatalf("still: %v", said)
		}
		return nil
	}
	drain(t, f)
	wantLines(t, collector.lines(), wireLines(1, 4))
	for i, want := range []string{"no such file", "expired on", "unknown authority"} {
		if i >= len(said) || !strings.Contains(said[i], want) {
			t.Errorf("attempt %d: %v, want %q", i+1, said, want)
		}
	}
}

func put(t *testing.T, from, to string) {
	t.Helper()
	text, err := os.ReadFile(from)
	if err == nil {
		err = os.WriteFile(to, text, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
}
