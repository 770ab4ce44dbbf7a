package collector

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"thermie/interval"
)

// The collector's clock is set back by a week: agents that send what is live
// are told to hold it, until the clock is right again. A meter that is ahead
// of a right clock is still told that its line will never be taken.
func TestAClockSetBackLosesNothing(t *testing.T) {
	right := time.Unix(noon, 0).Add(time.Hour)
	live, far := []interval.Record{rec(noon+600, 2)}, []interval.Record{rec(noon+30*86400, 3)}
	for _, c := range []struct {
		when  string
		begun time.Time // the server, by its own clock
		kept  bool      // an interval of the site, from before
		now   time.Time
		give  []interval.Record
		want  int
	}{
		{"while it runs", right, false, right.AddDate(0, 0, -7), live, http.StatusServiceUnavailable},
		{"before it starts", right.AddDate(0, 0, -7), true, right.AddDate(0, 0, -7), live, http.StatusServiceUnavailable},
		{"before it starts, by less than a day", right.Add(-20 * time.Hour), true, right.Add(-20 * time.Hour), live, http.StatusNoContent},
		{"not at all", right.AddDate(0, 0, -1), true, right, live, http.StatusNoContent},
		{"not at all, and a meter is ahead", right.AddDate(0, 0, -1), true, right, far, http.StatusBadRequest},
	} {
		t.Run(c.when, func(t *testing.T) {
			s := newTestServer(t)
			giveAt := func(now time.Time, recs []interval.Record, want int) (message string) {
				t.Helper()
				s.now = func() time.Time { return now }
				r := httptest.NewRequest(http.MethodPost, "/api/v2/write?precision=s", strings.NewReader(linesOf(recs)))
				r.Header.Set("Authorization", "Token "+secret)
				w := httptest.NewRecorder()
				s.Handler().ServeHTTP(w, r)
				if w.Code != want {
					t.Errorf("at %v: %d %s, want %d", now, w.Code, w.Body, want)
				}
				return w.Body.String()
			}
			if c.kept {
				giveAt(right, []interval.Record{rec(noon, 1)}, http.StatusNoContent)
			}
			s.begun = c.begun
			said := giveAt(c.now, c.give, c.want)
			if c.want == http.StatusServiceUnavailable {
				if !strings.Contains(said, "hold what you have") {
					t.Errorf("said %q", said)
				}
				giveAt(right, c.give, http.StatusNoContent) // the clock is set
			}
		})
	}
}
