package collector

import (
	"context"
	"net/http"
	"path/filepath"
	"strings"
	"testing"

	"thermie/collector/registry"
	"thermie/collector/rights"
	"thermie/configs"
)

const declaration = `
sites:
  - {id: declared-2, name: "Salle du port", it_rated_kw: 400, tap: return_air, latitude_deg: 48.86, longitude_deg: 2.34, data: declared}
`

// declares sends declarations in the name of a token.
func (s *testServer) declares(token, body string) (int, string) {
	s.t.Helper()
	return s.send("/api/v1/registry", token, body)
}

// An admin declares a site over HTTP, and its page is there. Nobody else may,
// not even a browser on the machine.
func TestAnAdminDeclaresOverHTTP(t *testing.T) {
	s := newTownServer(t)
	admin := s.made(rights.Identity{Holder: "keeper", Role: rights.Admin})
	for name, token := range map[string]string{"the machine": "", "an agent": secret} {
		if status, body := s.declares(token, declaration); status != http.StatusForbidden {
			t.Errorf("%s: %d %s", name, status, body)
		}
	}
	if status, body := s.declares(admin, declaration); status != http.StatusOK || !strings.Contains(body, `"new":1`) {
		t.Fatalf("%d %s", status, body)
	}
	if status, page := s.get("/site/declared-2", admin); status != http.StatusOK || !strings.Contains(page, "Salle du port") {
		t.Errorf("the page: %d", status)
	}
	for _, bad := range []string{"sites: [{id: X}]", "networks:\n  - {id: n, geometry_file: /etc/passwd}\n", "nonsense: 1"} {
		if status, body := s.declares(admin, bad); status != http.StatusBadRequest {
			t.Errorf("%q: %d %s", bad, status, body)
		}
	}
}

// A collector with a copy of the registry refuses, and names the owner.
func TestACopyOfTheRegistryNamesItsOwner(t *testing.T) {
	ctx := context.Background()
	owner := newTestServer(t)
	network := configs.Declared{Networks: []configs.Network{{ID: "north", Name: "Nord", Fluid: "hot_water", Demand: 12000}}}
	if _, err := owner.declared.Declare(ctx, registry.Author{Person: "Jeanne"}, network); err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	if err := owner.declared.Copy(ctx, filepath.Join(folder, registry.FileName), "collector-a"); err != nil {
		t.Fatal(err)
	}
	s := newTestServer(t, func(c *configs.Collector) { c.Data = folder })
	admin := s.made(rights.Identity{Holder: "keeper", Role: rights.Admin})
	if status, body := s.declares(admin, declaration); status != http.StatusConflict || !strings.Contains(body, "collector-a") {
		t.Errorf("%d %s", status, body)
	}
	if status, body := s.send("/api/v1/networks/north/demand?origin=export", admin, frenchHours()); status != http.StatusConflict || !strings.Contains(body, "collector-a") {
		t.Errorf("hours: %d %s", status, body)
	}
}
