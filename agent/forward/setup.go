package forward

import (
	"crypto/tls"
	"errors"
)

// setupError is what stands in the way at the agent's own end: an address
// that is none, a file that cannot be used.
type setupError struct{ error }

func (e setupError) Unwrap() error { return e.error }

// misset reports whether a person must put an upload's settings right: those
// of this end, or certificates that one end does not take from the other.
func misset(err error) bool {
	return errors.As(err, new(setupError)) || distrusted(err)
}

// distrusted reports whether one end does not know the other by certificates.
func distrusted(err error) bool {
	return errors.As(err, new(*tls.CertificateVerificationError)) || errors.As(err, new(tls.AlertError))
}
