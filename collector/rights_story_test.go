package collector

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"testing"

	"thermie/collector/rights"
	"thermie/configs"
)

// behindProxy makes nobody local.
func behindProxy(cfg *configs.Collector) { cfg.BehindProxy = true }

// readers are the askers of the story, each with what they hold.
func (s *testServer) readers() map[string]string {
	return map[string]string{
		"operator":  s.made(rights.Identity{Holder: "operator", Role: rights.Operator, Sites: []string{"paris-1"}}),
		"other":     s.made(rights.Identity{Holder: "other operator", Role: rights.Operator, Sites: []string{"lyon-1"}}),
		"engineer":  s.made(rights.Identity{Holder: "engineer", Role: rights.Engineer, Sites: []string{"paris-1"}, Convention: "C1", Expires: s.now().AddDate(10, 0, 0)}),
		"authority": s.made(rights.Identity{Holder: "authority", Role: rights.Authority, Territories: []string{"999000012"}}),
		"admin":     s.made(rights.Identity{Holder: "admin", Role: rights.Admin}),
	}
}

// Who may open which page: nobody sees another's site, and who stands behind
// a proxy without a token sees none.
func TestWhoSeesWhichPage(t *testing.T) {
	s := newTownServer(t, behindProxy)
	readers := s.readers()
	readers["nobody"] = ""
	for path, may := range map[string][]string{
		"/site/paris-1":                      {"operator", "engineer", "admin"},
		"/site/paris-1/paris-1-hourly.csv":   {"operator", "engineer", "admin"},
		"/api/v1/export?site=paris-1":        {"operator", "admin"},
		"/api/v1/export?site=does-not-exist": {},
		"/site/does-not-exist":               {},
		"/territory/999000012":               {"operator", "other", "engineer", "authority", "admin"}, // each its edition
		"/territory/999000012/pcaet.xlsx":    {"operator", "other", "engineer", "authority", "admin"},
	} {
		for name, token := range readers {
			status, body := s.get(path, token)
			want := http.StatusForbidden
			switch {
			case slices.Contains(may, name):
				want = http.StatusOK
			case name == "nobody":
				want = http.StatusUnauthorized
			case name == "admin":
				want = http.StatusNotFound
			}
			if status != want {
				t.Errorf("%s, %s: %d, want %d: %.200s", path, name, status, want, body)
			}
		}
	}
}

// The first page lists the sites that its reader may know of.
func TestTheIndexListsWhatItsReaderMayKnow(t *testing.T) {
	s := newTownServer(t, behindProxy)
	readers := s.readers()
	for name, sees := range map[string]bool{"operator": true, "engineer": true, "authority": true, "admin": true, "other": false} {
		if _, body := s.get("/", readers[name]); strings.Contains(body, "/site/paris-1") != sees {
			t.Errorf("%s sees paris-1: %v, want %v", name, !sees, sees)
		}
	}
	if status, body := s.get("/", ""); status != http.StatusUnauthorized || strings.Contains(body, "paris-1") {
		t.Errorf("nobody: %d", status)
	}
}

// A consent to the territory opens the year and nothing finer.
func TestAConsentOpensACoarsePage(t *testing.T) {
	s := newTownServer(t, behindProxy)
	token := s.readers()["authority"]
	c, err := s.rights.Give(context.Background(), rights.Consent{Site: "paris-1", Field: rights.Heat, Resolution: rights.Month,
		Audience: "authority:999000012", Basis: rights.ByConsent, Source: "lettre du 3 mars 2026"})
	if err != nil {
		t.Fatal(err)
	}
	if status, body := s.get("/site/paris-1?year=2025&lang=en", token); status != http.StatusOK || !strings.Contains(body, "nothing finer is known here") || strings.Contains(body, "Firm power") {
		t.Errorf("by month: %d\n%s", status, body)
	}
	if status, _ := s.get("/site/paris-1/paris-1-hourly.csv", token); status != http.StatusForbidden {
		t.Errorf("by hour: %d", status)
	}
	if err := s.rights.Withdraw(context.Background(), c.ID); err != nil {
		t.Fatal(err)
	}
	if status, _ := s.get("/site/paris-1?year=2025", token); status != http.StatusForbidden {
		t.Errorf("after the withdrawal: %d", status)
	}
}
