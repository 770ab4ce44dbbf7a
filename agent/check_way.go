package agent

import (
	"fmt"
	"io"
	"strings"

	"thermie/configs"
)

// printWay says to whom lines go, and how.
func printWay(out io.Writer, up configs.Upstream) {
	if up.Offline {
		fmt.Fprintln(out, "  by hand  in signed files that thermie carry writes; nothing is sent over a network")
	} else {
		fmt.Fprintf(out, "  to       %s, bucket %q\n", withoutPassword(up.URL), up.Bucket)
		fmt.Fprintf(out, "  over     %s\n", privacy(up))
		fmt.Fprintf(out, "  as       %s\n", identity(up))
	}
	if up.Proxy != "" {
		fmt.Fprintf(out, "  through  the proxy %s\n", withoutPassword(up.Proxy))
	}
	if up.Hold {
		fmt.Fprintln(out, "  held     until a person has seen and released it with thermie outbox")
	}
}

// privacy says who can read along.
func privacy(up configs.Upstream) string {
	switch {
	case up.Encrypted():
		return overTLS(up.TLS)
	case up.OnThisMachine():
		return "this machine's own loopback"
	}
	return "http, encrypted: no, whoever is on the way reads along, the token too (hint: url: https://…)"
}

func identity(up configs.Upstream) string {
	if up.TokenFile == "" {
		return "nobody: no token_file is given"
	}
	return "the holder of " + up.TokenFile
}

// overTLS says how the other end of a connection is known, and what it sees.
func overTLS(s configs.Security) string {
	words := []string{"TLS 1.2 or later, trusting the system's authorities"}
	if s.CA != "" {
		words[0] = "TLS 1.2 or later, trusting " + s.CA
	}
	if s.ServerName != "" {
		words = append(words, "for the name "+s.ServerName)
	}
	if s.Certificate != "" {
		words = append(words, "showing "+s.Certificate)
	}
	return strings.Join(words, ", ")
}

// bounds says how much the queue keeps.
func bounds(q configs.Queue) string {
	text := fmt.Sprintf("at most %g MB", q.MB)
	if q.Days > 0 {
		text += fmt.Sprintf(" and %g days", q.Days)
	}
	return text + ", of which the oldest goes first"
}
