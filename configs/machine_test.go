package configs

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"math/big"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// writeCertificate writes agent.pem and agent.key, valid until the end.
func writeCertificate(t *testing.T, folder string, end time.Time) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(1), NotBefore: end.Add(-24 * time.Hour), NotAfter: end}
	own, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	secret, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	for name, block := range map[string]*pem.Block{"agent.pem": {Type: "CERTIFICATE", Bytes: own}, "agent.key": {Type: "PRIVATE KEY", Bytes: secret}} {
		if err := os.WriteFile(filepath.Join(folder, name), pem.EncodeToMemory(block), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

const onThisMachine = `
site: {id: hall, name: Hall, operator: Somebody, data: measured, tap: return_air}
collector: {url: "https://collector.example.org"}
points:
  - {id: total, name: Total, role: dc_total, class: iec62053-1}
  - {id: it, name: IT, role: it, class: iec62053-1}
modbus:
  - link: tls
    address: 192.0.2.11:802
    tls: {certificate: agent.pem, key: agent.key, ca: %s}
    devices: [{unit: 1, template: schneider-iem3000, point: it}]
  - link: rtu
    address: %s
    sole_master: true
    devices: [{unit: 1, template: schneider-iem3000, point: total}]
`

// What is wrong on the machine is said at check, by file and line; an agent
// that runs begins all the same, because the rest of the site can be read.
func TestCheckLooksForCertificatesAndPorts(t *testing.T) {
	for name, c := range map[string]struct {
		end      time.Time
		ca, port string
		want     []string
	}{
		"all there":       {time.Now().Add(time.Hour), "agent.pem", os.DevNull, nil},
		"expired":         {time.Now().Add(-time.Hour), "agent.pem", os.DevNull, []string{"agent.yaml:10: ", "expired on"}},
		"not yet":         {time.Now().Add(48 * time.Hour), "agent.pem", os.DevNull, []string{"agent.yaml:10: ", "not valid before"}},
		"no authority":    {time.Now().Add(time.Hour), "agent.key", os.DevNull, []string{"agent.yaml:10: ", "holds no certificate"}},
		"authority lost":  {time.Now().Add(time.Hour), "lost.pem", os.DevNull, []string{"agent.yaml:10: ", "lost.pem"}},
		"port not there":  {time.Now().Add(time.Hour), "agent.pem", "/dev/ttyUSB99", []string{"agent.yaml:13: no serial port", "by-id"}},
		"port not a port": {time.Now().Add(time.Hour), "agent.pem", "/etc/passwd", []string{"agent.yaml:13: /etc/passwd is not a serial port"}},
	} {
		t.Run(name, func(t *testing.T) {
			folder := t.TempDir()
			writeCertificate(t, folder, c.end)
			file := filepath.Join(folder, "agent.yaml")
			if err := os.WriteFile(file, fmt.Appendf(nil, onThisMachine, c.ca, c.port), 0o600); err != nil {
				t.Fatal(err)
			}
			if _, err := LoadAgent(file); err != nil {
				t.Errorf("a running agent refuses it: %v", err)
			}
			_, err := CheckAgent(file)
			if (err == nil) != (c.want == nil) {
				t.Errorf("check says %v", err)
			}
			for _, part := range c.want {
				if err != nil && !strings.Contains(err.Error(), part) {
					t.Errorf("check says %v, without %q", err, part)
				}
			}
		})
	}
}

const tokenOnThisMachine = `
site: {id: hall, name: Hall, data: measured}
collector:
  url: https://collector.example.org
  token_file: %s
  proxy: http://proxy.example.org:3128
  proxy_login_file: %s
  tls: {certificate: agent.pem, key: %s}
`

// Secrets must be there, and for the agent alone. What systemd gives to the
// running unit only, nobody at a terminal can look for.
func TestCheckLooksForSecrets(t *testing.T) {
	const given = "/run/credentials/thermie-agent.service/"
	for name, c := range map[string]struct {
		token, login, key string
		mode              os.FileMode
		want              string
	}{
		"all there":        {"token", "login", "agent.key", 0o600, ""},
		"given by systemd": {given + "token", given + "login", given + "agent.key", 0o600, ""},
		"no token":         {"lost", "login", "agent.key", 0o600, "agent.yaml:5: stat"},
		"an empty token":   {"empty", "login", "agent.key", 0o600, "empty is empty (it holds the token alone)"},
		"a folder":         {".", "login", "agent.key", 0o600, "agent.yaml:5: "},
		"an open token":    {"token", "login", "agent.key", 0o644, "agent.yaml:5: everybody on this machine can read"},
		"no login":         {"token", "lost", "agent.key", 0o600, "agent.yaml:7: stat"},
		"half a login":     {"token", "token", "agent.key", 0o600, "token holds no login"},
		"no key":           {"token", "login", "lost", 0o600, "agent.yaml:8: "},
	} {
		t.Run(name, func(t *testing.T) {
			folder := t.TempDir()
			writeCertificate(t, folder, time.Now().Add(time.Hour))
			for file, text := range map[string]string{"token": "secret\n", "login": "plant:secret\n", "empty": "",
				"agent.yaml": fmt.Sprintf(tokenOnThisMachine, c.token, c.login, c.key)} {
				if err := os.WriteFile(filepath.Join(folder, file), []byte(text), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			if err := os.Chmod(filepath.Join(folder, "token"), c.mode); err != nil {
				t.Fatal(err)
			}
			_, err := CheckAgent(filepath.Join(folder, "agent.yaml"))
			if (err == nil) != (c.want == "") || err != nil && !strings.Contains(err.Error(), c.want) {
				t.Errorf("check says %v, want %q", err, c.want)
			}
			if err != nil && strings.Contains(err.Error(), "secret") {
				t.Errorf("check tells a secret: %v", err)
			}
		})
	}
}

const collectorOfACompany = `
site: {id: hall, name: Hall, data: measured}
collector:
  url: https://collector.example.org
  tls:
    certificate: agent.pem
    key: agent.key
    ca: %s
`

func TestCheckLooksForTheCollectorsCertificates(t *testing.T) {
	for name, c := range map[string]struct {
		end  time.Time
		ca   string
		want string
	}{
		"all there":      {time.Now().Add(time.Hour), "agent.pem", ""},
		"expired":        {time.Now().Add(-time.Hour), "agent.pem", "agent.yaml:6: client certificate"},
		"not yet":        {time.Now().Add(48 * time.Hour), "agent.pem", "is this machine's clock right?"},
		"authority lost": {time.Now().Add(time.Hour), "lost.pem", "agent.yaml:8: authority's certificate: open"},
		"no authority":   {time.Now().Add(time.Hour), "agent.key", "agent.yaml:8: "},
		"authority over": {time.Now().Add(-time.Hour), "agent.pem", "agent.yaml:8: authority's certificate"},
	} {
		t.Run(name, func(t *testing.T) {
			folder := t.TempDir()
			writeCertificate(t, folder, c.end)
			file := filepath.Join(folder, "agent.yaml")
			if err := os.WriteFile(file, fmt.Appendf(nil, collectorOfACompany, c.ca), 0o600); err != nil {
				t.Fatal(err)
			}
			if _, err := LoadAgent(file); err != nil {
				t.Errorf("a running agent refuses it: %v", err)
			}
			if _, err := CheckAgent(file); (err == nil) != (c.want == "") || err != nil && !strings.Contains(err.Error(), c.want) {
				t.Errorf("check says %v, want %q", err, c.want)
			}
		})
	}
}
