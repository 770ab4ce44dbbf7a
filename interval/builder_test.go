package interval

import (
	"errors"
	"math"
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
