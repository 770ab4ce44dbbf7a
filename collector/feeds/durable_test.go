package feeds

import (
	"context"
	"errors"
	"os"
	"strings"
	"testing"
	"time"

	"thermie/collector/store"
	"thermie/interval"
)

// Killed at any moment between two requests, nothing that was acknowledged
// is lost, and nothing counts twice.
func TestKilledAtAnyMomentNothingIsLost(t *testing.T) {
	h := newHall(t, hallFeed)
	for minute := range 121 {
		h.now = midnight.Add(time.Duration(minute) * time.Minute)
		if said := h.send(ups(time.Duration(minute)*time.Minute, time.Duration(minute)*time.Minute)); said != "" {
			t.Fatal(said)
		}
		if minute%7 == 3 {
			h.pass(0)
		}
		if minute%5 == 0 {
			h.kill()
			h.open(h.kept)
		}
	}
	h.pass(2 * time.Minute)
	h.wants(interval.ElectricEnergy, 120, 2)
	h.wants(interval.ElectricPower, 120, 2)
	if counts, err := h.kept.Counts(context.Background()); err != nil || counts.Conflicts != 0 || counts.Corrected != 0 {
		t.Errorf("%+v, %v", counts, err)
	}
}

// failing is a store that cannot write for a while.
type failing struct {
	store.Store
	down bool
}

func (f *failing) Append(ctx context.Context, b store.Batch) error {
	if f.down {
		return errors.New("the disk is full")
	}
	return f.Store.Append(ctx, b)
}

// What was acknowledged while the store could not write is there when it
// can, even if the collector was killed in between; and meanwhile nothing
// more is acknowledged.
func TestAStoreThatCannotWriteLosesNothing(t *testing.T) {
	h := newHall(t, hallFeed)
	h.now = midnight.Add(2 * time.Hour)
	disk := &failing{Store: h.kept}
	h.open(disk)
	h.send(ups(0, 5*time.Minute))
	disk.down = true
	if said := h.send(ups(6*time.Minute, 60*time.Minute)); said != "" {
		t.Fatal(said)
	}
	if _, err := h.try(ups(61*time.Minute, 62*time.Minute)); err == nil || !strings.Contains(err.Error(), "the disk is full") {
		t.Errorf("%v", err)
	}
	h.kill()
	h.open(disk)
	disk.down = false
	h.send(ups(61*time.Minute, 120*time.Minute))
	h.pass(2 * time.Minute)
	h.wants(interval.ElectricEnergy, 120, 2)
}

// A feed whose folder has gone takes nothing more, says so each time, and ends
// all the same.
func TestAFeedWithoutItsFolderEnds(t *testing.T) {
	h := newHall(t, hallFeed)
	h.send(ups(0, 5*time.Minute))
	f := h.Of("hall")
	if err := errors.Join(f.log.close(), os.RemoveAll(f.dir), os.WriteFile(f.dir, nil, 0o600)); err != nil {
		t.Fatal(err)
	}
	for _, what := range []string{"its log", "not a directory"} {
		if _, err := h.try(ups(6*time.Minute, 7*time.Minute)); err == nil || !strings.Contains(err.Error(), what) {
			t.Errorf("%v, want %q", err, what)
		}
	}
	if err := h.Close(t.Context()); err != nil {
		t.Error(err)
	}
}

// A mapping that changes between two starts changes what comes, not what
// was acknowledged under the old one.
func TestAChangedMappingKeepsWhatWasAcknowledged(t *testing.T) {
	for name, stop := range map[string]func(*hall){
		"closed": func(h *hall) { h.Feeds.Close(context.Background()) },
		"killed": (*hall).kill,
	} {
		t.Run(name, func(t *testing.T) {
			h := newHall(t, hallFeed)
			h.now = midnight.Add(35 * time.Minute)
			h.send(ups(0, 35*time.Minute))
			stop(h)
			h.text = strings.Replace(hallFeed, "site: hall", "site: hall\n    interval: 5m", 1)
			h.open(h.kept)
			h.now = midnight.Add(time.Hour)
			h.send(ups(36*time.Minute, time.Hour))
			h.pass(2 * time.Minute)
			h.wants(interval.ElectricEnergy, 60, 0.9) // the open interval ended early

			stop(h)
			lines := strings.Split(hallFeed, "\n")
			h.text = strings.Join(append(lines[:7:7], lines[8:]...), "\n") // without the counter
			if strings.Contains(h.text, "electric_energy") {
				t.Fatal(h.text)
			}
			h.open(h.kept)
			if said := h.send("modbus,name=ups energy=9 1735693200"); !strings.Contains(said, "in no mapping") {
				t.Error(said)
			}
			h.wants(interval.ElectricEnergy, 60, 0.9)
		})
	}
}

// A device exchanged is a new card from now on; a word put right is a
// revision of the old one.
func TestACardFollowsTheMapping(t *testing.T) {
	h := newHall(t, hallFeed)
	h.send(ups(0, 0))
	for _, change := range []string{"name: UPS", "name: UPS, serial: A1"} {
		h.Feeds.Close(context.Background())
		h.text = strings.Replace(hallFeed, "name: IT", change, 1)
		h.open(h.kept)
		h.pass(time.Minute)
	}
	cards, err := h.kept.Cards(context.Background(), "hall")
	if err != nil || len(cards) != 3 || cards[0].Rev != 1 || cards[0].Point.Name != "UPS" || cards[1].ValidFrom != h.now.Unix() || cards[1].Point.Serial != "A1" {
		t.Errorf("%+v, %v", cards, err)
	}
}
