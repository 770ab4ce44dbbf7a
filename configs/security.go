package configs

import (
	"cmp"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"os"
	"time"
)

// Security is how the agent knows the other end of a TLS connection (a
// gateway, a broker, the collector), and what it shows there: PEM files.
type Security struct {
	Certificate string `yaml:"certificate"` // the agent's own
	Key         string `yaml:"key"`
	CA          string `yaml:"ca"`          // of the other end's certificate; empty: the system's authorities
	ServerName  string `yaml:"server_name"` // in the other end's certificate; empty: the host of the address
}

// Client returns the agent's side of a TLS connection to a host. It reads the
// files, so that one who asks at each connection takes up a renewed
// certificate without a restart. Errors are files that cannot be used, and a
// certificate of the agent that is not valid at now.
func (s Security) Client(host string, now time.Time) (*tls.Config, error) {
	known, err := s.authorities()
	if err != nil {
		return nil, err
	}
	client := &tls.Config{RootCAs: known, ServerName: cmp.Or(s.ServerName, host), MinVersion: tls.VersionTLS12}
	if s.Certificate == "" {
		return client, nil
	}
	own, err := s.own(now)
	if err != nil {
		return nil, err
	}
	client.Certificates = []tls.Certificate{own}
	return client, nil
}

// authorities are the certificates that the other end's must descend from;
// nil stands for the system's.
func (s Security) authorities() (*x509.CertPool, error) {
	if s.CA == "" {
		return nil, nil
	}
	text, err := os.ReadFile(s.CA)
	if err != nil {
		return nil, fmt.Errorf("authority's certificate: %w", err)
	}
	known := x509.NewCertPool()
	if !known.AppendCertsFromPEM(text) {
		return nil, fmt.Errorf("%s holds no certificate", s.CA)
	}
	return known, nil
}

// own is the certificate that the agent shows.
func (s Security) own(now time.Time) (tls.Certificate, error) {
	own, err := tls.LoadX509KeyPair(s.Certificate, s.Key)
	switch {
	case err != nil:
		return own, fmt.Errorf("client certificate %s: %w", s.Certificate, err)
	case now.After(own.Leaf.NotAfter):
		return own, fmt.Errorf("client certificate %s expired on %s", s.Certificate, own.Leaf.NotAfter.Format(time.DateOnly))
	case now.Before(own.Leaf.NotBefore):
		return own, fmt.Errorf("client certificate %s is not valid before %s: is this machine's clock right?", s.Certificate, own.Leaf.NotBefore.Format(time.DateOnly))
	}
	return own, nil
}

// resolve places the files in the folder of the configuration.
func (s *Security) resolve(file string) {
	s.Certificate, s.Key, s.CA = besides(file, s.Certificate), besides(file, s.Key), besides(file, s.CA)
}

// pair checks what can be said of certificates without reading them.
func (p place) pair(s Security) {
	if (s.Certificate == "") != (s.Key == "") {
		p.fault("write both, or none where the other end asks for no certificate", "a client certificate is a certificate and its key")
	}
}

// security checks the files of certificates on this machine.
func (p place) security(s Security, now time.Time) {
	if s.Certificate != "" && s.Key != "" && !unitsAlone(s.Key) { // one alone is said already
		if _, err := s.own(now); err != nil {
			p.at("certificate").fault("certificate and key are PEM files that belong together; who runs the other end renews them, and they are taken up without a restart", "%v", err)
		}
	}
	if _, err := s.authorities(); err != nil {
		p.at("ca").fault("a PEM file; leave ca: out for the system's authorities", "%v", err)
	} else if end := lastEnd(s.CA); s.CA != "" && now.After(end) {
		p.at("ca").fault("who runs the other end has a newer one", "authority's certificate %s expired on %s", s.CA, end.Format(time.DateOnly))
	}
}

// lastEnd is until when one at least of the certificates in a PEM file holds.
func lastEnd(file string) (end time.Time) {
	text, _ := os.ReadFile(file) // that it can be read was seen before
	for block, rest := pem.Decode(text); block != nil; block, rest = pem.Decode(rest) {
		if c, err := x509.ParseCertificate(block.Bytes); err == nil && c.NotAfter.After(end) {
			end = c.NotAfter
		}
	}
	return end
}
