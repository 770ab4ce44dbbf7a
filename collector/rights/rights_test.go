package rights

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// land is a territory with two sites and one that is never listed.
type land struct{}

func (land) SitesOf(siren string) []string {
	if siren == "999000012" {
		return []string{"paris-1", "paris-2", "bunker"}
	}
	return nil
}

func (land) NeverListed(_ context.Context, site string) bool { return site == "bunker" }

// office is a desk with a clock that a test moves.
type office struct {
	*Desk
	t    *testing.T
	file string
	time time.Time
}

func newOffice(t *testing.T, l Limits) *office {
	t.Helper()
	o := &office{t: t, file: filepath.Join(t.TempDir(), FileName), time: time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)}
	o.Desk = o.open(l)
	return o
}

func (o *office) open(l Limits) *Desk {
	o.t.Helper()
	d, err := Open(context.Background(), Settings{File: o.file, Land: land{}, Now: func() time.Time { return o.time }, Limits: l})
	if err != nil {
		o.t.Fatal(err)
	}
	o.t.Cleanup(func() { d.Close() })
	return d
}

func (o *office) token(who Identity) (Identity, string) {
	o.t.Helper()
	made, secret, err := o.CreateToken(context.Background(), who)
	if err != nil {
		o.t.Fatal(err)
	}
	return made, secret
}

// ask sends a request with a secret through the middleware, to a handler
// that answers who it saw.
func (o *office) ask(secret string, change ...func(*http.Request)) *httptest.ResponseRecorder {
	r := httptest.NewRequest(http.MethodGet, "/site/paris-1?year=2025", nil) // from 192.0.2.1
	if secret != "" {
		r.Header.Set("Authorization", "Bearer "+secret)
	}
	for _, c := range change {
		c(r)
	}
	w := httptest.NewRecorder()
	o.Identify(false, o.Audited(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		who := From(r.Context())
		_, _ = w.Write([]byte(string(who.Role) + " " + who.Holder))
	}))).ServeHTTP(w, r)
	return w
}

func (o *office) expect(w *httptest.ResponseRecorder, status int, body string) {
	o.t.Helper()
	if w.Code != status || !strings.Contains(w.Body.String(), body) {
		o.t.Errorf("answer %d %q, want %d %q", w.Code, w.Body, status, body)
	}
}

func (o *office) may(who Identity, site string, f Field, r Resolution, want bool) {
	o.t.Helper()
	if d := o.May(With(context.Background(), who), site, f, r); d.Allowed != want {
		o.t.Errorf("%s reads %s of %s by %s: %v (%s), want %v", who.Role, f, site, r, d.Allowed, d.Reason, want)
	}
}

var (
	engineer  = Identity{Holder: "Bureau d'études", Role: Engineer, Sites: []string{"paris-1"}, Convention: "2026-07", Expires: time.Date(2026, 12, 31, 0, 0, 0, 0, time.UTC)}
	authority = Identity{Holder: "Communauté", Role: Authority, Territories: []string{"999000012"}}
	operator  = Identity{Holder: "Opérateur", Role: Operator, Sites: []string{"paris-1"}}
)

func TestATokenSpeaksForItsHolderUntilItIsRevoked(t *testing.T) {
	o := newOffice(t, Limits{})
	made, secret := o.token(operator)
	o.expect(o.ask(secret), http.StatusOK, "operator Opérateur")
	o.expect(o.ask("", func(r *http.Request) { r.SetBasicAuth("anyone", secret) }), http.StatusOK, "operator")
	o.expect(o.ask(""), http.StatusOK, "public")
	o.expect(o.ask(secret+"x"), http.StatusUnauthorized, "speaks for nobody")
	o.expect(o.ask("", func(r *http.Request) { r.Header.Set("Authorization", "Negotiate "+secret) }), http.StatusUnauthorized, "nobody")

	elsewhere := o.open(Limits{}) // thermie token revoke, another process
	if err := elsewhere.RevokeToken(context.Background(), made.ID); err != nil {
		t.Fatal(err)
	}
	o.time = o.time.Add(bookAge)
	o.expect(o.ask(secret), http.StatusUnauthorized, "revoked")
	if err := elsewhere.RevokeToken(context.Background(), made.ID); err == nil {
		t.Error("a token was revoked twice")
	}
}

func TestAConventionEndsOnItsDay(t *testing.T) {
	o := newOffice(t, Limits{})
	_, secret := o.token(engineer)
	o.time = engineer.Expires.Add(-time.Second)
	o.expect(o.ask(secret), http.StatusOK, "engineer")
	o.time = engineer.Expires
	o.expect(o.ask(secret), http.StatusUnauthorized, "expired")
	o.time = engineer.Expires.AddDate(-1, 0, 0) // a clock set back does not lock the holder out, nor let a later one in
	o.expect(o.ask(secret), http.StatusOK, "engineer")
}

func TestSecretsAreNowhereInTheFile(t *testing.T) {
	o := newOffice(t, Limits{})
	_, secret := o.token(operator)
	o.expect(o.ask(secret, func(r *http.Request) { r.URL.RawQuery = "token=" + secret }), http.StatusOK, "")
	if err := o.Audit(context.Background(), func(e Entry) error {
		if strings.Contains(e.Object+e.Detail, secret) {
			t.Errorf("entry %d holds the secret: %s %s", e.Seq, e.Object, e.Detail)
		}
		return nil
	}); err != nil {
		t.Error(err)
	}
	var n int
	err := o.db.QueryRow("SELECT count(*) FROM token WHERE instr(hash || holder || sites, ?)", secret).Scan(&n)
	if err != nil || n > 0 {
		t.Errorf("%d tokens in clear, %v", n, err)
	}
}

