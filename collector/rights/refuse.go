package rights

import (
	"encoding/json"
	"math"
	"net/http"
	"strconv"
	"time"
)

// codes are the words of InfluxDB v2's error bodies, which its clients read.
var codes = map[int]string{
	http.StatusBadRequest:         "invalid",
	http.StatusUnauthorized:       "unauthorized",
	http.StatusForbidden:          "forbidden",
	http.StatusTooManyRequests:    "too many requests",
	http.StatusServiceUnavailable: "unavailable",
}

// Refuse answers that a request may not be, in InfluxDB v2's form. A browser
// that is told 401 asks its person for a token.
func Refuse(w http.ResponseWriter, status int, reason string) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	if status == http.StatusUnauthorized {
		Challenge(w.Header())
	}
	w.WriteHeader(status)
	// Who has gone away cannot be told.
	_ = json.NewEncoder(w).Encode(map[string]string{"code": codes[status], "message": reason})
}

// Challenge makes a browser ask its person for a token.
func Challenge(h http.Header) {
	h.Set("WWW-Authenticate", `Basic realm="thermie: any name, the token as password", charset="UTF-8"`)
}

// Status is the HTTP status of a refusal: who said nothing is asked who
// they are, who did is told no.
func (who Identity) Status() int {
	if who.Role == Public {
		return http.StatusUnauthorized
	}
	return http.StatusForbidden
}

// tooMany answers 429. Clients take whole seconds only.
func tooMany(w http.ResponseWriter, wait time.Duration) {
	w.Header().Set("Retry-After", strconv.Itoa(int(math.Ceil(wait.Seconds()))))
	Refuse(w, http.StatusTooManyRequests, "more requests than this token may make; wait as Retry-After says")
}
