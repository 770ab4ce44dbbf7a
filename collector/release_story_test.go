package collector

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"thermie/collector/release"
	"thermie/collector/rights"
	"thermie/collector/store"
	"thermie/configs"
	"thermie/interval"
	"thermie/signing"
)

// house is one collector of the story, with the commands typed at it.
type house struct {
	*testServer
	config string
}

// newHouse starts a real collector on its own folder and configuration.
func newHouse(t *testing.T, text string) *house {
	t.Helper()
	config := filepath.Join(t.TempDir(), "collector.yaml")
	if err := os.WriteFile(config, []byte("listen: 127.0.0.1:0\ndata: data\n"+text), 0o600); err != nil {
		t.Fatal(err)
	}
	return startHouse(t, config)
}

// startHouse starts the collector of a configuration.
func startHouse(t *testing.T, config string) *house {
	t.Helper()
	cfg, err := configs.LoadCollector(config)
	if err != nil {
		t.Fatal(err)
	}
	kept, err := store.OpenEmbedded(cfg.Data)
	if err != nil {
		t.Fatal(err)
	}
	s, err := New(cfg, kept, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := errors.Join(s.Close(context.Background()), kept.Close()); err != nil {
			t.Error(err)
		}
	})
	return &house{&testServer{Server: s, t: t, store: kept, url: "http://" + s.Addr()}, config}
}

// run types `thermie command` and returns what it prints.
func (h *house) run(command func(context.Context, []string, io.Writer, io.Writer) error, verb string, args ...string) (string, error) {
	var out, errOut bytes.Buffer
	err := command(context.Background(), append([]string{verb, "-config", h.config}, args...), &out, &errOut)
	return out.String(), err
}

func (h *house) must(command func(context.Context, []string, io.Writer, io.Writer) error, verb string, args ...string) string {
	h.t.Helper()
	out, err := h.run(command, verb, args...)
	if err != nil {
		h.t.Fatalf("%s %v: %v", verb, args, err)
	}
	return strings.TrimSpace(out)
}

// signs prepares an extract of hall-1 as args say and signs it; the file is
// ready to be sent.
func (h *house) signs(args ...string) (file string) {
	h.t.Helper()
	file = filepath.Join(h.t.TempDir(), "hall-1.json")
	extract := h.must(CmdRelease, "prepare", append([]string{"-site", "hall-1"}, args...)...)
	if err := os.WriteFile(file, []byte(extract+"\n"), 0o600); err != nil {
		h.t.Fatal(err)
	}
	h.must(CmdRelease, "sign", file)
	return file + ".signed"
}

// releases sends another collector what signs signs.
func (h *house) releases(to *house, args ...string) {
	h.t.Helper()
	h.must(CmdRelease, "send", "-url", to.url, h.signs(args...))
}

// trusts lets a collector take what another one releases of hall-1.
func (h *house) trusts(operator *house) {
	h.t.Helper()
	h.must(CmdRelease, "trust", "-key", operator.must(CmdRelease, "key"), "-holder", "Exemple", "-site", "hall-1")
}

const territory = `released: [hall-1]
territories:
  - {siren: "999000012", name: Exemple, kind: CA, millesime: 2025, sites: [hall-1], fictitious: true}
`

// aYear is a site with a metered year of heat, constant but for a month
// without data.
func (h *house) aYear() {
	h.t.Helper()
	begin := time.Date(2024, 12, 31, 23, 0, 0, 0, time.UTC)
	percent := 1.0
	cards := []interval.Card{
		{Site: "hall-1", Meter: interval.SiteCard, Place: &interval.Site{Name: "Hall", Operator: "Exemple", OperatorSIREN: "999000001", Latitude: 46.6, Longitude: -3.4,
			RatedITKW: 900, Tap: "return_air", UTCOffsetMin: 60, Data: interval.SimulatedData, Fictitious: true}},
		{Site: "hall-1", Meter: "heat", Point: &interval.Point{Name: "Heat", Role: interval.RoleHeat, DeclaredPct: &percent, Data: interval.SimulatedData}},
	}
	b := store.Batch{Cards: cards}
	for hour := range 365 * 24 {
		at := begin.Add(time.Duration(hour) * time.Hour)
		if at.Add(time.Hour).Month() == time.August {
			continue
		}
		b.Records = append(b.Records, with(rec(at.Unix(), 100*3.6e6), func(r *interval.Record) {
			r.Site, r.Meter, r.Kind, r.Length, r.Flags = "hall-1", "heat", interval.ThermalEnergy, 3600, r.Flags|interval.Simulated
		}))
	}
	if err := h.store.Append(context.Background(), b); err != nil {
		h.t.Fatal(err)
	}
	if err := h.store.Fold(context.Background()); err != nil {
		h.t.Fatal(err)
	}
}

