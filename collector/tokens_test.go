package collector

import (
	"context"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"thermie/collector/rights"
	"thermie/configs"
)

func TestConfiguredTokensAreSecrets(t *testing.T) {
	dir := t.TempDir()
	file := func(name, text string) configs.Token {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return configs.Token{Site: name, File: path}
	}
	for name, list := range map[string][]configs.Token{
		"no file":    {{Site: "a", File: filepath.Join(dir, "none")}},
		"empty":      {file("b", "\n")},
		"short":      {file("c", "admin")},
		"one of two": {file("d", secret), file("e", secret+"\n")},
	} {
		if _, err := OpenRights(context.Background(), &configs.Collector{Tokens: list}, nil, time.Now); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

// made gives who a token of the running collector.
func (s *testServer) made(who rights.Identity) (secret string) {
	s.t.Helper()
	_, secret, err := s.rights.CreateToken(context.Background(), who)
	if err != nil {
		s.t.Fatal(err)
	}
	return secret
}

// Only an agent's token writes, and only its site; no other role does.
func TestOnlyAgentsWrite(t *testing.T) {
	s := newTestServer(t)
	with := func(secret string) func(*http.Request) {
		return func(r *http.Request) { r.Header.Set("Authorization", "Token "+secret) }
	}
	agent := s.made(rights.Identity{Holder: "agent", Role: rights.Agent, Sites: []string{"paris-1"}})
	s.expect(s.post(wire(rec(noon, 1)), with(agent)), http.StatusNoContent, "")
	operator := s.made(rights.Identity{Holder: "operator", Role: rights.Operator, Sites: []string{"paris-1"}})
	s.expect(s.post(wire(rec(noon, 1)), with(operator)), http.StatusUnauthorized, "unauthorized")
	elsewhere := s.made(rights.Identity{Holder: "agent", Role: rights.Agent, Sites: []string{"lyon-1"}})
	s.expect(s.post(wire(rec(noon, 1)), with(elsewhere)), http.StatusForbidden, "forbidden")
	s.expect(s.post(wire(rec(noon, 1)), with("no such secret at all")), http.StatusUnauthorized, "unauthorized")
	s.expect(s.post(wire(rec(noon, 1)), func(r *http.Request) { r.Header.Del("Authorization") }), http.StatusUnauthorized, "unauthorized")
}

// The export hands a site to who may read all of it, and to nobody else,
// whether the site is there or not.
func TestTheExportAsksWhoYouAre(t *testing.T) {
	s := newTestServer(t)
	s.expect(s.post(wire(rec(noon, 1))), http.StatusNoContent, "")
	operator := s.made(rights.Identity{Holder: "operator", Role: rights.Operator, Sites: []string{"paris-1"}})
	if status, body := s.get("/api/v1/export?site=paris-1", operator); status != http.StatusOK || !strings.Contains(body, "paris-1") {
		t.Errorf("own site: %d %s", status, body)
	}
	for _, site := range []string{"lyon-1", "nowhere"} {
		if status, body := s.get("/api/v1/export?site="+site, operator); status != http.StatusForbidden {
			t.Errorf("%s: %d %s", site, status, body)
		}
	}
}

// The first token may be made before the collector has ever started: the data
// folder is made as the collector makes it, and then it knows the token.
func TestTheFirstTokenComesBeforeTheFirstStart(t *testing.T) {
	dir := t.TempDir()
	config, data := filepath.Join(dir, "collector.yaml"), filepath.Join(dir, "not", "yet")
	if err := os.WriteFile(config, []byte("listen: 127.0.0.1:0\ndata: not/yet\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	var made, said strings.Builder
	create := []string{"create", "-role", "admin", "-holder", "Jeanne"}
	err := CmdToken(context.Background(), append(create, "-data", data), &made, &said)
	if err == nil || !strings.Contains(err.Error(), "-config") {
		t.Errorf("a folder that may be misspelt: %v", err)
	}
	if _, err := os.Stat(data); err == nil {
		t.Error("and it was made")
	}
	if err := CmdToken(context.Background(), append(create, "-config", config), &made, &said); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(data); err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("the data folder: %v, %v", info, err)
	}
	h := startHouse(t, config)
	if status, body := h.get("/", strings.TrimSpace(made.String())); status != http.StatusOK {
		t.Errorf("the collector does not know the token: %d %s", status, body)
	}
}
