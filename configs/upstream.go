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
		p.at("url").url(up.URL, "http", "https")
	case up.URL != "":
		p.at("url").fault("remove one of the two", "an address for a site that says offline: true")
	}
	p.at("receipt_key").publicKey(up.ReceiptKey)
	if up.Proxy != "" {
		p.at("proxy").proxy(up.Proxy)
	}
	if up.ProxyLogin != "" && up.Proxy == "" {
		p.at("proxy_login_file").fault("write proxy: http://host:port too", "a login for no proxy")
	}
	if d := time.Duration(up.MaxClockOffset); d < time.Second || d > time.Hour {
		p.at("max_clock_offset").fault("take 5s: the answers' Date header is good to a second", "%s is not between 1s and 1h", up.MaxClockOffset)
	}
}

// proxy checks an address without a secret in it, which would be shown.
func (p place) proxy(value string) {
	p.url(value, "http", "https")
	if u, err := url.Parse(value); err == nil && u.User != nil {
		p.fault("put name:password into a file and name it in proxy_login_file", "a login stands in the proxy's address")
	}
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
	if file == "" {
		return
	}
	text, err := os.ReadFile(file)
	if err != nil {
		p.fault("the agent's user must be able to read it", "%v", err)
	} else if !strings.Contains(string(text), ":") {
		p.fault("one line: name:password", "%s holds no login", file)
	}
}
