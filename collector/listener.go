package collector

import (
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"net"
	"os"

	"thermie/configs"
)

// listen opens the listener of cfg: TLS where it has a certificate, in clear
// only where nobody else can listen in.
func listen(cfg *configs.Collector) (net.Listener, error) {
	var secure *tls.Config
	if cfg.TLS.On() {
		var err error
		if secure, err = listenerTLS(cfg.TLS); err != nil {
			return nil, err
		}
	}
	listener, err := net.Listen("tcp", cfg.Listen)
	if err != nil {
		return nil, fmt.Errorf("listen: %w (hint: another program may have this address; choose another with listen:)", err)
	}
	if secure != nil {
		return tls.NewListener(listener, secure), nil
	}
	// A name that stood for loopback in the configuration may stand for more.
	if address, ok := listener.Addr().(*net.TCPAddr); ok && !address.IP.IsLoopback() && !cfg.BehindProxy {
		listener.Close()
		return nil, fmt.Errorf("listen: %s is open to others, and tokens would pass in clear (hint: write tls:, or 127.0.0.1, or behind_proxy: true)", address)
	}
	return listener, nil
}

// listenerTLS reads the certificate, and the authority of client
// certificates: one that is shown must be signed by it, and none need be.
func listenerTLS(t configs.ListenerTLS) (*tls.Config, error) {
	own, err := tls.LoadX509KeyPair(t.Certificate, t.Key)
	if err != nil {
		return nil, fmt.Errorf("tls: %w (hint: certificate and key are PEM files that belong together)", err)
	}
	config := &tls.Config{Certificates: []tls.Certificate{own}, MinVersion: tls.VersionTLS12, NextProtos: []string{"h2", "http/1.1"}}
	if t.ClientCA == "" {
		return config, nil
	}
	text, err := os.ReadFile(t.ClientCA)
	if err != nil {
		return nil, fmt.Errorf("tls: %w", err)
	}
	config.ClientCAs, config.ClientAuth = x509.NewCertPool(), tls.VerifyClientCertIfGiven
	if !config.ClientCAs.AppendCertsFromPEM(text) {
		return nil, fmt.Errorf("tls: %s holds no certificate (hint: it is a PEM file)", t.ClientCA)
	}
	return config, nil
}

// scheme is that of the collector's own address.
func (s *Server) scheme() string {
	if s.cfg.TLS.On() {
		return "https"
	}
	return "http"
}
