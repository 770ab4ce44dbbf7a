package interval

import (
	"encoding/binary"
	"errors"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"
)

// noon is the origin of time in these stories.
var noon = time.Date(2025, 7, 1, 12, 0, 0, 0, time.UTC)

func after(s float64) time.Time { return noon.Add(time.Duration(s * float64(time.Second))) }

// newBuilder knows that the meter m does not count more than 1 GW.
func newBuilder() *Builder {
	return NewBuilder(BuilderConfig{Site: "s", Flags: Flags(Live), Registers: map[Series]Register{{"m", ElectricEnergy}: {MaxRate: 1e9}}})
}

// tell gives readings of one series, at seconds after noon.
func tell(t *testing.T, b *Builder, kind Kind, readings ...[2]float64) {
	t.Helper()
	for _, r := range readings {
		add(t, b, "m", kind, after(r[0]), r[1])
	}
}

// want compares records with their lines; the common head and the time are
// written as [minutes after noon].
func want(t *testing.T, got []Record, wanted ...string) {
	t.Helper()
	var lines []string
	for _, r := range got {
		s := line(r)
		s = strings.TrimPrefix(s, "interval,site=s,meter=m,kind=")
		s = s[:strings.LastIndexByte(s, ' ')]
		s = strings.Replace(s, ",len=600", "", 1)
		lines = append(lines, time.Unix(r.Start, 0).UTC().Format("15:04 ")+s)
	}
	if !slices.Equal(lines, wanted) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(lines, "\n"), strings.Join(wanted, "\n"))
	}
}

func TestGaugeHoldsUntilTheNextReading(t *testing.T) {
	b := newBuilder()
	tell(t, b, ElectricPower, [2]float64{0, 1000}, [2]float64{300, 2000}, [2]float64{900, 2000}, [2]float64{1200, 0})
	want(t, b.Advance(after(1200)),
		"12:00 electric_power si=900000,u=87000,cov=1,flags=2i,rev=0i",
		"12:10 electric_power si=1200000,u=173000,cov=1,flags=2i,rev=0i")
}

func TestTheFirstAndTheLastReadingCoverOnlyWhatIsBetweenThem(t *testing.T) {
	b := newBuilder()
	tell(t, b, AirTemperature, [2]float64{120, 300}, [2]float64{240, 300})
	want(t, b.Advance(after(600)), "12:00 air_temperature si=300,u=0,cov=0.2,min=300,max=300,flags=2i,rev=0i")
}

func TestAMeanCarriesItsExtremes(t *testing.T) {
	b := newBuilder()
	tell(t, b, SupplyTemperature, [2]float64{-60, 280}, [2]float64{300, 290}, [2]float64{600, 300})
	want(t, b.Advance(after(600)),
		"11:50 supply_temperature si=280,u=2.9,cov=0.1,min=280,max=280,flags=2i,rev=0i",
		"12:00 supply_temperature si=285,u=2,cov=1,min=280,max=290,flags=2i,rev=0i")
}

func TestASilentGaugeHoldsForMaxHoldAndLeavesGaps(t *testing.T) {
	b := newBuilder()
	tell(t, b, ElectricPower, [2]float64{0, 1000}, [2]float64{3600, 1000}, [2]float64{4200, 1000})
	want(t, b.Advance(after(4200)),
		"12:00 electric_power si=600000,u=0,cov=1,flags=2i,rev=0i",
		"12:10 electric_power si=300000,u=0,cov=0.5,flags=2i,rev=0i",
		"12:20 electric_power cov=0,flags=2i,rev=0i",
		"12:30 electric_power cov=0,flags=2i,rev=0i",
		"12:40 electric_power cov=0,flags=2i,rev=0i",
		"12:50 electric_power cov=0,flags=2i,rev=0i",
		"13:00 electric_power si=600000,u=0,cov=1,flags=2i,rev=0i")
}

// A source that says "not available" ends what its last value says; the
// counter beside it goes on counting, and a restart changes nothing.
func TestALapseEndsWhatTheLastValueSays(t *testing.T) {
	b := newBuilder()
	tell(t, b, ElectricPower, [2]float64{0, 100}, [2]float64{240, 100})
	tell(t, b, ElectricEnergy, [2]float64{0, 0})
	again := newBuilder()
	for _, kind := range []Kind{ElectricPower, ElectricEnergy, ThermalPower} {
		b.Lapse(Series{"m", kind}, after(300))
	}
	b.Lapse(Series{"m", ElectricPower}, after(400))
	if err := again.Restore(b.Snapshot()); err != nil {
		t.Fatal(err)
	}
	tell(t, again, ElectricPower, [2]float64{480, 100}, [2]float64{600, 100})
	tell(t, again, ElectricEnergy, [2]float64{600, 6e5})
	for _, r := range again.Advance(after(600)) {
		wanted := map[Kind][2]float64{ElectricPower: {42000, 0.7}, ElectricEnergy: {6e5, 1}}[r.Kind]
		if r.SI != wanted[0] || r.Cov != wanted[1] {
			t.Errorf("%s %g J of %g, want %v", r.Kind, r.SI, r.Cov, wanted)
		}
	}
}

func TestAnIntervalToldTooEarlyComesAgain(t *testing.T) {
	b := newBuilder()
	tell(t, b, ElectricPower, [2]float64{0, 1000}, [2]float64{540, 1000})
	want(t, b.Advance(after(600)), "12:00 electric_power si=540000,u=0,cov=0.9,flags=2i,rev=0i")
	want(t, b.Advance(after(660)))
	want(t, b.Advance(after(1200)), "12:10 electric_power cov=0,flags=2i,rev=0i")
	tell(t, b, ElectricPower, [2]float64{1260, 1000}, [2]float64{1800, 1000})
	want(t, b.Advance(after(1800)),
		"12:00 electric_power si=600000,u=0,cov=1,flags=2i,rev=1i",
		"12:10 electric_power si=600000,u=0,cov=1,flags=2i,rev=1i",
		"12:20 electric_power si=600000,u=0,cov=1,flags=2i,rev=0i")
}

