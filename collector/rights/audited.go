package rights

import (
	"fmt"
	"net/http"
	"net/url"
)

// Audited notes each answered request in the audit log before the first byte
// of the answer leaves: what cannot be noted is not answered. Agents' writes
// and what monitors ask carry no site's figures out and are left out by the
// caller.
func (d *Desk) Audited(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		noted := &auditedWriter{ResponseWriter: w, desk: d, request: r}
		next.ServeHTTP(noted, r)
		noted.WriteHeader(http.StatusOK) // where the handler said nothing
	})
}

// auditedWriter holds the answer's head back until it is noted.
type auditedWriter struct {
	http.ResponseWriter
	desk    *Desk
	request *http.Request
	decided bool
	mute    bool // the note failed and 503 was sent in its place
}

func (w *auditedWriter) WriteHeader(status int) {
	if w.decided {
		return
	}
	w.decided = true
	act := "read"
	if w.request.Method != http.MethodGet && w.request.Method != http.MethodHead {
		act = "request"
	}
	if status == http.StatusUnauthorized || status == http.StatusForbidden {
		act = "refused"
	}
	err := w.desk.Note(w.request.Context(), act, objectOf(w.request.URL), fmt.Sprintf("%s %d", w.request.Method, status))
	if err != nil {
		w.mute = true
		for name := range w.Header() {
			w.Header().Del(name)
		}
		Refuse(w.ResponseWriter, http.StatusServiceUnavailable, "nothing is shown that cannot be noted: "+err.Error())
		return
	}
	w.ResponseWriter.WriteHeader(status)
}

func (w *auditedWriter) Write(p []byte) (int, error) {
	w.WriteHeader(http.StatusOK)
	if w.mute {
		return len(p), nil
	}
	return w.ResponseWriter.Write(p)
}

// objectOf is what was asked for, without what InfluxDB's clients may put of
// a secret into the address.
func objectOf(u *url.URL) string {
	query := u.Query()
	for _, name := range []string{"u", "p", "token"} {
		query.Del(name)
	}
	return (&url.URL{Path: u.Path, RawQuery: query.Encode()}).String()
}

// Unwrap lets http.ResponseController reach the connection.
func (w *auditedWriter) Unwrap() http.ResponseWriter { return w.ResponseWriter }
