package interval

import (
	"math"
	"testing"
	"time"
)

const (
	week = 7 * 86400.
	ever = 1e9 // s
)

// aWeekAhead is a meter that counts 1 kW from noon on, read every minute. The
// clock is right for ten minutes; then it is a week ahead until 12:50, and the
// builder knows that nobody vouches for it. kill is a restart, or none.
func aWeekAhead(t *testing.T, kill func(testing.TB, *Builder) *Builder) (b *Builder, told []Record) {
	t.Helper()
	b = newBuilder()
	told = measure(t, b, 0, 600, 0)
	b = kill(t, b)
	b.Doubt(Unsynced)
	told = append(told, measure(t, b, 660, 3000, week)...)
	b = kill(t, b)
	b.Doubt(Unsynced)
	return b, told
}

// measure reads the meter every minute, by a clock that is so far ahead, and
// returns what was told.
func measure(t *testing.T, b *Builder, from, to, ahead float64) (told []Record) {
	t.Helper()
	for s := from; s <= to; s += 60 {
		add(t, b, "m", ElectricEnergy, after(s+ahead), 1000*s)
		add(t, b, "m", ElectricPower, after(s+ahead), 1000)
		told = append(told, b.Advance(after(s+ahead))...)
	}
	return told
}

// kills are the ways in which a builder comes through a wrong clock.
var kills = map[string]func(testing.TB, *Builder) *Builder{
	"running":   func(_ testing.TB, b *Builder) *Builder { return b },
	"restarted": restarted,
}

// energyOf sums one kind of what was told, from and until so many seconds
// after noon.
func energyOf(told []Record, kind Kind, from, until float64) (sum float64) {
	for _, r := range Merge(told) {
		if r.Kind == kind && !r.Gap() && r.Start >= after(from).Unix() && r.End() <= after(until).Unix() {
			sum += r.SI
		}
	}
	return sum
}

// near allows for what rounding keeps back.
func near(sum, want float64) bool { return math.Abs(sum-want) <= 1e-4*want }

// A clock a week ahead is put right: measuring goes on at once, what was named
// by the wrong week is marked, and the counter's energy stands where it
// belongs. When that week comes nothing is counted twice, and nothing is lost.
func TestAClockFarAheadIsPutBack(t *testing.T) {
	for name, kill := range kills {
		t.Run(name, func(t *testing.T) {
			b, told := aWeekAhead(t, kill)
			for _, r := range told {
				if r.Start >= after(600).Unix() && !r.Gap() && !r.Flags.Has(Unsynced) {
					t.Errorf("%s is not marked", line(r))
				}
			}
			b.Step(after(3000+week), after(3000))
			b.Trust(after(3000))
			if e := b.Events(); len(e) == 0 || e[len(e)-1].What != "gap" || e[len(e)-1].At != after(3000).Unix() {
				t.Errorf("events %+v", e)
			}
			told = append(told, measure(t, b, 3060, 6000, 0)...)
			if sum := energyOf(told, ElectricEnergy, 0, 6000); !near(sum, 6e6) {
				t.Errorf("the counter gives %g J in 100 minutes at 1 kW", sum)
			}
			if sum := energyOf(told, ElectricPower, 0, 6000); sum < 2.9e6 || sum > 6e6 {
				t.Errorf("the power gives %g J", sum)
			}
			b = kill(t, b)
			for s := 6600.; s <= week+7200; s += 600 {
				add(t, b, "m", ElectricEnergy, after(s), 1000*s)
				add(t, b, "m", ElectricPower, after(s), 1000)
				told = append(told, b.Advance(after(s))...)
			}
			if sum := energyOf(told, ElectricEnergy, 0, ever); !near(sum, 1000*(week+7200)) {
				t.Errorf("after the week the counter gives %g J, not %g", sum, 1000*(week+7200))
			}
			for _, r := range Merge(told) {
				if r.Start >= after(week).Unix() && (r.SI != 6e5 || r.Flags.Has(Unsynced)) {
					t.Errorf("%s is not what was measured then", line(r))
				}
			}
		})
	}
}

