package modbus

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"net"
	"os"
	"time"

	"thermie/configs"
)

// dialTLS opens Modbus/TCP Security: both sides show a certificate. The files
// are read at each dialling, so that a renewed certificate is taken up
// without a restart.
func dialTLS(address string, cfg configs.Security) dialer {
	return func(ctx context.Context) (wire, error) {
		security, err := credentials(address, cfg, time.Now())
		if err != nil {
			return nil, err
		}
		conn, err := (&tls.Dialer{Config: security}).DialContext(ctx, "tcp", address)
		if err != nil {
			return nil, err
		}
		return socket{conn}, nil
	}
}

// credentials reads the certificates of a line.
func credentials(address string, cfg configs.Security, now time.Time) (*tls.Config, error) {
	own, err := tls.LoadX509KeyPair(cfg.Certificate, cfg.Key)
	if err != nil {
		return nil, fmt.Errorf("client certificate %s: %w", cfg.Certificate, err)
	}
	if end := own.Leaf.NotAfter; now.After(end) {
		return nil, fmt.Errorf("client certificate %s expired on %s", cfg.Certificate, end.Format(time.DateOnly))
	}
	known, err := authorities(cfg.CA)
	if err != nil {
		return nil, err
	}
	name := cfg.ServerName
	if name == "" {
		name, _, _ = net.SplitHostPort(address)
	}
	return &tls.Config{Certificates: []tls.Certificate{own}, RootCAs: known, ServerName: name, MinVersion: tls.VersionTLS12}, nil
}

// authorities are the certificates that a gateway's must descend from; nil
// stands for the system's.
func authorities(file string) (*x509.CertPool, error) {
	if file == "" {
		return nil, nil
	}
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("authority's certificate: %w", err)
	}
	pool := x509.NewCertPool()
	if !pool.AppendCertsFromPEM(text) {
		return nil, fmt.Errorf("%s holds no certificate", file)
	}
	return pool, nil
}
