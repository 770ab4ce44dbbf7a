package feeds

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"thermie/collector/store"
	"thermie/configs"
	"thermie/interval"
)

// forgetful makes the hall's store keep thirty days of intervals, the first of
// which begins at midnight: what is older is refused for good.
func (h *hall) forgetful() {
	h.t.Helper()
	ctx := context.Background()
	latest := interval.Record{Site: "other", Meter: "it", Kind: interval.ElectricEnergy, Start: midnight.AddDate(0, 0, 30).Unix(), Length: 600, SI: 1, Cov: 1}
	err := h.kept.Append(ctx, store.Batch{Records: []interval.Record{latest}})
	if err == nil {
		err = h.kept.Fold(ctx)
	}
	h.kept.Retain(configs.Retention{IntervalsDays: 30})
	if err := errors.Join(err, h.kept.Expire(ctx, midnight.AddDate(0, 0, 30))); err != nil {
		h.t.Fatal(err)
	}
}

// Intervals that the store no longer takes are kept aside, each under the
// reason, and counted; the others are stored, and the feed goes on.
func TestWhatTheStoreRefusesIsKeptAside(t *testing.T) {
	h := newHall(t, hallFeed)
	h.forgetful()
	h.now = midnight.Add(20 * time.Minute)
	if said := h.send(ups(-20*time.Minute, 20*time.Minute)); said != "" {
		t.Fatal(said)
	}
	h.pass(10 * time.Minute)
	if stored := h.records(interval.ElectricEnergy); len(stored) == 0 || stored[0].Start != midnight.Unix() {
		t.Errorf("stored are %v", stored)
	}
	files, _ := filepath.Glob(filepath.Join(h.data, "feeds", "hall", rejectedDir, "*.lines"))
	if len(files) != 1 {
		t.Fatalf("kept aside are %v", files)
	}
	raw, err := os.ReadFile(files[0])
	if err != nil {
		t.Fatal(err)
	}
	if reasons := strings.Count(string(raw), "have expired and cannot be changed"); reasons != 4 || h.Totals().Rejected != 4 {
		t.Errorf("%d reasons, %d counted; want 4 in\n%s", reasons, h.Totals().Rejected, raw)
	}
	lines := 0
	err = interval.ReadLines(bytes.NewReader(raw), func(_ int, text []byte) error {
		var line interval.Line
		if lines++; line.Decode(text, time.Second) != nil || line.Record.Start >= midnight.Unix() {
			t.Errorf("%s is kept aside", text)
		}
		return nil
	})
	if err != nil || lines != 4 {
		t.Errorf("%d lines are kept aside, %v", lines, err)
	}
}

// Where rejected lines cannot be kept aside, they stay with the feed, across a
// restart too, until they can.
func TestRejectedLinesWaitForTheirPlace(t *testing.T) {
	h := newHall(t, hallFeed)
	h.forgetful()
	obstacle := filepath.Join(h.data, "feeds", "hall", rejectedDir)
	if err := os.WriteFile(obstacle, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if said := h.send(ups(-20*time.Minute, 0)); said != "" {
		t.Fatal(said)
	}
	if _, err := h.try(ups(time.Minute, 2*time.Minute)); err == nil || !strings.Contains(err.Error(), rejectedDir) {
		t.Errorf("more is taken although nothing can be kept aside: %v", err)
	}
	h.kill()
	if err := os.Remove(obstacle); err != nil {
		t.Fatal(err)
	}
	h.open(h.kept)
	h.pass(time.Minute)
	if n := h.Totals().Rejected; n != 4 {
		t.Errorf("%d lines are kept aside in the end, want 4", n)
	}
}

// The folder of rejected lines is bounded: the oldest days go.
func TestRejectedDaysAreBounded(t *testing.T) {
	dir := t.TempDir()
	for _, day := range []string{"2025-01-01.lines", "2025-01-02.lines", "2025-01-03.lines"} {
		if err := os.WriteFile(filepath.Join(dir, day), make([]byte, maxRejected*6/10), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := trimRejected(dir); err != nil {
		t.Fatal(err)
	}
	if left, _ := os.ReadDir(dir); len(left) != 1 || left[0].Name() != "2025-01-03.lines" {
		t.Errorf("%v are left", left)
	}
}
