package modbus

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"math/big"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	simonvetter "github.com/simonvetter/modbus"

	"thermie/agent/modbus/modbustest"
	"thermie/configs"
)

// authority is a plant's own certificate authority, in a folder of a test.
type authority struct {
	t      *testing.T
	folder string
	own    *x509.Certificate
	key    *ecdsa.PrivateKey
	serial int64
}

func newAuthority(t *testing.T) *authority {
	t.Helper()
	a := &authority{t: t, folder: t.TempDir()}
	a.own = &x509.Certificate{Subject: pkix.Name{CommonName: "plant"}, IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign}
	a.issue("plant", a.own, time.Now().Add(time.Hour))
	return a
}

// issue writes name.pem and name.key, valid until the end.
func (a *authority) issue(name string, template *x509.Certificate, end time.Time) (certificate, key string) {
	a.t.Helper()
	private, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		a.t.Fatal(err)
	}
	a.serial++
	template.SerialNumber, template.NotBefore, template.NotAfter = big.NewInt(a.serial), end.Add(-24*time.Hour), end
	if a.key == nil {
		a.key = private // its own
	}
	signed, err := x509.CreateCertificate(rand.Reader, template, a.own, &private.PublicKey, a.key)
	if err != nil {
		a.t.Fatal(err)
	}
	secret, err := x509.MarshalPKCS8PrivateKey(private)
	if err != nil {
		a.t.Fatal(err)
	}
	certificate, key = filepath.Join(a.folder, name+".pem"), filepath.Join(a.folder, name+".key")
	for file, block := range map[string]*pem.Block{certificate: {Type: "CERTIFICATE", Bytes: signed}, key: {Type: "PRIVATE KEY", Bytes: secret}} {
		if err := os.WriteFile(file, pem.EncodeToMemory(block), 0o600); err != nil {
			a.t.Fatal(err)
		}
	}
	return certificate, key
}

// gateway is the certificate of a server called gateway.plant.
func (a *authority) gateway() *tls.Certificate {
	a.t.Helper()
	pair, err := tls.LoadX509KeyPair(a.issue("gateway", &x509.Certificate{
		DNSNames: []string{"gateway.plant"}, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
	}, time.Now().Add(time.Hour)))
	if err != nil {
		a.t.Fatal(err)
	}
	return &pair
}

// agent is what an agent knows the gateway by, with a certificate of its own.
func (a *authority) agent(name string, end time.Time) configs.Security {
	certificate, key := a.issue(name, &x509.Certificate{ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth}}, end)
	return configs.Security{Certificate: certificate, Key: key, CA: filepath.Join(a.folder, "plant.pem"), ServerName: "gateway.plant"}
}

// secureBank serves a bank over Modbus/TCP Security, by a server that we did
// not write.
func secureBank(t *testing.T, b *modbustest.Bank, a *authority) string {
	t.Helper()
	known, err := authorities(filepath.Join(a.folder, "plant.pem"))
	if err != nil {
		t.Fatal(err)
	}
	address := modbustest.FreeAddress(t)
	modbustest.Start(t, &simonvetter.ServerConfiguration{URL: "tcp+tls://" + address, TLSServerCert: a.gateway(), TLSClientCAs: known}, b)
	return address
}

func TestModbusSecurityNeedsTheRightCertificates(t *testing.T) {
	a, b := newAuthority(t), &modbustest.Bank{}
	b.Set(7, 40, 40, 41)
	address := secureBank(t, b, a)
	good := a.agent("agent", time.Now().Add(time.Hour))
	read := func(s configs.Security) ([]byte, error) {
		l := Open(t.Context(), configs.Line{Link: configs.LinkTLS, Address: address, TLS: s})
		return l.Unit(7, 10*time.Second, 0).read(twoRegisters)
	}
	if raw, err := read(good); err != nil || !bytes.Equal(raw, []byte{0, 40, 0, 41}) {
		t.Fatalf("% x, %v", raw, err)
	}
	for name, c := range map[string]struct {
		spoil func(s *configs.Security)
		want  string
	}{
		"another name":        {func(s *configs.Security) { s.ServerName = "gateway.elsewhere" }, "gateway.plant"},
		"the address as name": {func(s *configs.Security) { s.ServerName = "" }, "127.0.0.1"},
		"another authority":   {func(s *configs.Security) { s.CA = newAuthority(t).folder + "/plant.pem" }, "unknown authority"},
		"the system's":        {func(s *configs.Security) { s.CA = "" }, "certificate"},
		"no such authority":   {func(s *configs.Security) { s.CA = "lost.pem" }, "lost.pem"},
		"no certificate in":   {func(s *configs.Security) { s.CA = s.Key }, "holds no certificate"},
		"an unknown agent": {func(s *configs.Security) {
			ca := s.CA
			*s = newAuthority(t).agent("agent", time.Now().Add(time.Hour))
			s.CA = ca
		}, ""},
		"an expired one": {func(s *configs.Security) { *s = a.agent("old", time.Now().Add(-time.Hour)) }, "expired on"},
		"a lost key":     {func(s *configs.Security) { s.Key = "lost.key" }, "lost.key"},
	} {
		spoilt := good
		c.spoil(&spoilt)
		if raw, err := read(spoilt); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: % x, %v", name, raw, err)
		}
	}
}

// A renewed certificate is taken up at the next dialling, without a restart.
func TestARenewedCertificateIsTakenUp(t *testing.T) {
	a, b := newAuthority(t), &modbustest.Bank{}
	b.Set(7, 40, 40, 41)
	line := configs.Line{Link: configs.LinkTLS, Address: secureBank(t, b, a), TLS: a.agent("agent", time.Now().Add(-time.Hour))}
	l := Open(t.Context(), line)
	unit := l.Unit(7, 10*time.Second, 0)
	if _, err := unit.read(twoRegisters); !errors.As(err, new(Unreachable)) {
		t.Errorf("expired: %v", err)
	}
	a.agent("agent", time.Now().Add(time.Hour)) // over the old files
	l.mayDial = time.Time{}
	if raw, err := unit.read(twoRegisters); err != nil {
		t.Errorf("renewed: % x, %v", raw, err)
	}
}
