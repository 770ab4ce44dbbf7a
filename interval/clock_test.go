package interval

import (
	"testing"
	"time"
)

// The clock is put forward by an hour between two readings of one minute:
// the hour is neither 3.6 MJ at 1 kW nor a gap of the counter.
func TestTheClockGoesForward(t *testing.T) {
	b := newBuilder()
	for s := 0.; s <= 300; s += 60 {
		add(t, b, "m", ElectricEnergy, after(s), 1000*s)
		add(t, b, "m", ElectricPower, after(s), 1000)
	}
	b.Step(after(330), after(330+3600))
	for s := 360.; s <= 900; s += 60 {
		add(t, b, "m", ElectricEnergy, after(s+3600), 1000*s)
		add(t, b, "m", ElectricPower, after(s+3600), 1000)
	}
	want(t, b.Advance(after(900+3600)),
		"12:00 electric_energy si=300000,u=0,cov=0.5,flags=10i,rev=0i",
		"13:00 electric_energy si=300000,u=0,cov=0.5,flags=10i,rev=0i",
		"12:00 electric_power si=300000,u=0,cov=0.5,flags=10i,rev=0i",
		"13:00 electric_power si=300000,u=0,cov=0.5,flags=10i,rev=0i")
}

// A clock that starts in 1970, as one without a battery does, and is then
// put right costs no energy either.
func TestAClockIsPutRightByHalfACentury(t *testing.T) {
	b := newBuilder()
	begun := time.Unix(100, 0)
	for s := range 3 {
		add(t, b, "m", ElectricEnergy, begun.Add(time.Duration(s)*time.Minute), 1000*60*float64(s))
	}
	b.Step(begun.Add(130*time.Second), after(130))
	add(t, b, "m", ElectricEnergy, after(180), 1000*180)
	var sum float64
	for _, r := range b.Advance(after(600)) {
		if sum += r.SI; !r.Flags.Has(ClockStep) {
			t.Errorf("%+v is not marked", r)
		}
	}
	if sum != 1000*180 {
		t.Errorf("%g J in three minutes at 1 kW", sum)
	}
}

func TestIntervalsAreMarkedWhileTheClockIsInDoubt(t *testing.T) {
	b := newBuilder()
	tell(t, b, ElectricPower, [2]float64{0, 5}, [2]float64{300, 5})
	b.Doubt(Unsynced)
	tell(t, b, ElectricPower, [2]float64{599, 5})
	b.Trust(after(600))
	tell(t, b, ElectricPower, [2]float64{610, 5}, [2]float64{1200, 5})
	want(t, b.Advance(after(1200)),
		"12:00 electric_power si=3000,u=0,cov=1,flags=130i,rev=0i",
		"12:10 electric_power si=3000,u=0,cov=1,flags=2i,rev=0i")
}
