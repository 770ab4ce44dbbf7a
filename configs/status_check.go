package configs

import (
	"net/netip"
	"path/filepath"
	"strings"
)

// unixScheme begins the status address that is a socket in the file system.
const unixScheme = "unix:"

// StatusListener is where the status page listens, as net.Listen takes it;
// network is empty where the page is off.
func (a *Agent) StatusListener() (network, address string) {
	if path, ok := strings.CutPrefix(a.Status, unixScheme); ok {
		return "unix", path
	}
	if a.Status == "" {
		return "", ""
	}
	return "tcp", a.Status
}

// maxSocketPath is what the kernel's address of a Unix socket has room for.
const maxSocketPath = 107

// statusAddress checks that the status page can be reached from this machine
// alone. Names are refused, localhost too: what they stand for is decided
// elsewhere.
func (p place) statusAddress(value string) {
	if path, ok := strings.CutPrefix(value, unixScheme); ok {
		if !filepath.IsAbs(path) || len(path) > maxSocketPath {
			p.fault("write unix:/run/thermie-agent/status", "%q is not a whole path of a socket, of at most %d bytes", value, maxSocketPath)
		}
		return
	}
	if value == "" {
		return
	}
	address, err := netip.ParseAddrPort(value)
	if err != nil || !address.Addr().IsLoopback() {
		p.fault("write 127.0.0.1:9180, [::1]:9180 or unix:/run/thermie-agent/status; from elsewhere use ssh -L",
			"%q is not an address of this machine alone, and the status page is for nobody else", value)
	}
}
