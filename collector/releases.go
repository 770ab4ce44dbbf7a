package collector

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"slices"
	"time"

	"thermie/collector/release"
	"thermie/collector/rights"
)

// receiver is this collector as release.TakeIn sees it.
func receiver(ctx context.Context, known *Registry, desk *rights.Desk, now func() time.Time) release.Receiver {
	own := known.store
	if with, ok := own.(released); ok {
		own = with.Store
	}
	return release.Receiver{Desk: desk, Now: now,
		Territory: func(siren string) bool {
			_, ok := known.Territory(siren)
			return ok
		},
		OwnSite: func(site string) (bool, error) {
			sites, err := own.Sites(ctx)
			return slices.Contains(sites, site), err
		}}
}

// refusals of a release by status; what is in none is a malformed file.
var releaseStatus = []struct {
	err    error
	status int
	code   string
}{
	{rights.ErrNoKey, http.StatusForbidden, "forbidden"},
	{release.ErrSignature, http.StatusForbidden, "forbidden"},
	{release.ErrForeignSite, http.StatusForbidden, "forbidden"},
	{release.ErrNotForUs, http.StatusForbidden, "forbidden"},
	{release.ErrNotKept, http.StatusServiceUnavailable, "unavailable"},
	{rights.ErrOldRelease, http.StatusConflict, "conflict"},
	{release.ErrOwnSite, http.StatusConflict, "conflict"},
}

// maxReleases bounds how many are read at once: anybody may send something
// large, and whose it is is known at its end.
const maxReleases = 4

// takeRelease answers POST /api/v1/releases. The file's signature is its
// right to enter: no token is asked for.
func (s *Server) takeRelease(w http.ResponseWriter, r *http.Request) {
	select {
	case s.releases <- struct{}{}:
		defer func() { <-s.releases }()
	default:
		s.refuse(w, problem{http.StatusServiceUnavailable, "unavailable", "other releases are coming in: send it again"})
		return
	}
	file, p := wholeBody(r, "release", release.MaxFile)
	if p != nil {
		s.refuse(w, *p)
		return
	}
	e, err := receiver(r.Context(), s.registry, s.rights, s.now).TakeIn(r.Context(), file)
	if err != nil && !errors.Is(err, rights.ErrSameRelease) {
		s.refuse(w, releaseProblem(err))
		return
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	// Who has gone away cannot be told.
	_ = json.NewEncoder(w).Encode(map[string]any{"site": e.Site, "to": e.To, "serial": e.Serial, "revokes": e.Revokes})
}

func releaseProblem(err error) problem {
	for _, one := range releaseStatus {
		if errors.Is(err, one.err) {
			return problem{one.status, one.code, err.Error()}
		}
	}
	return problem{http.StatusBadRequest, "invalid", err.Error()}
}
