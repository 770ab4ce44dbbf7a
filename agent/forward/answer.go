package forward

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"time"
)

// uploadAnswer is what a server said other than 204.
type uploadAnswer struct {
	status     int
	words      string
	retryAfter time.Duration // 0: not said
}

func (a *uploadAnswer) Error() string {
	if a.words == "" {
		return fmt.Sprintf("%d %s", a.status, http.StatusText(a.status))
	}
	return fmt.Sprintf("%d %s: %s", a.status, http.StatusText(a.status), a.words)
}

// verdict is what an answer means for the lines sent.
type verdict int

const (
	stored   verdict = iota
	again            // for a while the server cannot; try again
	held             // a person must put something right; try again, more slowly
	atFault          // some line is bad: find it
	tooLarge         // send less at once
)

// judge says what becomes of a request's lines.
func judge(err error) verdict {
	if err == nil {
		return stored
	}
	if misset(err) {
		return held
	}
	var a *uploadAnswer
	if !errors.As(err, &a) {
		return again
	}
	switch {
	case a.status == http.StatusBadRequest, a.status == http.StatusUnprocessableEntity:
		return atFault // InfluxDB 2 says 422 where 1.8 and the collector say 400
	case a.status == http.StatusRequestEntityTooLarge:
		return tooLarge
	case a.status == http.StatusTooManyRequests, a.status == http.StatusRequestTimeout, a.status >= 500:
		return again
	}
	return held // 401, 403, 404, but also a 200 of some portal and every redirect
}

// hint says what a person can do about an answer.
func (a *uploadAnswer) hint() string {
	switch judge(a) {
	case again:
		return "nothing is lost; if it lasts, ask who runs the collector"
	case atFault, tooLarge:
		return "the line stands there under the collector's words; put right, it can be imported"
	}
	switch a.status {
	case http.StatusUnauthorized, http.StatusForbidden:
		return "check collector.token_file, and that the token may write this site"
	case http.StatusProxyAuthRequired:
		return "check collector.proxy_login_file"
	case http.StatusNotFound:
		return "check collector.url and collector.bucket"
	}
	if a.status < 400 {
		return "check collector.url: only 204 says that lines were stored; something in between may have answered"
	}
	return "check collector.url"
}

const (
	shortestPause = time.Second
	longestPause  = time.Minute // so that the newest line is there two minutes after a collector is back
	holdPause     = 30 * time.Second
)

// pauseAfter is the time to wait after the nth failure in a row: what the
// server asked for, else doubling up to a ceiling; half of it is drawn by
// lot, so that many agents do not come back together.
func pauseAfter(err error, failures int) time.Duration {
	var a *uploadAnswer
	if errors.As(err, &a) && a.retryAfter > 0 {
		return a.retryAfter + rand.N(a.retryAfter/10+1)
	}
	d := shortestPause
	if judge(err) == held {
		d = holdPause
	}
	for i := 1; i < failures && d < longestPause; i++ {
		d *= 2
	}
	d = min(d, longestPause)
	return d/2 + rand.N(d/2)
}
