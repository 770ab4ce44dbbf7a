package feeds

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"thermie/interval"
)

// folder returns the feed's files, as a power cut would leave them.
func (h *hall) folder() map[string][]byte {
	h.t.Helper()
	files := map[string][]byte{}
	paths, _ := filepath.Glob(filepath.Join(h.data, "feeds", "hall", "*"))
	for _, path := range paths {
		raw, err := os.ReadFile(path)
		if err != nil {
			h.t.Fatal(err)
		}
		files[filepath.Base(path)] = raw
	}
	return files
}

// lay replaces the feed's files.
func (h *hall) lay(files map[string][]byte) {
	h.t.Helper()
	dir := filepath.Join(h.data, "feeds", "hall")
	if err := os.RemoveAll(dir); err != nil {
		h.t.Fatal(err)
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		h.t.Fatal(err)
	}
	for name, raw := range files {
		if err := os.WriteFile(filepath.Join(dir, name), raw, 0o600); err != nil {
			h.t.Fatal(err)
		}
	}
}

// A power cut may leave the log at any length: what was taken at once is
// there whole or not at all, and the feed goes on.
func TestALogCutAnywhereIsTakenUpToItsLastEnd(t *testing.T) {
	h := newHall(t, hallFeed)
	h.now = midnight.Add(10 * time.Minute)
	h.send(ups(0, time.Minute))
	h.send(ups(2*time.Minute, 3*time.Minute))
	h.kill()
	whole := h.folder()
	var name string
	for one := range whole {
		if strings.HasPrefix(one, "log-") {
			name = one
		}
	}
	ends := strings.SplitAfter(string(whole[name]), ".\n")
	if len(ends) != 3 {
		t.Fatalf("%q", whole[name])
	}
	for size := 0; size <= len(whole[name]); size += 3 {
		h.lay(map[string][]byte{stateFile: whole[stateFile], name: whole[name][:size]})
		h.open(h.kept)
		want := 0
		switch {
		case size >= len(ends[0])+len(ends[1]):
			want = 4
		case size >= len(ends[0]):
			want = 2
		}
		if got := len(h.Of("hall").tracks[0].recent); got != want {
			t.Errorf("%d of %d bytes: %d readings, want %d", size, len(whole[name]), got, want)
		}
		if said := h.send(ups(0, 3*time.Minute)); said != "" {
			t.Errorf("%d bytes: %s", size, said)
		}
		h.kill()
	}
}

// A feed starts on any damaged file: it goes on with what is whole, keeps
// the file for those who want to see it, and says so in an event.
func TestAFeedStartsOnAnyDamagedFile(t *testing.T) {
	for name, damage := range map[string]func(files map[string][]byte){
		"state cut":     func(f map[string][]byte) { f[stateFile] = f[stateFile][:20] },
		"state empty":   func(f map[string][]byte) { f[stateFile] = nil },
		"state strange": func(f map[string][]byte) { f[stateFile] = []byte(`{"series":[{"meter":"x","counted":3}]}`) },
		"state of another site": func(f map[string][]byte) {
			f[stateFile] = []byte(strings.ReplaceAll(string(f[stateFile]), `"site":"hall"`, `"site":"other"`))
		},
		"log overwritten": func(f map[string][]byte) {
			for name := range f {
				if strings.HasPrefix(name, "log-") {
					f[name] = []byte("\x00\x00\x00\nr 1\n")
				}
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			h := newHall(t, hallFeed)
			h.now = midnight.Add(time.Hour)
			h.send(ups(0, 5*time.Minute))
			h.Feeds.Close(context.Background())
			files := h.folder()
			damage(files)
			h.lay(files)
			h.open(h.kept)
			h.now = h.now.Add(time.Hour)
			if said := h.send(ups(time.Hour, 2*time.Hour)); said != "" {
				t.Fatal(said)
			}
			h.pass(2 * time.Minute)
			if kwh, _ := h.energy(interval.ElectricEnergy); kwh < 60 {
				t.Errorf("%g kWh", kwh)
			}
			if aside, _ := filepath.Glob(filepath.Join(h.data, "feeds", "hall", "*.damaged")); len(aside) != 1 {
				t.Errorf("set aside: %v", aside)
			}
			events, err := h.kept.Events(context.Background(), "hall", time.Unix(0, 0), time.Now().Add(time.Hour))
			if err != nil || len(events) != 1 || events[0].What != "segment" {
				t.Errorf("%+v, %v", events, err)
			}
		})
	}
}
