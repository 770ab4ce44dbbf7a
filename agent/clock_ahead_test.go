package agent

import (
	"testing"
	"testing/synctest"
	"time"

	"thermie/interval"
)

// aheadUntil is a wall clock that is ahead by so much until an instant, when
// NTP puts it right; the kernel knows that nobody has set it before.
type aheadUntil struct {
	by    time.Duration
	right time.Time
}

func (c aheadUntil) now() (time.Time, time.Duration) {
	now := time.Now()
	if now.Before(c.right) {
		return now.Add(c.by).Round(0), now.Sub(year2000)
	}
	return now.Round(0), now.Sub(year2000)
}

func (c aheadUntil) kernel() syncState {
	if time.Now().Before(c.right) {
		return unsynced
	}
	return synced
}

// measureBy runs an agent on the folder for d, and returns what is told.
// Readings have the clock's time.
func measureBy(t *testing.T, dir string, c aheadUntil, d time.Duration) []interval.Line {
	t.Helper()
	s := liveSiteBy(t, dir, c.now)
	defer s.queue.Close()
	s.trust.kernel = c.kernel
	meteredFor(t, s, d, func(time.Time) time.Time {
		at, _ := c.now()
		return at
	})
	return queuedLines(t, s.queue)
}

// The clock of a machine is a week ahead at boot until NTP puts it right, in
// the agent's life or while it is away. What the wrong week named is marked;
// measuring goes on at once; the counter's energy stands where it belongs.
func TestAClockAWeekAheadAtBoot(t *testing.T) {
	const week = 7 * 24 * time.Hour
	for name, atOnce := range map[string]bool{"put right while the agent runs": true, "put right while it is away": false} {
		for name, begins := range map[string]time.Duration{name: 0, name + ", on old baselines": 35 * time.Minute} {
			t.Run(name, func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					dir, right := t.TempDir(), aheadUntil{}
					var lines []interval.Line
					if begins > 0 {
						lines = measureBy(t, dir, right, begins)
					}
					wrong := aheadUntil{week, time.Now().Add(30 * time.Minute)}
					if atOnce {
						lines = append(lines, measureBy(t, dir, wrong, time.Hour)...)
					} else {
						lines = append(lines, measureBy(t, dir, wrong, 25*time.Minute)...)
						time.Sleep(10 * time.Minute)
						lines = append(lines, measureBy(t, dir, right, 30*time.Minute)...)
					}
					lines = append(lines, measureBy(t, dir, right, 20*time.Minute)...) // and after a restart
					checkWrongWeek(t, lines, wrong.right, begins)
				})
			})
		}
	}
}

// checkWrongWeek checks what was told until now: the agent has measured, with
// baselines that began so long ago or with none, since NTP came.
func checkWrongWeek(t *testing.T, lines []interval.Line, ntp time.Time, begins time.Duration) {
	t.Helper()
	now := time.Now()
	least := 1000 * (now.Sub(ntp) - 20*time.Minute).Seconds() // the agent was away, and the last interval is open
	power := least
	if begins > 0 {
		least = 1000 * (now.Sub(year2000) - 11*time.Minute).Seconds()
	}
	sums := map[interval.Kind]float64{}
	for _, r := range interval.Merge(recordsOf(lines)) {
		switch {
		case r.Gap():
		case r.Start > now.Unix():
			if !r.Flags.Has(interval.Unsynced) {
				t.Errorf("%s at %s is not marked", r.Kind, time.Unix(r.Start, 0).UTC())
			}
		default:
			sums[r.Kind] += r.SI
		}
	}
	most := 1000 * now.Sub(year2000).Seconds()
	for kind, least := range map[interval.Kind]float64{interval.ElectricEnergy: least, interval.ElectricPower: power} {
		if sums[kind] < least || sums[kind] > most {
			t.Errorf("%s: %.4g J up to now, not %.4g to %.4g", kind, sums[kind], least, most)
		}
	}
	gaps := 0
	for _, l := range lines {
		if l.Type == interval.EventLine && l.Event.What == "gap" {
			gaps++
		}
	}
	if told := clockEvents(lines); gaps != 2 || len(told) == 0 {
		t.Errorf("%d series say that intervals are set aside; of the clock is told %q", gaps, told)
	}
}
