package collector

import (
	"bytes"
	"context"
	"io"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"thermie/configs"
	"thermie/interval"
)

// declaredSites are one site that sends and one that does not.
func declaredSites(cfg *configs.Collector) {
	cfg.Sites = []configs.SiteEntry{
		{ID: "paris-1", Site: interval.Site{Operator: "The right operator", RatedITKW: 900}},
		{ID: "declared-1", Site: interval.Site{Name: "Declared", RatedITKW: 2000, PUE: 1.4}},
	}
	cfg.Territories = []configs.Territory{{SIREN: "200054781", Year: 2024}, {SIREN: "200054781", Year: 2025}}
	cfg.Networks = []configs.Network{{ID: "north"}}
}

func TestRegistryOverlaysCards(t *testing.T) {
	s := newTestServer(t, declaredSites)
	card := interval.Card{Site: "paris-1", Meter: interval.SiteCard, ValidFrom: noon,
		Place: &interval.Site{Name: "Paris 1", Operator: "A wrong one", UTCOffsetMin: 60, Data: interval.MeasuredData}}
	point := interval.Card{Site: "paris-1", Meter: "it", ValidFrom: noon, Point: &interval.Point{Name: "IT", Data: interval.MeasuredData}}
	body := string(card.AppendLine(nil)) + "\n" + string(point.AppendLine(nil)) + "\n"
	s.expect(s.post(strings.NewReader(body)), http.StatusNoContent, "")

	r := s.Registry()
	sites, err := r.Sites(context.Background())
	if err != nil || !slices.Equal(sites, []string{"declared-1", "paris-1"}) {
		t.Fatalf("sites are %v, %v", sites, err)
	}
	cards, err := r.Cards(context.Background(), "paris-1")
	if err != nil || len(cards) != 2 {
		t.Fatalf("cards are %v, %v", cards, err)
	}
	want := interval.Site{Name: "Paris 1", Operator: "The right operator", RatedITKW: 900, UTCOffsetMin: 60, Data: interval.MeasuredData}
	for _, c := range cards {
		if c.Place != nil && (c.Place.Name != want.Name || c.Place.Operator != want.Operator || c.Place.RatedITKW != want.RatedITKW ||
			c.Place.UTCOffsetMin != want.UTCOffsetMin || c.Place.Data != want.Data) {
			t.Errorf("the site is %+v, want %+v", *c.Place, want)
		}
	}
	cards, err = r.Cards(context.Background(), "declared-1")
	if err != nil || len(cards) != 1 || cards[0].Place == nil || cards[0].Place.Data != interval.DeclaredData || cards[0].Place.PUE != 1.4 {
		t.Errorf("the declared site is %v, %v", cards, err)
	}
	stored, err := s.store.Cards(context.Background(), "paris-1")
	if err != nil || len(stored) != 2 || stored[0].Place.Operator != "A wrong one" {
		t.Errorf("the store holds %v, %v: an overlay must not change it", stored, err)
	}
	if territory, ok := r.Territory("200054781"); !ok || territory.Year != 2025 {
		t.Errorf("territory is %v, %v", territory, ok)
	}
	if _, ok := r.Network("south"); ok {
		t.Error("a network that is not there")
	}
}

// What is exported from one collector and written to another is exported
// from there the same.
func TestExportAndWriteBack(t *testing.T) {
	from, to := newTestServer(t, declaredSites), newTestServer(t)
	if err := from.store.Append(context.Background(), fixture(t)); err != nil {
		t.Fatal(err)
	}
	lines := from.exported("paris-1", secret)
	to.expect(to.post(strings.NewReader(lines)), http.StatusNoContent, "")
	if back := to.exported("paris-1", secret); back != lines {
		t.Errorf("exported\n%s\nwritten and exported\n%s", lines, back)
	}
	if !strings.Contains(lines, "The right operator") || !strings.Contains(lines, "len=3600") {
		t.Errorf("the export lacks the declared operator or the covered hour:\n%s", lines)
	}
}

