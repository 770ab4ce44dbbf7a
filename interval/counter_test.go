package interval

import (
	"math"
	"slices"
	"strings"
	"testing"
)

// Both failures seen in the field: a bad reading that became energy, and a
// meter exchange that froze the counter for ever.
func TestACounterIsJudged(t *testing.T) {
	const f, h, r, o = follows, held, resets, rollsOver
	for name, c := range map[string]struct {
		readings []float64
		known    Register
		want     []verdict
	}{
		"it rises and rests":                    {[]float64{5, 6, 6, 7}, Register{}, []verdict{f, f, f}},
		"zero, then the good value: no spike":   {[]float64{1000, 0, 1001, 1002}, Register{}, []verdict{h, f, f}},
		"two bad values, then the good one":     {[]float64{1000, 1, 2, 1001}, Register{}, []verdict{h, h, f}},
		"an exchange is believed at the third":  {[]float64{1000, 5, 6, 7, 8}, Register{}, []verdict{h, h, r, f}},
		"a stuck zero is never believed":        {[]float64{1000, 0, 0, 0, 0, 0}, Register{}, []verdict{h, h, h, h, h}},
		"a new meter may be idle for a while":   {[]float64{1000, 5, 5, 6, 6, 7}, Register{}, []verdict{h, h, h, h, r}},
		"a fall starts the confirmation again":  {[]float64{1000, 5, 6, 3, 4, 5}, Register{}, []verdict{h, h, h, h, r}},
		"too fast is held":                      {[]float64{1000, 99999, 1010, 1020}, Register{MaxRate: 1}, []verdict{h, f, f}},
		"too fast three times is an exchange":   {[]float64{1000, 90000, 90005, 90010}, Register{MaxRate: 1}, []verdict{h, h, r}},
		"a wild climb confirms nothing":         {[]float64{1000, 5, 900, 905, 910}, Register{MaxRate: 1}, []verdict{h, h, h, r}},
		"one step is allowed at any rate":       {[]float64{1000, 4600}, Register{MaxRate: 1, Step: 3600}, []verdict{f}},
		"below zero is below the last":          {[]float64{10, -5, 11}, Register{}, []verdict{h, f}},
		"back to the very value that stood":     {[]float64{10, 3, 10}, Register{}, []verdict{h, f}},
		"16 bits run over at a known rate":      {[]float64{65000, 65500, 464}, Register{Width: 65536, MaxRate: 60}, []verdict{f, o}},
		"and at the rate of just before":        {[]float64{65000, 65500, 464}, Register{Width: 65536}, []verdict{f, o}},
		"eight digits run over":                 {[]float64{99999950, 99999990, 30}, Register{Width: 1e8}, []verdict{f, o}},
		"zero far from the end is no rollover":  {[]float64{65000, 65010, 0, 65030}, Register{Width: 65536}, []verdict{f, h, f}},
		"nothing is known of the rate yet":      {[]float64{65500, 464, 964}, Register{Width: 65536}, []verdict{h, h}},
		"beyond its digits it has others":       {[]float64{65500, 70000, 100}, Register{Width: 65536}, []verdict{f, h}},
		"a float may fall by nothing":           {[]float64{1e9, 1e9 + 64}, Register{Step: 1, Significand: 24, MaxRate: 0.1}, []verdict{f}},
		"fast for a while with an honest meter": {[]float64{0, 11, 22, 33}, Register{MaxRate: 1}, []verdict{f, f, f}},
		"0 at first, then where it stands":      {[]float64{0, 25567, 25568, 25569, 25570}, Register{}, []verdict{h, h, r, f}},
		"and 0 for longer":                      {[]float64{0, 0, 0, 25567, 25568, 25569}, Register{}, []verdict{f, f, h, h, r}},
		"a new meter leaves 0 by its steps":     {[]float64{0, 0, 1, 1, 9}, Register{Step: 1}, []verdict{f, f, f, f}},
		"a spike, and no rate is stated":        {[]float64{1000, 1010, 9e6, 1020, 1030}, Register{}, []verdict{f, h, f, f}},
		"a hall is switched on":                 {[]float64{1000, 1001, 1801, 2601}, Register{}, []verdict{f, f, f}},
	} {
		t.Run(name, func(t *testing.T) {
			var state counter
			last := sample{0, c.readings[0]}
			var got []verdict
			for i, si := range c.readings[1:] {
				next := sample{int64(i+1) * 10 * second, si}
				v, from := state.judge(last, next, c.known)
				if from.SI > next.SI && v != held || v == follows && from != last {
					t.Errorf("counted from %v to %v", from, next)
				}
				if got = append(got, v); v != held {
					state.ran((next.SI-from.SI)/10, c.known)
					last = next
				}
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("%v: got %v, want %v", c.readings, got, c.want)
			}
		})
	}
}

func TestABadReadingBecomesNoEnergy(t *testing.T) {
	b := newBuilder()
	tell(t, b, ElectricEnergy, [2]float64{0, 1e6}, [2]float64{300, 0}, [2]float64{600, 1e6 + 6000})
	want(t, b.Advance(after(600)), "12:00 electric_energy si=6000,u=0,cov=1,flags=18i,rev=0i")
	if e := b.Events(); len(e) != 0 {
		t.Errorf("events %v", e)
	}
}

