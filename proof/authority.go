package proof

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// Authority is a plant's own certificate authority, in a folder of a test.
type Authority struct {
	CA string // file of its certificate

	t      testing.TB
	folder string
	own    *x509.Certificate
	key    *ecdsa.PrivateKey
	serial int64
}

// NewAuthority makes an authority that is valid for an hour.
func NewAuthority(t testing.TB) *Authority {
	t.Helper()
	a := &Authority{t: t, folder: t.TempDir()}
	a.own = &x509.Certificate{Subject: pkix.Name{CommonName: "plant"}, IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign}
	a.CA, _ = a.issue("plant", a.own, time.Now().Add(time.Hour))
	return a
}

// Server writes a certificate and key for a server of the name, which may
// also be reached as 127.0.0.1.
func (a *Authority) Server(name string) (certificate, key string) {
	a.t.Helper()
	return a.issue(name, &x509.Certificate{DNSNames: []string{name}, IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)},
		ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth}}, time.Now().Add(time.Hour))
}

// Client writes a certificate and key for a client, valid until the end.
func (a *Authority) Client(name string, end time.Time) (certificate, key string) {
	a.t.Helper()
	return a.issue(name, &x509.Certificate{Subject: pkix.Name{CommonName: name},
		ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth}}, end)
}

// issue writes name.pem and name.key.
func (a *Authority) issue(name string, template *x509.Certificate, end time.Time) (certificate, key string) {
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
