package configs

import "net"

// ListenerTLS is how the collector's listener shows who it is, and whom it
// knows by certificate: PEM files.
type ListenerTLS struct {
	Certificate string `yaml:"certificate"` // with those between it and the root
	Key         string `yaml:"key"`
	ClientCA    string `yaml:"client_ca"` // signs client certificates; empty: none are asked for
}

// On reports whether the listener speaks TLS.
func (t ListenerTLS) On() bool { return t.Certificate != "" }

// Limits bound what one token may ask of the collector; 0 takes the default.
type Limits struct {
	PerSecond float64 `yaml:"requests_per_second"` // in the long run; default 1000
	Burst     int     `yaml:"burst_requests"`      // at once; default 5000
	Body      int     `yaml:"body_bytes"`          // of one request, as it comes; default 64 MiB
}

// listener checks how the collector can be reached: in clear from its own
// machine only.
func (c *checker) listener(col *Collector) {
	t := c.at("tls")
	if col.TLS != (ListenerTLS{}) {
		t.at("certificate").required(col.TLS.Certificate)
		t.at("key").required(col.TLS.Key)
	}
	if !col.TLS.On() && !col.BehindProxy && !OnLoopback(col.Listen) {
		c.at("listen").fault("write tls: {certificate: FILE, key: FILE}; or 127.0.0.1; or behind_proxy: true where a proxy in front speaks TLS and nobody else reaches this address",
			"%s is open to others, and tokens would pass in clear", col.Listen)
	}
	limits := c.at("limits")
	limits.at("requests_per_second").between(col.Limits.PerSecond, 0, 1e6)
	limits.at("burst_requests").between(float64(col.Limits.Burst), 0, 1e6)
	limits.at("body_bytes").between(float64(col.Limits.Body), 0, 1<<30)
}

// OnLoopback reports whether an address to listen on is reached from this
// machine alone.
func OnLoopback(address string) bool {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return true // not an address, which is said elsewhere
	}
	return loopback(host)
}

func loopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}