func (s *testServer) exported(site, token string) string {
	s.t.Helper()
	status, body := s.get("/api/v1/export?site="+site, token)
	if status != http.StatusOK {
		s.t.Fatalf("export: %d %s", status, body)
	}
	return body
}

func (s *testServer) get(path, token string) (status int, body string) {
	s.t.Helper()
	return s.ask(http.MethodGet, path, token, nil)
}

// send posts a text in the name of a token; empty for none.
func (s *testServer) send(path, token, text string) (status int, body string) {
	s.t.Helper()
	return s.ask(http.MethodPost, path, token, strings.NewReader(text))
}

func (s *testServer) ask(method, path, token string, text io.Reader) (status int, body string) {
	s.t.Helper()
	r, err := http.NewRequest(method, s.url+path, text)
	if err != nil {
		s.t.Fatal(err)
	}
	if token != "" {
		r.Header.Set("Authorization", "Token "+token)
	}
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		s.t.Fatal(err)
	}
	defer res.Body.Close()
	data, err := io.ReadAll(res.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	return res.StatusCode, string(data)
}

func TestExportIsBoundToSite(t *testing.T) {
	s := newTestServer(t)
	for token, want := range map[string]int{"wrong": http.StatusUnauthorized, lyonSecret: http.StatusForbidden} {
		if status, body := s.get("/api/v1/export?site=paris-1", token); status != want {
			t.Errorf("token %q: %d %s", token, status, body)
		}
	}
	if status, body := s.get("/api/v1/export?site=paris-1", secret); status != http.StatusNotFound {
		t.Errorf("a site without data: %d %s", status, body)
	}
}

// The two commands on one folder: collect, stop, export.
func TestCommands(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	write("token", secret)
	config := write("collector.yaml", "listen: 127.0.0.1:0\ndata: data\ntokens:\n  - {site: paris-1, file: token}\n")
	ctx, stop := context.WithCancel(context.Background())
	log, done := newAddressLog(), make(chan error, 1)
	go func() { done <- CmdCollector(ctx, []string{"-config", config}, io.Discard, log) }()
	select {
	case address := <-log.address:
		s := &testServer{t: t, url: address}
		s.expect(s.post(wire(rec(noon, 1))), http.StatusNoContent, "")
	case err := <-done:
		t.Fatal(err)
	}
	stop()
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := CmdExport(context.Background(), []string{"-data", filepath.Join(dir, "data"), "-site", "paris-1"}, &out, io.Discard); err != nil {
		t.Fatal(err)
	}
	if want := linesOf([]interval.Record{rec(noon, 1)}); out.String() != want {
		t.Errorf("exported %q, want %q", out.String(), want)
	}
	for name, args := range map[string][]string{
		"nothing": nil, "no site": {"-data", dir}, "another site": {"-data", filepath.Join(dir, "data"), "-site", "x"}, "no store": {"-data", dir, "-site", "x"},
	} {
		if err := CmdExport(context.Background(), args, io.Discard, io.Discard); err == nil {
			t.Errorf("export with %s: no error", name)
		}
	}
	if err := CmdCollector(context.Background(), nil, io.Discard, io.Discard); err == nil {
		t.Error("collector without configuration: no error")
	}
}

// addressLog picks the address out of the collector's log.
type addressLog struct{ address chan string }

func newAddressLog() addressLog { return addressLog{make(chan string, 1)} }

func (l addressLog) Write(p []byte) (int, error) {
	if _, rest, ok := strings.Cut(string(p), "address="); ok {
		address, _, _ := strings.Cut(rest, " ")
		l.address <- address
	}
	return len(p), nil
}

func TestRunSaysWhatIsWrong(t *testing.T) {
	taken := newTestServer(t)
	cfg := &configs.Collector{Listen: taken.Addr(), Data: t.TempDir()}
	if err := Run(context.Background(), cfg, slog.New(slog.DiscardHandler)); err == nil || !strings.Contains(err.Error(), "hint: ") {
		t.Errorf("an address that is taken: %v", err)
	}
}
