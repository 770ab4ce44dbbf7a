package interval

import (
	"errors"
	"math/rand/v2"
	"testing"
)

// However the clock goes while nobody vouches for it, and however often the
// builder is restarted meanwhile: once the clock is right and the times have
// passed that it had named, the counter has counted all there was, once, and
// the power no more than that.
func TestAClockThatGoesAnyhowCountsNothingTwice(t *testing.T) {
	const day = 86400.
	for seed := range uint64(300) {
		random := rand.New(rand.NewPCG(seed, 1))
		b := newBuilder()
		told := measure(t, b, 0, 1800, 0)
		now, steps := 1800., []float64{0} // s ahead, one after the other
		for range 1 + random.IntN(5) {
			ahead := (2*random.Float64() - 1) * []float64{300, 7200, 2 * day}[random.IntN(3)]
			b.Doubt(Unsynced)
			b.Step(after(now+steps[len(steps)-1]), after(now+ahead))
			steps = append(steps, ahead)
			if random.IntN(3) == 0 {
				b = restarted(t, b)
				b.Doubt(Unsynced)
			}
			for range 1 + random.IntN(90) {
				now += 60
				told = append(told, measureOnce(t, b, now, ahead)...)
			}
		}
		b.Step(after(now+steps[len(steps)-1]), after(now))
		b.Trust(after(now))
		for end := now + 3*day; now < end; {
			now += 600
			told = append(told, measureOnce(t, b, now, 0)...)
		}
		told = append(told, b.Advance(after(now+day))...)
		if sum := energyOf(told, ElectricEnergy, -ever, ever); !near(sum, 1000*now) {
			t.Errorf("seed %d, %.0f s ahead: the counter gives %g J of %g", seed, steps, sum, 1000*now)
		}
		if sum := energyOf(told, ElectricPower, -ever, ever); sum > 1.0001*1000*now {
			t.Errorf("seed %d, %.0f s ahead: the power gives %g J of %g", seed, steps, sum, 1000*now)
		}
	}
}

// measureOnce reads the meter by a clock that may have gone back a little,
// and then is waited for.
func measureOnce(t *testing.T, b *Builder, now, ahead float64) []Record {
	t.Helper()
	for kind, si := range map[Kind]float64{ElectricEnergy: 1000 * now, ElectricPower: 1000} {
		if err := b.Add(Reading{"m", kind, after(now + ahead), si}); err != nil && !errors.Is(err, ErrOutOfOrder) {
			t.Fatal(err)
		}
	}
	return b.Advance(after(now + ahead))
}
