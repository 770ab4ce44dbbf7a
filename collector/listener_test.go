package collector

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"io"
	"log/slog"
	"math/big"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"thermie/collector/rights"
	"thermie/collector/store"
	"thermie/configs"
	"thermie/interval"
)

// office signs certificates.
type office struct {
	t    *testing.T
	dir  string
	name string
	own  tls.Certificate
}

func newOffice(t *testing.T, name string) *office {
	o := &office{t: t, dir: t.TempDir(), name: name}
	o.own = o.issue(name, nil)
	return o
}

// issue makes a certificate that the office signs, the office's own where
// there is none yet.
func (o *office) issue(name string, by *tls.Certificate) tls.Certificate {
	o.t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		o.t.Fatal(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(time.Now().UnixNano()), Subject: pkix.Name{CommonName: name},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour), IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)},
		BasicConstraintsValid: true, IsCA: by == nil, KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign,
		ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth, x509.ExtKeyUsageClientAuth}}
	parent, signer := template, any(key)
	if by != nil {
		parent, signer = by.Leaf, by.PrivateKey
	}
	der, err := x509.CreateCertificate(rand.Reader, template, parent, &key.PublicKey, signer)
	if err != nil {
		o.t.Fatal(err)
	}
	private, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		o.t.Fatal(err)
	}
	o.write(name+".pem", "CERTIFICATE", der)
	o.write(name+".key", "PRIVATE KEY", private)
	pair, err := tls.LoadX509KeyPair(o.file(name+".pem"), o.file(name+".key"))
	if err != nil {
		o.t.Fatal(err)
	}
	return pair
}

func (o *office) file(name string) string { return filepath.Join(o.dir, name) }

func (o *office) write(name, kind string, der []byte) {
	o.t.Helper()
	if err := os.WriteFile(o.file(name), pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der}), 0o600); err != nil {
		o.t.Fatal(err)
	}
}

// ask asks for a page over TLS, showing a certificate.
func (o *office) ask(url string, shown ...tls.Certificate) (status int, err error) {
	o.t.Helper()
	roots := x509.NewCertPool()
	roots.AddCert(o.own.Leaf)
	transport := &http.Transport{TLSClientConfig: &tls.Config{RootCAs: roots, GetClientCertificate: func(*tls.CertificateRequestInfo) (*tls.Certificate, error) {
		return &append(shown, tls.Certificate{})[0], nil
	}}}
	defer transport.CloseIdleConnections()
	r, err := http.NewRequest(http.MethodGet, url, nil)
	if err != nil {
		o.t.Fatal(err)
	}
	r.Host = "collector.example" // not a person on the machine
	res, err := transport.RoundTrip(r)
	if err != nil {
		return 0, err
	}
	defer res.Body.Close()
	_, err = io.Copy(io.Discard, res.Body)
	return res.StatusCode, err
}

// A client certificate is an identity where the configured authority signed
// it and its key is registered; one that another authority signed opens no
// connection.
func TestClientCertificatesAreIdentities(t *testing.T) {
	ours, theirs := newOffice(t, "ours"), newOffice(t, "theirs")
	ours.issue("collector", &ours.own)
	known, unknown := ours.issue("engineer", &ours.own), ours.issue("nobody", &ours.own)
	wrong := theirs.issue("engineer", &theirs.own)
	s := newTestServer(t, func(cfg *configs.Collector) {
		cfg.TLS = configs.ListenerTLS{Certificate: ours.file("collector.pem"), Key: ours.file("collector.key"), ClientCA: ours.file("ours.pem")}
	})
	s.url = "https://" + s.Addr()
	ctx := context.Background()
	made, err := s.rights.RegisterCertificate(ctx, rights.Identity{Holder: "Operator", Role: rights.Operator, Sites: []string{"paris-1"}}, known.Leaf)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.store.Append(ctx, store.Batch{Records: []interval.Record{rec(noon, 1)}}); err != nil {
		t.Fatal(err)
	}
	if status, err := ours.ask(s.url+"/api/v1/export?site=paris-1", known); err != nil || status != http.StatusOK {
		t.Errorf("a registered certificate: %d %v", status, err)
	}
	if status, err := ours.ask(s.url+"/api/v1/export?site=lyon-1", known); err != nil || status != http.StatusForbidden {
		t.Errorf("for another site: %d %v", status, err)
	}
	if status, err := ours.ask(s.url+"/api/v1/export?site=paris-1", unknown); err != nil || status != http.StatusUnauthorized {
		t.Errorf("a certificate that is not registered: %d %v", status, err)
	}
	if status, err := ours.ask(s.url + "/api/v1/export?site=paris-1"); err != nil || status != http.StatusUnauthorized {
		t.Errorf("no certificate: %d %v", status, err)
	}
	if status, err := ours.ask(s.url+"/health", wrong); err == nil {
		t.Errorf("a certificate of another authority: %d", status)
	}
	if err := s.rights.RevokeToken(ctx, made.ID); err != nil {
		t.Fatal(err)
	}
	if status, err := ours.ask(s.url+"/api/v1/export?site=paris-1", known); err != nil || status != http.StatusUnauthorized {
		t.Errorf("a revoked certificate: %d %v", status, err)
	}
	if err := s.answersItself(ctx); err != nil {
		t.Errorf("the watchdog: %v", err)
	}
}

// In clear, the collector listens to its own machine only.
func TestNoClearTextForOthers(t *testing.T) {
	s, err := New(&configs.Collector{Listen: "0.0.0.0:0"}, newTestServer(t).store, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	err = s.Start()
	if err == nil || !strings.Contains(err.Error(), "in clear") || !strings.Contains(err.Error(), "behind_proxy") {
		t.Errorf("it starts: %v", err)
	}
	if err := s.Close(context.Background()); err != nil {
		t.Error(err)
	}
}