func TestACounterIsSplitAtIntervalEnds(t *testing.T) {
	b := newBuilder()
	tell(t, b, ElectricEnergy, [2]float64{0, 5000}, [2]float64{480, 9800}, [2]float64{720, 12200}, [2]float64{1200, 17000})
	want(t, b.Advance(after(1200)),
		"12:00 electric_energy si=6000,u=0,cov=1,flags=2i,rev=0i",
		"12:10 electric_energy si=6000,u=0,cov=1,flags=2i,rev=0i")
}

func TestAnOutageCostsACounterNothing(t *testing.T) {
	b := newBuilder()
	tell(t, b, ElectricEnergy, [2]float64{0, 0}, [2]float64{300, 3000})
	want(t, b.Advance(after(1200)),
		"12:00 electric_energy si=3000,u=0,cov=0.5,flags=2i,rev=0i",
		"12:10 electric_energy cov=0,flags=2i,rev=0i")
	tell(t, b, ElectricEnergy, [2]float64{1800, 18000})
	want(t, b.Advance(after(1800)),
		"12:00 electric_energy si=6000,u=1390,cov=1,flags=6i,rev=1i",
		"12:10 electric_energy si=6000,u=2100,cov=1,flags=6i,rev=1i",
		"12:20 electric_energy si=6000,u=2100,cov=1,flags=6i,rev=0i")
}

func TestTheStepOfACounterIsItsUncertainty(t *testing.T) {
	b := NewBuilder(BuilderConfig{Site: "s", Flags: Flags(Live), Registers: map[Series]Register{{"m", ElectricEnergy}: {Step: 3600}}})
	tell(t, b, ElectricEnergy, [2]float64{0, 3600}, [2]float64{600, 3600 * 8})
	want(t, b.Advance(after(600)), "12:00 electric_energy si=25200,u=1470,cov=1,flags=2i,rev=0i")
}

func TestReadingsThatAreRefused(t *testing.T) {
	b := newBuilder()
	tell(t, b, ElectricPower, [2]float64{10, 5})
	for name, c := range map[string]struct {
		r   Reading
		err error
	}{
		"nan":             {Reading{"m", ElectricPower, after(20), math.NaN()}, ErrNotFinite},
		"infinity":        {Reading{"m", ElectricPower, after(20), math.Inf(-1)}, ErrNotFinite},
		"too large":       {Reading{"m", ElectricPower, after(20), 1e31}, ErrNotFinite},
		"unknown kind":    {Reading{"m", "noise", after(20), 1}, ErrNoKind},
		"no id":           {Reading{"M 1", ElectricPower, after(20), 1}, ErrNoID},
		"no time":         {Reading{"m", ElectricPower, time.Time{}, 1}, ErrNoTime},
		"earlier":         {Reading{"m", ElectricPower, after(9), 1}, ErrOutOfOrder},
		"two at one time": {Reading{"m", ElectricPower, after(10), 6}, ErrOutOfOrder},
		"the same twice":  {Reading{"m", ElectricPower, after(10), 5}, nil},
	} {
		if err := b.Add(c.r); !errors.Is(err, c.err) {
			t.Errorf("%s: %v, want %v", name, err, c.err)
		}
	}
	tell(t, b, ElectricPower, [2]float64{610, 5})
	want(t, b.Advance(after(600)), "12:00 electric_power si=2950,u=0,cov=0.9833,flags=2i,rev=0i")
}

func TestTheClockGoesBack(t *testing.T) {
	b := newBuilder()
	tell(t, b, ElectricEnergy, [2]float64{0, 0}, [2]float64{300, 3000})
	add(t, b, "m", ElectricPower, after(0), 10)
	add(t, b, "m", ElectricPower, after(300), 10)
	want(t, b.Advance(after(300)))
	want(t, b.Advance(after(200)),
		"12:00 electric_energy si=3000,u=0,cov=0.5,flags=10i,rev=0i",
		"12:00 electric_power si=3000,u=0,cov=0.5,flags=10i,rev=0i")
	for s := 250.; s <= 1200; s += 50 { // 100 s of real time before 12:05 come a second time
		add(t, b, "m", ElectricEnergy, after(s), 10*s+1000)
		add(t, b, "m", ElectricPower, after(s), 10)
		if s < 1200 {
			want(t, b.Advance(after(s)))
		}
	}
	want(t, b.Advance(after(1200)),
		"12:10 electric_energy si=10000,u=0,cov=1,flags=14i,rev=0i",
		"12:10 electric_power si=6000,u=0,cov=1,flags=10i,rev=0i")
}

func TestAWildClockDoesNotFillTheDisk(t *testing.T) {
	b := newBuilder()
	tell(t, b, ElectricEnergy, [2]float64{0, 0}, [2]float64{600, 6000})
	if n := len(b.Advance(after(100 * 365 * 86400))); n != 2 {
		t.Errorf("%d intervals for a century of silence", n)
	}
	add(t, b, "m", ElectricEnergy, after(50*365*86400), 7000)
	add(t, b, "m", ElectricEnergy, after(50*365*86400+600), 8000)
	got := b.Advance(after(100 * 365 * 86400))
	if len(got) != 1 || got[0].SI != 1000 {
		t.Errorf("got\n%s", lines(got))
	}
}

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
