package interval

import (
	"encoding/binary"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"
)

// TestIntervalsOfACounterSumUp is the property that matters most: whatever
// the splits, holds, calls of Advance and restarts, the energy of a point is
// its last reading minus its first.
func TestIntervalsOfACounterSumUp(t *testing.T) {
	for seed := range uint64(200) {
		rng := rand.New(rand.NewPCG(seed, 2))
		b := newBuilder()
		var all []Record
		first := rng.Float64() * 1e12
		value, now, told := first, 0., 0.
		for range 100 {
			add(t, b, "m", ElectricEnergy, after(now), value)
			if rng.IntN(3) == 0 {
				told = max(told, now+rng.Float64()*1500-500) // early and late, but the clock never goes back
				all = append(all, b.Advance(after(told))...)
			}
			if rng.IntN(5) == 0 {
				b = restarted(t, b)
			}
			now += math.Ceil(rng.ExpFloat64() * 400)
			value += rng.Float64() * 1e7
		}
		now = math.Ceil(now/600) * 600
		add(t, b, "m", ElectricEnergy, after(now), value)
		all = Merge(append(all, b.Advance(after(max(told, now)))...))
		var sum float64
		var last Record
		for _, r := range all {
			if !r.Gap() {
				sum += r.SI
				last = r
			}
		}
		// The last rounding is open, by half a grain, which is a fortieth of u.
		if math.Abs(sum-(value-first)) > last.U/40+1e-3 {
			t.Errorf("seed %d: intervals sum to %.3f J, the counter counted %.3f J", seed, sum, value-first)
		}
	}
}

// The highest revisions depend on the readings alone.
func TestWhenAdvanceIsCalledDoesNotMatter(t *testing.T) {
	kinds := []Kind{ElectricEnergy, ElectricPower, SupplyTemperature}
	for seed := range uint64(100) {
		rng := rand.New(rand.NewPCG(seed, 4))
		often, once := newBuilder(), newBuilder()
		var all []Record
		now, told := 0., 0.
		for range 60 {
			kind, value := kinds[rng.IntN(3)], math.Floor(rng.Float64()*1e6)
			if kind == ElectricEnergy && rng.IntN(10) > 0 {
				value = now * 1000 // else a bad reading
			}
			add(t, often, "m", kind, after(now), value)
			add(t, once, "m", kind, after(now), value)
			told = max(told, now+rng.Float64()*4000-2000)
			all = append(all, often.Advance(after(told))...)
			now += math.Ceil(rng.ExpFloat64() * 300)
		}
		end := after(max(told, now) + 3600)
		all = Merge(append(all, often.Advance(end)...))
		for i := range all {
			all[i].Rev = 0
		}
		if other := once.Advance(end); !slices.EqualFunc(all, other, Record.Same) {
			t.Fatalf("seed %d: often\n%sonce\n%s", seed, lines(all), lines(other))
		}
	}
}

// FuzzBuilder holds what must be so for any readings: finite numbers, keys
// that come again only with a higher revision, coverage that fits, and that
// a restart at any moment changes nothing. Each step is four bytes.
func FuzzBuilder(f *testing.F) {
	for seed := range uint64(20) {
		rng := rand.New(rand.NewPCG(seed, 3))
		b := make([]byte, 4*(5+4*seed))
		for i := range b {
			b[i] = byte(rng.Uint32())
		}
		f.Add(b)
	}
	f.Fuzz(func(t *testing.T, steps []byte) {
		if len(steps) > 4*150 {
			return
		}
		b, twin := newBuilder(), newBuilder()
		kinds := []Kind{ElectricEnergy, ElectricPower, SupplyTemperature}
		seen := map[Key]Record{}
		now := 0.
		for ; len(steps) >= 4; steps = steps[4:] {
			op, value := steps[0], float64(binary.BigEndian.Uint16(steps[2:]))
			now += float64(int(steps[1])-8) * 7.3
			r := Reading{"m", kinds[int(op>>2)%3], after(now), value}
			if (b.Add(r) == nil) != (twin.Add(r) == nil) {
				t.Fatal("a restart changed what is accepted")
			}
			if op&3 != 0 {
				continue
			}
			got := b.Advance(after(now))
			if op&28 == 0 {
				twin = restarted(t, twin)
			}
			if other := twin.Advance(after(now)); !slices.EqualFunc(got, other, Record.Same) {
				t.Fatalf("a restart changed\n%sto\n%s", lines(got), lines(other))
			}
			for _, r := range got {
				old, had := seen[r.Key()]
				if had && !r.Supersedes(old) && !(r.Gap() && r.Rev > old.Rev && old.Gap()) {
					t.Fatalf("%s does not supersede %s", line(r), line(old))
				}
				seen[r.Key()] = r
				var l Line
				if err := l.Decode(r.AppendLine(nil), time.Second); err != nil || !l.Record.Same(r) {
					t.Fatalf("%s: %v", line(r), err)
				}
				if r.Start%600 != 0 || r.Kind != ElectricEnergy && !r.Gap() && (r.SI < 0 || r.SI > 65535*600+1.1*r.U) {
					t.Fatalf("impossible %s", line(r))
				}
			}
		}
	})
}
