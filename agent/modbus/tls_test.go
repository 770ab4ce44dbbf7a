package modbus

import (
	"bytes"
	"crypto/tls"
	"errors"
	"strings"
	"testing"
	"time"

	simonvetter "github.com/simonvetter/modbus"

	"thermie/agent/modbus/modbustest"
	"thermie/configs"
	"thermie/proof"
)

// gateway is the certificate of a server called gateway.plant.
func gateway(t *testing.T, a *proof.Authority) *tls.Certificate {
	t.Helper()
	pair, err := tls.LoadX509KeyPair(a.Server("gateway.plant"))
	if err != nil {
		t.Fatal(err)
	}
	return &pair
}

// agentOf is what an agent knows the gateway by, with a certificate of its
// own, valid until the end.
func agentOf(a *proof.Authority, name string, end time.Time) configs.Security {
	certificate, key := a.Client(name, end)
	return configs.Security{Certificate: certificate, Key: key, CA: a.CA, ServerName: "gateway.plant"}
}

// secureBank serves a bank over Modbus/TCP Security, by a server that we did
// not write.
func secureBank(t *testing.T, b *modbustest.Bank, a *proof.Authority) string {
	t.Helper()
	known, err := configs.Security{CA: a.CA}.Client("", time.Now())
	if err != nil {
		t.Fatal(err)
	}
	return modbustest.Start(t, "tcp+tls", simonvetter.ServerConfiguration{
		TLSServerCert: gateway(t, a), TLSClientCAs: known.RootCAs,
		MaxClients: 32, // the server is slower to forget a refused handshake than a test is to try the next
	}, b)
}

func TestModbusSecurityNeedsTheRightCertificates(t *testing.T) {
	a, b := proof.NewAuthority(t), &modbustest.Bank{}
	b.Set(7, 40, 40, 41)
	address := secureBank(t, b, a)
	good := agentOf(a, "agent", time.Now().Add(time.Hour))
	read := func(s configs.Security) ([]byte, error) {
		l := Open(t.Context(), configs.Line{Link: configs.LinkTLS, Address: address, TLS: s})
		return testClient(l, 7).read(twoRegisters)
	}
	if raw, err := read(good); err != nil || !bytes.Equal(raw, []byte{0, 40, 0, 41}) {
		t.Fatalf("% x, %v", raw, err)
	}
	byAddress := good
	byAddress.ServerName = "" // then the certificate must be for the address
	if _, err := read(byAddress); err != nil {
		t.Errorf("by its address: %v", err)
	}
	for name, c := range map[string]struct {
		spoil func(s *configs.Security)
		want  string
	}{
		"another name":      {func(s *configs.Security) { s.ServerName = "gateway.elsewhere" }, "gateway.plant"},
		"another authority": {func(s *configs.Security) { s.CA = proof.NewAuthority(t).CA }, "unknown authority"},
		"the system's":      {func(s *configs.Security) { s.CA = "" }, "certificate"},
		"no such authority": {func(s *configs.Security) { s.CA = "lost.pem" }, "lost.pem"},
		"no certificate in": {func(s *configs.Security) { s.CA = s.Key }, "holds no certificate"},
		"an unknown agent": {func(s *configs.Security) {
			ca := s.CA
			*s = agentOf(proof.NewAuthority(t), "agent", time.Now().Add(time.Hour))
			s.CA = ca
		}, ""},
		"an expired one": {func(s *configs.Security) { *s = agentOf(a, "old", time.Now().Add(-time.Hour)) }, "expired on"},
		"a lost key":     {func(s *configs.Security) { s.Key = "lost.key" }, "lost.key"},
	} {
		spoilt := good
		c.spoil(&spoilt)
		if raw, err := read(spoilt); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: % x, %v", name, raw, err)
		}
	}
}

// A session is kept from one request to the next: to look whether bytes have
// come that nobody asked for does not end it.
func TestATLSSessionIsKept(t *testing.T) {
	a, b := proof.NewAuthority(t), &modbustest.Bank{}
	b.Set(7, 40, 40, 41)
	l := Open(t.Context(), configs.Line{Link: configs.LinkTLS, Address: secureBank(t, b, a), TLS: agentOf(a, "agent", time.Now().Add(time.Hour))})
	var first wire
	for range 5 {
		if raw, err := testClient(l, 7).read(twoRegisters); err != nil || !bytes.Equal(raw, []byte{0, 40, 0, 41}) {
			t.Fatalf("% x, %v", raw, err)
		}
		if first == nil {
			first = l.conn
		}
		if l.conn != first {
			t.Error("another session")
		}
	}
}

// A renewed certificate is taken up at the next dialling, without a restart.
func TestARenewedCertificateIsTakenUp(t *testing.T) {
	a, b := proof.NewAuthority(t), &modbustest.Bank{}
	b.Set(7, 40, 40, 41)
	line := configs.Line{Link: configs.LinkTLS, Address: secureBank(t, b, a), TLS: agentOf(a, "agent", time.Now().Add(-time.Hour))}
	l := Open(t.Context(), line)
	unit := testClient(l, 7)
	if _, err := unit.read(twoRegisters); !errors.As(err, new(Unreachable)) {
		t.Errorf("expired: %v", err)
	}
	agentOf(a, "agent", time.Now().Add(time.Hour)) // over the old files
	l.mayDial = time.Time{}
	if raw, err := unit.read(twoRegisters); err != nil {
		t.Errorf("renewed: % x, %v", raw, err)
	}
}