func TestTokensThatMakeNoSenseAreNotMade(t *testing.T) {
	o := newOffice(t, Limits{})
	for hint, who := range map[string]Identity{
		"role":       {Holder: "x", Role: "root"},
		"-holder":    {Role: Admin},
		"-territory": {Holder: "x", Role: Authority},
		"neither":    {Holder: "x", Role: Admin, Sites: []string{"a"}},
		"-site":      {Holder: "x", Role: Operator},
		"one site":   {Holder: "x", Role: Agent, Sites: []string{"a", "b"}},
		"convention": {Holder: "x", Role: Engineer, Sites: []string{"a"}},
		"passed":     {Holder: "x", Role: Operator, Sites: []string{"a"}, Expires: o.time},
	} {
		if _, _, err := o.CreateToken(context.Background(), who); err == nil || !strings.Contains(err.Error(), hint) {
			t.Errorf("%+v: %v, want %q", who, err, hint)
		}
	}
}

// Only who sits at the machine is local: not who comes through a proxy on
// it, nor a page elsewhere that makes a browser ask.
func TestWhoIsLocal(t *testing.T) {
	o := newOffice(t, Limits{})
	server := httptest.NewServer(o.Identify(false, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = w.Write([]byte(string(From(r.Context()).Role)))
	})))
	defer server.Close()
	for want, change := range map[string]func(*http.Request){
		"admin":   func(*http.Request) {},
		"public":  func(r *http.Request) { r.Host = "evil.example" },
		"public ": func(r *http.Request) { r.Header.Set("X-Forwarded-For", "203.0.113.9") },
	} {
		r, err := http.NewRequest(http.MethodGet, server.URL, nil)
		if err != nil {
			t.Fatal(err)
		}
		change(r)
		res, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		body := make([]byte, 16)
		n, _ := res.Body.Read(body)
		res.Body.Close()
		if got := string(body[:n]); got != strings.TrimSpace(want) {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}

func TestTooManyRequestsWaitAndOthersDoNot(t *testing.T) {
	o := newOffice(t, Limits{PerSecond: 0.5, Burst: 2})
	_, secret := o.token(operator)
	_, other := o.token(engineer)
	o.expect(o.ask(secret), http.StatusOK, "")
	o.expect(o.ask(secret), http.StatusOK, "")
	w := o.ask(secret)
	o.expect(w, http.StatusTooManyRequests, "wait")
	if after := w.Header().Get("Retry-After"); after != "2" {
		t.Errorf("Retry-After %q", after)
	}
	o.expect(o.ask(other), http.StatusOK, "")
	o.time = o.time.Add(2 * time.Second)
	o.expect(o.ask(secret), http.StatusOK, "")
}

// Who guesses secrets is slowed down by address, of which a machine has one,
// or in IPv6 as many as it likes within its network.
func TestGuessingIsSlow(t *testing.T) {
	for _, address := range []string{"192.0.2.%d:4000", "[2001:db8::%d]:4000"} {
		o := newOffice(t, Limits{})
		statuses := map[int]int{}
		from := func(n int) func(*http.Request) {
			return func(r *http.Request) { r.RemoteAddr = fmt.Sprintf(address, n) }
		}
		for n := range strangers.Burst + 10 {
			if strings.Contains(address, ".") {
				n = 1
			}
			statuses[o.ask("a guess", from(n)).Code]++
		}
		if statuses[http.StatusUnauthorized] != strangers.Burst || statuses[http.StatusTooManyRequests] != 10 {
			t.Errorf("%s: answers %v", address, statuses)
		}
		elsewhere := func(r *http.Request) { r.RemoteAddr = "[2001:db8:0:1::1]:4000" }
		o.expect(o.ask("a guess", elsewhere), http.StatusUnauthorized, "")
	}
}

// Of two identities none is chosen: another header may be the one that a proxy
// on the way has looked at.
func TestARequestShowsOneIdentity(t *testing.T) {
	o := newOffice(t, Limits{})
	_, secret := o.token(operator)
	_, other := o.token(engineer)
	for what, second := range map[string]string{"another": "Bearer " + other, "the same": "Bearer " + secret, "none": ""} {
		w := o.ask(secret, func(r *http.Request) { r.Header.Add("Authorization", second) })
		if o.expect(w, http.StatusBadRequest, "one Authorization header"); t.Failed() {
			t.Fatalf("with %s beside it", what)
		}
	}
	empty := func(r *http.Request) { r.Header.Set("Authorization", "") }
	o.expect(o.ask("", empty), http.StatusUnauthorized, "speaks for nobody")
}

// Behind a proxy the address that asks is what the proxy says last, whatever
// the client wrote before it.
func TestTheProxySaysWhoAsks(t *testing.T) {
	for _, c := range []struct {
		behind          bool
		forwarded, want string
	}{
		{true, "198.51.100.7, 203.0.113.9", "203.0.113.9"},
		{true, "2001:db8::1", "2001:db8::1"},
		{true, "203.0.113.9:4000", "203.0.113.9"},
		{true, "not an address", "192.0.2.1"},
		{true, "", "192.0.2.1"},
		{false, "203.0.113.9", "192.0.2.1"},
	} {
		r := httptest.NewRequest(http.MethodGet, "/", nil) // from 192.0.2.1
		if c.forwarded != "" {
			r.Header.Set("X-Forwarded-For", c.forwarded)
		}
		if got := addressOf(r, c.behind); got != c.want {
			t.Errorf("%+v: %s asks", c, got)
		}
	}
}
