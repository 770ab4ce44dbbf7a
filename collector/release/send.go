package release

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"strings"
	"time"
)

// sendTime bounds one sending.
const sendTime = time.Minute

// Send posts a signed file to another collector: over HTTPS, or in clear on
// this machine; through no proxy and no redirect.
func Send(ctx context.Context, address, ca string, file []byte) (answer string, err error) {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || u.Scheme != "https" && !(u.Scheme == "http" && onThisMachine(u.Hostname())) {
		return "", fmt.Errorf("%q is not where a release can go (hint: -url https://collector.example)", address)
	}
	client, err := sender(ca)
	if err != nil {
		return "", err
	}
	defer client.CloseIdleConnections()
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, u.JoinPath("/api/v1/releases").String(), bytes.NewReader(file))
	if err != nil {
		return "", err
	}
	request.Header.Set("Content-Type", "application/json")
	response, err := client.Do(request)
	if err != nil {
		return "", fmt.Errorf("send the release: %w", err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(io.LimitReader(response.Body, 64<<10))
	if err != nil {
		return "", fmt.Errorf("send the release: %w", err)
	}
	if response.StatusCode != http.StatusOK {
		return "", fmt.Errorf("the other collector answers %s: %s", response.Status, strings.TrimSpace(string(body)))
	}
	return strings.TrimSpace(string(body)), nil
}

// sender is the client of one sending, which trusts ca beside nobody else,
// or the system's authorities.
func sender(ca string) (*http.Client, error) {
	transport := &http.Transport{TLSClientConfig: &tls.Config{MinVersion: tls.VersionTLS12}}
	if ca != "" {
		text, err := os.ReadFile(ca)
		if err != nil {
			return nil, err
		}
		transport.TLSClientConfig.RootCAs = x509.NewCertPool()
		if !transport.TLSClientConfig.RootCAs.AppendCertsFromPEM(text) {
			return nil, fmt.Errorf("%s holds no certificate (hint: it is a PEM file)", ca)
		}
	}
	return &http.Client{Transport: transport, Timeout: sendTime, CheckRedirect: func(*http.Request, []*http.Request) error {
		return errors.New("the other collector answers with a redirect, which is not followed")
	}}, nil
}

func onThisMachine(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}
