package collector

import (
	"context"
	"fmt"
	"net/http"
	"time"
)

// A line from far ahead of our clock is refused for good, and its agent sets
// it aside: some meter's clock is wrong. But if it is ours that has gone
// back, every live line is ahead of it, and the agents must hold them.

// maxFuture is how far ahead of our clock an interval may end.
const maxFuture = 24 * time.Hour

// setBack reports whether our clock stands before what it has shown already:
// when the server started, or when it let the site's newest interval in,
// which a right clock would not have done.
func (s *Server) setBack(ctx context.Context, site string) (shown time.Time, back bool) {
	now := s.now()
	if s.begun.After(now) {
		return s.begun, true
	}
	_, newest, kept, err := s.store.Span(ctx, site)
	return newest, err == nil && kept && newest.After(now.Add(maxFuture))
}

// held is the answer to lines that are ahead of a clock that was set back.
func (in *intake) held(shown time.Time) problem {
	s := in.server
	s.log.Error("the clock of this machine was set back", "now", s.now(), "before", shown, "site", in.site)
	return problem{http.StatusServiceUnavailable, "unavailable",
		fmt.Sprintf("the collector's clock says %s and has said %s before: hold what you have until it is set; %d lines stored: %s",
			s.now().UTC().Format(time.RFC3339), shown.UTC().Format(time.RFC3339), in.stored, &in.refusals)}
}
