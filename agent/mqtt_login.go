package agent

import (
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"os"
	"strings"
	"time"

	"thermie/configs"
)

// credentials are how a broker is known and what the agent shows it. The
// files are read at each connection, so that a renewed certificate is taken
// up without a restart.
func credentials(host string, s configs.Security, now time.Time) (*tls.Config, error) {
	security := &tls.Config{ServerName: s.ServerName, MinVersion: tls.VersionTLS12}
	if security.ServerName == "" {
		security.ServerName = host
	}
	if s.CA != "" {
		text, err := os.ReadFile(s.CA)
		if err != nil {
			return nil, fmt.Errorf("authority's certificate: %w", err)
		}
		security.RootCAs = x509.NewCertPool()
		if !security.RootCAs.AppendCertsFromPEM(text) {
			return nil, fmt.Errorf("%s holds no certificate", s.CA)
		}
	}
	if s.Certificate == "" {
		return security, nil
	}
	own, err := tls.LoadX509KeyPair(s.Certificate, s.Key)
	if err != nil {
		return nil, fmt.Errorf("client certificate %s: %w", s.Certificate, err)
	}
	if end := own.Leaf.NotAfter; now.After(end) {
		return nil, fmt.Errorf("client certificate %s expired on %s", s.Certificate, end.Format(time.DateOnly))
	}
	security.Certificates = []tls.Certificate{own}
	return security, nil
}

// largestPassword is that of an MQTT packet.
const largestPassword = 1 << 16

// login reads user and password, at each connection.
func (b *broker) login(cfg configs.Broker) (user, password string) {
	switch {
	case cfg.PasswordEnv != "":
		return cfg.Username, os.Getenv(cfg.PasswordEnv)
	case cfg.PasswordFile == "":
		return cfg.Username, ""
	}
	text, err := os.ReadFile(cfg.PasswordFile)
	if err != nil || len(text) >= largestPassword {
		b.health.fail(fmt.Errorf("password of %s: %d bytes, %v", cfg.Username, len(text), err))
		return cfg.Username, ""
	}
	return cfg.Username, strings.TrimRight(string(text), "\r\n")
}
