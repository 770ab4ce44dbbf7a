package configs

import (
	"crypto/ed25519"
	"encoding/base64"
	"net/url"
	"os"
	"strings"
	"time"
)

// Upstream is the collector, or any server that speaks InfluxDB's v2 write.
type Upstream struct {
	URL            string   `yaml:"url"`
	TLS            Security `yaml:"tls"` // of https; certificate and key where the server asks for them
	TokenFile      string   `yaml:"token_file"`
	Org            string   `yaml:"org"`
	Bucket         string   `yaml:"bucket"`
	Hold           bool     `yaml:"hold"`             // nothing leaves before a person released it with `thermie outbox`
	Proxy          string   `yaml:"proxy"`            // http://host:port; empty: none, whatever the environment says
	ProxyLogin     string   `yaml:"proxy_login_file"` // "name:password" for the proxy
	Offline        bool     `yaml:"offline"`          // no network leads there: lines are carried by hand, see `thermie carry`
	ReceiptKey     string   `yaml:"receipt_key"`      // the collector's public key, by which its receipts are known
	MaxClockOffset Duration `yaml:"max_clock_offset"` // between the collector's clock and ours, before intervals are marked
}

// defaultUpstream bears with a clock 5 s off: an interval of ten minutes is
// then named right within 1 %.
func defaultUpstream() Upstream {
	return Upstream{Bucket: "thermie", MaxClockOffset: Duration(5 * time.Second)}
}

// upstream checks where the intervals go.
func (p place) upstream(up Upstream) {
	switch {
	case !up.Offline:
		p.at("url").publicURL(up.URL, "put the token alone into a file and name it in token_file")
	case up.URL != "":
		p.at("url").fault("remove one of the two", "an address for a site that says offline: true")
	}
	p.at("tls").upstreamTLS(up)
	p.at("receipt_key").publicKey(up.ReceiptKey)
	if up.Proxy != "" {
		p.at("proxy").publicURL(up.Proxy, "put name:password into a file and name it in proxy_login_file")
	}
	if up.ProxyLogin != "" && up.Proxy == "" {
		p.at("proxy_login_file").fault("write proxy: http://host:port too", "a login for no proxy")
	}
	if d := time.Duration(up.MaxClockOffset); d < time.Second || d > time.Hour {
		p.at("max_clock_offset").fault("take 5s: the answers' Date header is good to a second", "%s is not between 1s and 1h", up.MaxClockOffset)
	}
}

// publicURL checks an address without a secret in it, because it is shown and
// logged.
func (p place) publicURL(value, hint string) {
	p.url(value, "http", "https")
	if u, err := url.Parse(value); err == nil && u.User != nil {
		p.fault(hint, "a login stands in the address")
	}
}

// upstreamTLS checks by what the collector is known.
func (p place) upstreamTLS(up Upstream) {
	p.pair(up.TLS)
	switch {
	case p.written() && !up.Encrypted():
		p.fault("write url: https://host", "certificates are for a connection over TLS")
	case up.TLS.ServerName != "" && strings.HasPrefix(up.Proxy, "https:"):
		p.at("server_name").fault("leave it out; url: is then what the collector's certificate must be for", "the proxy's certificate would be checked for this name too")
	}
}

// Encrypted reports whether the way to the collector is.
func (up Upstream) Encrypted() bool {
	u, err := url.Parse(up.URL)
	return err == nil && u.Scheme == "https"
}

// OnThisMachine reports whether the collector is on the agent's own machine.
func (up Upstream) OnThisMachine() bool {
	u, err := url.Parse(up.URL)
	return err == nil && loopback(u.Hostname())
}

// publicKey checks an ed25519 key, where one is given.
func (p place) publicKey(value string) {
	key, err := base64.StdEncoding.DecodeString(value)
	if value != "" && (err != nil || len(key) != ed25519.PublicKeySize) {
		p.fault("copy it from where thermie carry or thermie takein printed it: 44 characters", "%q is no public key", value)
	}
}

// proxyLogin checks that a file with a proxy's login can be read on this machine.
func (p place) proxyLogin(file string) {
	const holds = "one line: name:password"
	p.secretFile(file, holds)
	if text, err := os.ReadFile(file); err == nil && len(text) > 0 && !strings.Contains(string(text), ":") {
		p.fault(holds, "%s holds no login", file)
	}
}
