package collector

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"time"

	"thermie/collector/rights"
	"thermie/configs"
)

// minToken is the shortest secret that is taken for one.
const minToken = 16

// OpenRights opens the rights of cfg's collector, which may be running. Sites
// lie where the registry says; without one they lie nowhere.
func OpenRights(ctx context.Context, cfg *configs.Collector, land rights.Land, now func() time.Time) (*rights.Desk, error) {
	file := ""
	if cfg.Data != "" {
		file = filepath.Join(cfg.Data, rights.FileName)
	}
	desk, err := rights.Open(ctx, rights.Settings{File: file, Land: land, Now: now,
		Limits: rights.Limits{PerSecond: cfg.Limits.PerSecond, Burst: cfg.Limits.Burst, BodyBytes: int64(cfg.Limits.Body)}})
	if err != nil {
		return nil, err
	}
	for _, t := range cfg.Tokens {
		if err := configureToken(desk, t); err != nil {
			desk.Close()
			return nil, err
		}
	}
	return desk, nil
}

// configureToken reads a secret of the configuration; only its hash stays in
// memory. There is no default token: without one, nobody can write.
func configureToken(desk *rights.Desk, t configs.Token) error {
	data, err := os.ReadFile(t.File)
	if err != nil {
		return fmt.Errorf("token of site %s: %w", t.Site, err)
	}
	secret := strings.TrimSpace(string(data))
	if len(secret) < minToken {
		return fmt.Errorf("token of site %s: %s holds fewer than %d characters (hint: openssl rand -hex 32 > FILE)", t.Site, t.File, minToken)
	}
	return desk.Configure(secret, rights.Identity{ID: "-", Holder: "agent of " + t.Site, Role: rights.Agent, Sites: []string{t.Site}})
}

// writer returns the site for which the request may write. A token of no
// site's agent writes nothing.
func (s *Server) writer(r *http.Request) (site string, ok bool) {
	who := rights.From(r.Context())
	if who.Role != rights.Agent || len(who.Sites) == 0 {
		return "", false
	}
	return who.Sites[0], true
}

// unnoted are the doors that carry no site's figures out, or only in: their
// requests are not in the audit log.
var unnoted = map[string]bool{"/health": true, "/ping": true, "/metrics": true, "/api/v2/write": true}

// guarded is routes behind identities, limits and the audit log.
func (s *Server) guarded(routes http.Handler) http.Handler {
	noted := s.rights.Audited(routes)
	return s.rights.Identify(s.cfg.BehindProxy, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if unnoted[r.URL.Path] {
			routes.ServeHTTP(w, r)
		} else {
			noted.ServeHTTP(w, r)
		}
	}))
}

// land is the server's registry as the rights see it.
type land struct{ *Server }

// SitesOf implements rights.Land.
func (l land) SitesOf(siren string) []string {
	t, _ := l.registry.Territory(siren)
	return t.Sites
}

// NeverListed implements rights.Land. Of a site whose card cannot be read
// nobody learns anything.
func (l land) NeverListed(ctx context.Context, site string) bool {
	place, _, err := l.registry.Place(ctx, site)
	return err != nil || place.NeverListed
}