func TestAnExchangedMeterCountsOn(t *testing.T) {
	b := newBuilder()
	tell(t, b, ElectricEnergy, [2]float64{0, 1e6}, [2]float64{240, 1e6 + 2400},
		[2]float64{360, 100}, [2]float64{480, 1300}, [2]float64{600, 2500}, [2]float64{1200, 8500})
	want(t, b.Advance(after(1200)),
		"12:00 electric_energy si=4800,u=0,cov=0.8,flags=50i,rev=0i",
		"12:10 electric_energy si=6000,u=0,cov=1,flags=2i,rev=0i")
	e := b.Events()
	if len(e) != 1 || e[0].What != "reset" || e[0].Meter != "m" || e[0].At != after(360).Unix() {
		t.Errorf("events %v", e)
	}
}

func TestAReadingHeldBackIsNotForgottenByARestart(t *testing.T) {
	b := newBuilder()
	for i, si := range []float64{1e6, 100, 200, 300, 900} {
		add(t, b, "m", ElectricEnergy, after(float64(i)*150), si)
		b = restarted(t, b)
	}
	want(t, b.Advance(after(600)), "12:00 electric_energy si=800,u=0,cov=0.75,flags=50i,rev=0i")
}

func TestARolloverLosesNothing(t *testing.T) {
	const width = 65536 * 3.6e6
	b := NewBuilder(BuilderConfig{Site: "s", Registers: map[Series]Register{{"m", ElectricEnergy}: {Step: 3.6e6, Width: width}}})
	for i, kwh := range []float64{65530, 65533, 0, 3} {
		add(t, b, "m", ElectricEnergy, after(float64(i)*200), kwh*3.6e6)
	}
	records := b.Advance(after(600))
	if len(records) != 1 || math.Abs(records[0].SI-9*3.6e6) > records[0].U || records[0].Flags.Has(Suspect) {
		t.Errorf("%+v", records)
	}
	if e := b.Events(); len(e) != 1 || e[0].What != "rollover" || e[0].At != after(400).Unix() {
		t.Errorf("events %v", e)
	}
}

// A 32-bit float in Wh steps by 2 Wh above 16.8 MWh and by 1 kWh above
// 8.6 GWh.
func TestTheStepOfAFloatGrowsWithItsValue(t *testing.T) {
	register := Register{Step: 3600, Significand: 24}
	for wh, want := range map[float64]float64{1: 1.0 / (1 << 23), 16e6: 1, 17e6: 2, 8.7e9: 1024} {
		if got := register.step(wh*3600) / 3600; got != want {
			t.Errorf("at %g Wh: %g Wh, want %g", wh, got, want)
		}
		next := float64(math.Nextafter32(float32(wh), math.MaxFloat32))
		if got := register.step(wh * 3600); next-float64(float32(wh)) != got/3600 {
			t.Errorf("at %g Wh the next number is %g away, not %g", wh, next-float64(float32(wh)), got/3600)
		}
	}
	if got := register.step(0); got > 1e-3 {
		t.Errorf("at 0: %g", got)
	}
}

// A counter whose stated rate is too low is not frozen in silence.
func TestACounterThatIsNeverBelievedIsTold(t *testing.T) {
	b := NewBuilder(BuilderConfig{Site: "s", Registers: map[Series]Register{{"m", ElectricEnergy}: {MaxRate: 1}}})
	for i := range 100 {
		add(t, b, "m", ElectricEnergy, after(float64(i)*10), float64(i)*1000)
	}
	if e := b.Events(); len(e) != 1 || e[0].What != "held" || e[0].At != after(300).Unix() {
		t.Errorf("%+v", e)
	}
}

// What is told of it says only what was stated, in the unit of the counter.
func TestWhatIsHeldIsToldInItsUnit(t *testing.T) {
	for name, c := range map[string]struct {
		kind  Kind
		most  float64
		ends  string
		still bool // after it has counted for a while
	}{
		"a power is stated":       {ElectricEnergy, 1, "or it grows faster than the 1 W that are stated as its most", false},
		"a flow is stated":        {WaterVolume, 1e-9, "or it grows faster than the 1e-09 m3/s that are stated as its most", false},
		"nothing is, of energy":   {ElectricEnergy, 0, "the counter stands still, or it grows far faster than it ever did", true},
		"nothing is, of a volume": {WaterVolume, 0, "the counter stands still, or it grows far faster than it ever did", true},
	} {
		t.Run(name, func(t *testing.T) {
			b := NewBuilder(BuilderConfig{Site: "s", Registers: map[Series]Register{{"m", c.kind}: {MaxRate: c.most}}})
			for i := range 100 {
				si := 1e6 + float64(i)*1000
				if c.still && i > 2 {
					si = 500
				}
				add(t, b, "m", c.kind, after(float64(i)*10), si)
			}
			if e := b.Events(); len(e) == 0 || e[len(e)-1].What != "held" || !strings.HasSuffix(e[len(e)-1].Text, c.ends) {
				t.Errorf("%+v", e)
			}
		})
	}
}