// A meter that was first read by a wrong clock begins anew.
func TestAMeterFirstReadByAWrongClockBeginsAnew(t *testing.T) {
	for name, kill := range kills {
		t.Run(name, func(t *testing.T) {
			b := newBuilder()
			b.Doubt(Unsynced)
			measure(t, b, 0, 3000, week)
			b = kill(t, b)
			b.Doubt(Unsynced)
			b.Step(after(3000+week), after(3000))
			b = kill(t, b)
			told := measure(t, b, 3060, 6000, 0)
			if sum := energyOf(told, ElectricEnergy, 0, 6000); !near(sum, 1000*(6000-3060)) {
				t.Errorf("%g J in the 49 minutes since the clock is right", sum)
			}
		})
	}
}

// A clock that was known to be right is wrong once it goes far back. Nothing
// is told by it, and when it comes back nothing is lost.
func TestARightClockThatGoesFarBackIsWaitedFor(t *testing.T) {
	for name, kill := range kills {
		t.Run(name, func(t *testing.T) {
			b := newBuilder()
			told := measure(t, b, 0, 630, 0)
			b = kill(t, b)
			b.Doubt(0) // as from each step on
			b.Step(after(630), after(630-26*365*86400))
			told = append(told, measure(t, b, 660, 900, -26*365*86400)...)
			b = kill(t, b)
			b.Doubt(Unsynced)
			b.Step(after(900-26*365*86400), after(900))
			b.Trust(after(900))
			told = append(told, measure(t, b, 960, 3600, 0)...)
			if sum := energyOf(told, ElectricEnergy, -ever, 3600); !near(sum, 3.6e6) {
				t.Errorf("%g J in an hour at 1 kW", sum)
			}
			for _, r := range told {
				if r.Start < noon.Unix() {
					t.Errorf("%s was told of another century", line(r))
				}
			}
		})
	}
}

// A clock that was taken for right, and was a week ahead, keeps a series
// waiting only until it is known to be right where it went.
func TestAClockThatWasWronglyVouchedFor(t *testing.T) {
	for name, kill := range kills {
		t.Run(name, func(t *testing.T) {
			b := newBuilder()
			told := measure(t, b, 0, 630, week)
			b = kill(t, b)
			b.Doubt(0)
			b.Step(after(630+week), after(630))
			if n := len(measure(t, b, 660, 900, 0)); n != 2 {
				t.Errorf("%d intervals were told, not the two that the step closed", n)
			}
			b = kill(t, b)
			b.Trust(after(900))
			told = append(told, measure(t, b, 960, 3600, 0)...)
			if sum := energyOf(told, ElectricEnergy, 0, 3600); !near(sum, 3e6) {
				t.Errorf("%g J in the 50 minutes after the last reading before the step", sum)
			}
		})
	}
}

// A device with a clock of its own goes on undisturbed.
func TestAnotherClockIsLeftAlone(t *testing.T) {
	b := newBuilder()
	b.Doubt(Unsynced)
	told := measure(t, b, 0, 3000, 0)
	told = append(told, b.Advance(after(week))...)
	b.Step(after(3000+week), after(3000))
	told = append(told, measure(t, b, 3060, 6000, 0)...)
	for _, kind := range []Kind{ElectricEnergy, ElectricPower} {
		if sum := energyOf(told, kind, 0, 6000); !near(sum, 6e6) {
			t.Errorf("%s: %g J in 100 minutes at 1 kW", kind, sum)
		}
	}
}

// An anchor of another length of intervals is of no use, and one that cannot
// be this builder's is refused with the rest.
func TestAnAnchorThatDoesNotFit(t *testing.T) {
	b, _ := aWeekAhead(t, restarted)
	cfg := b.cfg
	cfg.Length = 15 * time.Minute
	other := NewBuilder(cfg)
	if err := other.Restore(b.Snapshot()); err != nil || other.of(Series{"m", ElectricEnergy}).anchor != nil {
		t.Errorf("an anchor of another length is kept, %v", err)
	}
	broken := b.Snapshot()
	broken.Series[0].Anchor.Open.Start++
	if err := newBuilder().Restore(broken); err == nil {
		t.Error("a broken anchor is accepted")
	}
}
