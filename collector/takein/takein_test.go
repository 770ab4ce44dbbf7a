package takein

import (
	"bytes"
	"crypto/ed25519"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"thermie/carry"
)

// collector is a real write door that stores lines as a collector does: once.
type collector struct {
	*httptest.Server
	lines  map[string]bool
	refuse string // lines with these words are refused
	status int    // 0: it works
}

func newCollector(t *testing.T) *collector {
	t.Helper()
	c := &collector{lines: map[string]bool{}}
	c.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		text := strings.TrimSpace(string(body))
		switch {
		case c.status != 0:
			http.Error(w, "not now", c.status)
		case r.Header.Get("Authorization") != "Token secret" || r.URL.Path != "/api/v2/write":
			http.Error(w, "who are you", http.StatusUnauthorized)
		case c.refuse != "" && strings.Contains(text, c.refuse):
			http.Error(w, "one is bad", http.StatusBadRequest)
		default:
			for line := range strings.Lines(text) {
				c.lines[strings.TrimSpace(line)] = true
			}
			w.WriteHeader(http.StatusNoContent)
		}
	}))
	t.Cleanup(c.Close)
	return c
}

// site writes the carried files of an agent, one after the other.
type site struct {
	key      ed25519.PrivateKey
	number   uint64
	previous string
}

func newSite(n byte) *site {
	return &site{key: ed25519.NewKeyFromSeed(bytes.Repeat([]byte{n}, ed25519.SeedSize)), previous: carry.None}
}

// next is the next file, with so many lines.
func (s *site) next(t *testing.T, lines int) *carry.File {
	t.Helper()
	s.number++
	var out bytes.Buffer
	seal, err := carry.Write(&out, carry.Seal{Site: "lyon-1", Number: s.number, Previous: s.previous}, s.key, func(put func([]byte) error) error {
		for i := range lines {
			if err := put(fmt.Appendf(nil, "line %d of file %d", i, s.number)); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	s.previous = seal.Name()
	file, err := carry.Open(bytes.NewReader(out.Bytes()), int64(out.Len()))
	if err != nil {
		t.Fatal(err)
	}
	return file
}

func takerFor(t *testing.T, c *collector, s *site) Taker {
	t.Helper()
	return Taker{
		Shelf: Shelf{t.TempDir()}, Now: func() time.Time { return time.Unix(1795348183, 0) },
		Keys: func(string) (ed25519.PublicKey, error) { return s.key.Public().(ed25519.PublicKey), nil },
		Door: func(string) (Door, error) { return Door{c.URL, "secret", c.Client()}, nil },
	}
}

func TestFilesComeInTheirOrder(t *testing.T) {
	c, s := newCollector(t), newSite(1)
	taker := takerFor(t, c, s)
	first, second, third := s.next(t, 3), s.next(t, 40_000), s.next(t, 1)
	refused := func(why string, f *carry.File) {
		t.Helper()
		if _, err := taker.Take(t.Context(), f); err == nil || !strings.Contains(err.Error(), why) {
			t.Errorf("%v, want %q", err, why)
		}
	}
	take := func(f *carry.File) {
		t.Helper()
		if r, err := taker.Take(t.Context(), f); err != nil || r.Lines != f.Seal.Lines || r.File != f.Seal.Name() || r.Refused != 0 {
			t.Fatalf("%+v, %v", r, err)
		}
	}
	refused("file 1 of lyon-1 is missing", second)
	take(first)
	take(first) // twice is once
	refused("file 2 of lyon-1 is missing", third)
	take(second)
	refused("taken before", first)
	take(third)
	if n := len(c.lines); n != 40_004 {
		t.Errorf("%d lines are stored", n)
	}
}

// Another agent with the site's name, and an agent that began anew with the
// site's key, are noticed.
func TestAFileThatFollowsAnotherOneIsRefused(t *testing.T) {
	c, s := newCollector(t), newSite(1)
	taker := takerFor(t, c, s)
	if _, err := taker.Take(t.Context(), newSite(2).next(t, 1)); err == nil || !strings.Contains(err.Error(), "not signed by the agent") {
		t.Errorf("another's signature: %v", err)
	}
	if _, err := taker.Take(t.Context(), s.next(t, 1)); err != nil {
		t.Fatal(err)
	}
	anew := newSite(1)
	if _, err := taker.Take(t.Context(), anew.next(t, 2)); err == nil || !strings.Contains(err.Error(), "another file 1") {
		t.Errorf("another first file: %v", err)
	}
	forked := anew.next(t, 2)
	if _, err := taker.Take(t.Context(), forked); err == nil || !strings.Contains(err.Error(), "does not follow") {
		t.Errorf("a fork: %v", err)
	}
	taker.Lost = true
	if _, err := taker.Take(t.Context(), forked); err != nil {
		t.Errorf("with -lost: %v", err)
	}
	if len(c.lines) != 3 {
		t.Errorf("%d lines are stored", len(c.lines))
	}
}

// While the collector cannot store, nothing is confirmed and the file may come
// again; a line that it will never store is kept aside with its words.
func TestNothingIsConfirmedThatIsNotStored(t *testing.T) {
	c, s := newCollector(t), newSite(1)
	taker := takerFor(t, c, s)
	file := s.next(t, 100)
	for _, status := range []int{http.StatusServiceUnavailable, http.StatusFound, http.StatusOK, http.StatusForbidden} {
		c.status = status
		if _, err := taker.Take(t.Context(), file); err == nil || !strings.Contains(err.Error(), "nothing is confirmed") {
			t.Errorf("%d: %v", status, err)
		}
	}
	c.status, c.refuse = 0, "line 42 of"
	r, err := taker.Take(t.Context(), file)
	if err != nil || r.Refused != 1 || len(c.lines) != 99 {
		t.Fatalf("%+v, %v, %d lines are stored", r, err, len(c.lines))
	}
	kept, err := os.ReadFile(taker.Shelf.rejected(file.Seal))
	if err != nil || !slices.Equal(strings.Split(string(kept), "\n"), []string{"# one is bad", "line 42 of file 1", ""}) {
		t.Errorf("%q, %v", kept, err)
	}
}

func TestADamagedShelfIsNotForgotten(t *testing.T) {
	c, s := newCollector(t), newSite(1)
	taker := takerFor(t, c, s)
	if err := os.WriteFile(taker.Shelf.path("lyon-1"), []byte("{"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := taker.Take(t.Context(), s.next(t, 1)); err == nil || !strings.Contains(err.Error(), "backup") {
		t.Errorf("%v", err)
	}
}
