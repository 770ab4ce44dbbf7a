package rights

import (
	"context"
	"errors"
	"net"
	"net/http"
	"net/netip"
	"strings"
)

// errUnknown is the error of a token or certificate that speaks for nobody:
// unknown, expired and revoked look alike.
var errUnknown = errors.New("this token or certificate speaks for nobody: it is unknown, expired or revoked")

// errAmbiguous is the error of a request that shows several identities: which
// of them a proxy on the way has looked at cannot be known.
var errAmbiguous = errors.New("a request has one Authorization header, this one has several")

// Identify puts who asks into the request's context, or refuses: 401 for a
// token that is nobody's, 400 for several, 429 for too many requests. Handlers
// ask May, or From for a write.
//
// A token stands in Authorization as Token, as Bearer, or as the password of
// Basic, for which a browser asks. A client certificate counts where there is
// no token. A person on the machine needs neither: the request must reach a
// loopback address, from one, under a loopback name, and pass no proxy.
// behindProxy says that all requests come through one; then nobody is local,
// and the address that asks is the one that the proxy saw.
func (d *Desk) Identify(behindProxy bool, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		who, err := d.whoAsks(r, behindProxy)
		address, within := addressOf(r, behindProxy), strangers
		key := neighbourhood(address)
		if err == nil && who.Role != Public {
			key, within = "token "+who.ID+who.Holder, d.limits.Limits
		}
		if wait := d.limits.take(key, within, d.now()); wait > 0 {
			tooMany(w, wait)
			return
		}
		switch {
		case errors.Is(err, errAmbiguous):
			Refuse(w, http.StatusBadRequest, err.Error())
			return
		case errors.Is(err, errUnknown):
			Refuse(w, http.StatusUnauthorized, err.Error())
			return
		case err != nil:
			Refuse(w, http.StatusServiceUnavailable, err.Error())
			return
		}
		r.Body = http.MaxBytesReader(w, r.Body, d.limits.BodyBytes)
		ctx := context.WithValue(glancing(With(r.Context(), who)), originKey{}, address)
		next.ServeHTTP(w, r.WithContext(ctx))
	})
}

// whoAsks finds the identity of a request.
func (d *Desk) whoAsks(r *http.Request, behindProxy bool) (Identity, error) {
	if len(r.Header.Values("Authorization")) > 1 {
		return anyone, errAmbiguous
	}
	secret, given := secretOf(r)
	switch {
	case given:
		return d.recognised(r.Context(), hashSecret(secret))
	case r.TLS != nil && len(r.TLS.VerifiedChains) > 0:
		return d.recognised(r.Context(), hashCertificate(r.TLS.VerifiedChains[0][0]))
	case !behindProxy && fromThisMachine(r):
		return local, nil
	}
	return anyone, nil
}

func (d *Desk) recognised(ctx context.Context, h hash) (Identity, error) {
	who, ok, err := d.holder(ctx, h)
	if err == nil && !ok {
		err = errUnknown
	}
	return who, err
}

// secretOf returns the secret that a request shows; a header that holds none
// that we know how to read holds a wrong one.
func secretOf(r *http.Request) (secret string, given bool) {
	if _, given = r.Header["Authorization"]; !given {
		return "", false
	}
	if _, password, ok := r.BasicAuth(); ok {
		return password, true
	}
	scheme, secret, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	if scheme != "Token" && scheme != "Bearer" {
		return "", true
	}
	return strings.TrimSpace(secret), true
}

// fromThisMachine reports whether a person on the machine asks. A name that
// is not loopback's is a page elsewhere that borrows the person's browser.
func fromThisMachine(r *http.Request) bool {
	for _, header := range []string{"Forwarded", "X-Forwarded-For", "X-Real-Ip", "Via"} {
		if r.Header.Get(header) != "" {
			return false
		}
	}
	here, _ := r.Context().Value(http.LocalAddrContextKey).(net.Addr)
	if here == nil || !loopback(hostOf(here.String())) || !loopback(hostOf(r.RemoteAddr)) {
		return false
	}
	host := hostOf(r.Host)
	return host == "localhost" || loopback(host)
}

// addressOf returns the address that asks: behind a proxy the last that was
// forwarded, which is the proxy's own word, and never what a client wrote
// before it.
func addressOf(r *http.Request, behindProxy bool) string {
	if behindProxy {
		forwarded := strings.Join(r.Header.Values("X-Forwarded-For"), ",")
		last := strings.TrimSpace(forwarded[strings.LastIndexByte(forwarded, ',')+1:])
		if address, err := netip.ParseAddr(hostOf(last)); err == nil {
			return address.String()
		}
	}
	return hostOf(r.RemoteAddr)
}

// neighbourhood is by what strangers are counted: an address, of IPv6 the
// network of 64 bits within which one machine takes as many as it likes.
func neighbourhood(address string) string {
	a, err := netip.ParseAddr(address)
	if err != nil || a.Unmap().Is4() {
		return address
	}
	network, err := a.WithZone("").Prefix(64)
	if err != nil {
		return address
	}
	return network.String()
}

// hostOf returns the host of host or host:port.
func hostOf(address string) string {
	if host, _, err := net.SplitHostPort(address); err == nil {
		return host
	}
	return strings.Trim(address, "[]")
}

func loopback(host string) bool {
	address, err := netip.ParseAddr(host)
	return err == nil && address.Unmap().IsLoopback()
}

type originKey struct{}

// originOf is the address that asked, "command" outside of a request.
func originOf(ctx context.Context) string {
	if origin, ok := ctx.Value(originKey{}).(string); ok {
		return origin
	}
	return "command"
}