// An operator releases a year to a territory, which shows it by the month and
// counts it; then the operator thinks better of it.
func TestAReleaseGoesFromCollectorToCollectorAndComesBack(t *testing.T) {
	operator, town := newHouse(t, ""), newHouse(t, territory)
	operator.aYear()
	dir := t.TempDir()
	file := filepath.Join(dir, "hall-1.json")

	extract := operator.must(CmdRelease, "prepare", "-site", "hall-1", "-to", "authority:999000012", "-year", "2025")
	for _, secret := range []string{"latitude", "it_rated_kw"} {
		if strings.Contains(extract, secret) {
			t.Errorf("%s was not chosen and is in the extract:\n%s", secret, extract)
		}
	}
	if err := os.WriteFile(file, []byte(extract+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	operator.must(CmdRelease, "sign", file)
	signed := file + ".signed"

	if _, err := operator.run(CmdRelease, "send", "-url", town.url, signed); err == nil || !strings.Contains(err.Error(), "not registered") {
		t.Errorf("a stranger's release was taken in: %v", err)
	}
	town.must(CmdRelease, "trust", "-key", operator.must(CmdRelease, "key"), "-holder", "Exemple", "-site", "hall-1")
	operator.must(CmdRelease, "send", "-url", town.url, signed)
	if _, err := town.run(CmdRelease, "take", signed); err == nil || !strings.Contains(err.Error(), "here already") { // carried by hand besides
		t.Errorf("the same release twice: %v", err)
	}

	staff := town.made(rights.Identity{Holder: "Exemple agglo", Role: rights.Authority, Territories: []string{"999000012"}})
	status, page := town.get("/site/hall-1?year=2025&lang=en", staff)
	if status != http.StatusOK || !strings.Contains(page, "nothing finer") || !strings.Contains(page, "2025-07") || !strings.Contains(page, "74,400") {
		t.Errorf("the released site: %d\n%s", status, page)
	}
	// August had no meter: the operator's estimate is told as one.
	if august := regexp.MustCompile(`2025-08.*`).FindString(page); !strings.Contains(august, "T5") {
		t.Errorf("a month without a meter is told as %q", august)
	}
	if status, page := town.get("/territory/999000012?year=2025", staff); status != http.StatusOK || !strings.Contains(page, "Hall") {
		t.Errorf("the territory does not count it: %d\n%s", status, page)
	}
	for _, finer := range []string{"/site/hall-1/hall-1-hourly.csv", "/api/v1/export?site=hall-1"} {
		for _, token := range []string{staff, ""} { // not even who keeps the collector: it is not here
			if status, body := town.get(finer, token); status != http.StatusForbidden {
				t.Errorf("%s: %d %.100s", finer, status, body)
			}
		}
	}

	notice := filepath.Join(dir, "notice")
	operator.must(CmdRelease, "revoke", "-site", "hall-1", "-to", "authority:999000012", "-out", notice)
	operator.must(CmdRelease, "send", "-url", town.url, notice)
	if status, page := town.get("/site/hall-1?year=2025", staff); status == http.StatusOK {
		t.Errorf("after the revocation:\n%s", page)
	}
	if _, err := town.run(CmdRelease, "take", signed); err == nil || !strings.Contains(err.Error(), "revocation") {
		t.Errorf("the old release was sent again and taken: %v", err)
	}
}

// sent posts a file as another collector does.
func (h *house) sent(file []byte) (status int, body string) {
	h.t.Helper()
	res, err := http.Post(h.url+"/api/v1/releases", "application/json", bytes.NewReader(file))
	if err != nil {
		h.t.Fatal(err)
	}
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	if err != nil {
		h.t.Fatal(err)
	}
	return res.StatusCode, string(text)
}

func TestBadReleasesAreRefused(t *testing.T) {
	town := newHouse(t, territory)
	private, err := signing.OpenKey(filepath.Join(t.TempDir(), release.KeyFile))
	if err != nil {
		t.Fatal(err)
	}
	town.must(CmdRelease, "trust", "-key", signing.Text(private.Public().(ed25519.PublicKey)), "-holder", "Exemple", "-site", "hall-1")
	now := time.Now()
	good := release.Extract{Format: release.Format, Site: "hall-1", To: "authority:999000012", Serial: now.UnixMilli(), Prepared: now.UTC().Truncate(time.Second), Year: 2025,
		Fields: map[rights.Field]rights.Resolution{rights.Name: rights.Once}, Place: interval.Site{Name: "Hall", Data: interval.DeclaredData}}
	signed := func(change func(*release.Extract)) []byte {
		e := good
		change(&e)
		file, err := e.Marshal()
		if err != nil {
			t.Fatal(err)
		}
		out, err := release.Sign(file, private)
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	same := func(*release.Extract) {}
	for _, one := range []struct {
		story  string
		file   []byte
		status int
		says   string
	}{
		{"tampered with", bytes.Replace(signed(same), []byte("Hall"), []byte("Hell"), 1), 403, "signature does not hold"},
		{"not signed", []byte("{}\n"), 400, "not signed"},
		{"another site", signed(func(e *release.Extract) { e.Site = "hall-2" }), 403, "does not speak for that site"},
		{"another territory", signed(func(e *release.Extract) { e.To = "authority:200054781" }), 403, "another collector"},
		{"from the future", signed(func(e *release.Extract) { e.Prepared = now.AddDate(0, 0, 2) }), 400, "future"},
		{"a serial from the future", signed(func(e *release.Extract) { e.Serial += 1e12 }), 400, "future"},
		{"expired", signed(func(e *release.Extract) { e.Prepared, e.Expires = now.AddDate(-1, 0, 0), now.AddDate(0, 0, -1) }), 400, "expired"},
		{"good", signed(same), 200, "hall-1"},
		{"good, again", signed(same), 200, "hall-1"},
		{"an old one sent again", signed(func(e *release.Extract) { e.Serial -= 10 }), 409, "later release"},
		{"the same serial, other words", signed(func(e *release.Extract) { e.Place.Name = "Hall 9" }), 409, "later release"},
	} {
		if status, body := town.sent(one.file); status != one.status || !strings.Contains(body, one.says) {
			t.Errorf("%s: %d %s, want %d %q", one.story, status, body, one.status, one.says)
		}
	}
	if status, body := town.sent(make([]byte, release.MaxFile+1)); status != 413 || !strings.Contains(body, fmt.Sprint(release.MaxFile)) {
		t.Errorf("a large one: %d %s", status, body)
	}
	for range maxReleases {
		town.Server.releases <- struct{}{}
	}
	if status, body := town.sent(signed(same)); status != 503 || !strings.Contains(body, "other releases are coming in") {
		t.Errorf("one too many at once: %d %s", status, body)
	}
}
