package agent

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// metrics asks the running program.
func (d dump) metrics(ctx context.Context) string {
	client, url, err := d.client()
	if err != nil {
		return fmt.Sprintf("not asked: %s\n", plain(err))
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, url+"/metrics", nil)
	if err != nil {
		return fmt.Sprintf("not asked: %s\n", plain(err))
	}
	answer, err := client.Do(request)
	if err != nil {
		return fmt.Sprintf("no answer: %s\n", plain(err))
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		return fmt.Sprintf("it answers %s\n", answer.Status)
	}
	text, err := io.ReadAll(io.LimitReader(answer.Body, 4<<20))
	if err != nil {
		return fmt.Sprintf("half an answer: %s\n", plain(err))
	}
	return d.labels(string(text))
}

var (
	label      = regexp.MustCompile(`(\w+)="((?:[^"\\]|\\.)*)"`)
	labelWords = []string{"modbus", "mqtt", "host", "connection", "unit", "point", "retained", "repeated", "held"}
)

// labels puts aliases into the labels of metrics, word by word.
func (d dump) labels(text string) string {
	return label.ReplaceAllStringFunc(text, func(pair string) string {
		m := label.FindStringSubmatch(pair)
		words := strings.Fields(m[2])
		for i, word := range words {
			bare := strings.TrimSuffix(word, ",")
			if _, err := strconv.Atoi(bare); err != nil && !slices.Contains(labelWords, bare) {
				words[i] = d.shown.Alias(m[1], bare) + word[len(bare):]
			}
		}
		return m[1] + `="` + strings.Join(words, " ") + `"`
	})
}

// client reaches the status page of the agent, or the collector, on this
// machine.
func (d dump) client() (*http.Client, string, error) {
	network, address, scheme := "tcp", "", "http"
	transport := &http.Transport{DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
		return new(net.Dialer).DialContext(ctx, network, address)
	}}
	if a := d.shown.Agent; a != nil {
		if network, address = a.StatusListener(); network == "" {
			return nil, "", errors.New("the configuration has no status page")
		}
	} else {
		c := d.shown.Collector
		host, port, _ := net.SplitHostPort(c.Listen)
		if ip := net.ParseIP(host); host == "" || ip != nil && ip.IsUnspecified() {
			host = "127.0.0.1"
		}
		address = net.JoinHostPort(host, port)
		if c.TLS.On() {
			own, err := knows(c.TLS.Certificate)
			if err != nil {
				return nil, "", err
			}
			scheme, transport.TLSClientConfig = "https", own
		}
	}
	return &http.Client{Transport: transport, Timeout: 10 * time.Second}, scheme + "://127.0.0.1", nil
}

// knows trusts one certificate, whatever name it is for.
func knows(file string) (*tls.Config, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	block, _ := pem.Decode(text)
	if block == nil {
		return nil, errors.New("the certificate is no PEM file")
	}
	leaf, err := x509.ParseCertificate(block.Bytes)
	if err != nil {
		return nil, err
	}
	own := &tls.Config{RootCAs: x509.NewCertPool(), MinVersion: tls.VersionTLS12}
	own.RootCAs.AddCert(leaf)
	switch {
	case len(leaf.DNSNames) > 0:
		own.ServerName = leaf.DNSNames[0]
	case len(leaf.IPAddresses) > 0:
		own.ServerName = leaf.IPAddresses[0].String()
	}
	return own, nil
}
