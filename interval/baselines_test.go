package interval

import (
	"encoding/json"
	"slices"
	"testing"
	"time"
)

// restarted is b after a kill, with its state from disk.
func restarted(t testing.TB, b *Builder) *Builder {
	t.Helper()
	raw, err := json.Marshal(b.Snapshot())
	if err != nil {
		t.Fatal(err)
	}
	var from Baselines
	if err := json.Unmarshal(raw, &from); err != nil {
		t.Fatal(err)
	}
	again := NewBuilder(b.cfg)
	if err := again.Restore(from); err != nil {
		t.Fatal(err)
	}
	return again
}

// TestKillAnywhere kills the builder after every reading of the measured
// day, with what the last Advance that closed something had stored, and
// replays from the end of the last closed interval on: the records are the
// same, and none is told twice.
func TestKillAnywhere(t *testing.T) {
	rows := measuredDay(t)[:80]
	give := func(b *Builder, r row, i int) {
		for _, reading := range []Reading{
			{"it", ElectricPower, r.at, r.it},
			{"it", ElectricEnergy, r.at, float64(i) * 7e6},
			{"room", AirTemperature, r.at, r.indoorKelvin},
		} {
			// A replay meets readings that are in the baselines already.
			_ = b.Add(reading)
		}
	}
	whole := newBuilder()
	var wanted []Record
	for i, r := range rows {
		give(whole, r, i)
		wanted = append(wanted, whole.Advance(r.at)...)
	}
	for killed := range rows {
		b := newBuilder()
		stored := b.Snapshot()
		var got []Record
		resume := 0
		for i, r := range rows[:killed] {
			give(b, r, i)
			if closed := b.Advance(r.at); len(closed) > 0 {
				got = append(got, closed...)
				stored = b.Snapshot()
				for resume < len(rows) && rows[resume].at.Unix() < closed[len(closed)-1].End() {
					resume++
				}
			}
		}
		b = newBuilder()
		if err := b.Restore(stored); err != nil {
			t.Fatal(err)
		}
		for i, r := range rows[resume:] {
			give(b, r, resume+i)
			got = append(got, b.Advance(r.at)...)
		}
		if !slices.EqualFunc(got, wanted, Record.Same) {
			t.Fatalf("killed after %d readings: got\n%swant\n%s", killed, lines(got), lines(wanted))
		}
	}
}

func TestRestoreRefusesWhatIsNotItsOwn(t *testing.T) {
	good := func() Baselines {
		b := newBuilder()
		tell(t, b, ElectricEnergy, [2]float64{0, 0}, [2]float64{700, 7000})
		return b.Snapshot()
	}
	for name, spoil := range map[string]func(*Baselines){
		"another site":     func(s *Baselines) { s.Site = "other" },
		"no length":        func(s *Baselines) { s.Length = 0 },
		"unknown kind":     func(s *Baselines) { s.Series[0].Kind = "noise" },
		"no id":            func(s *Baselines) { s.Series[0].Meter = "" },
		"too much seen":    func(s *Baselines) { s.Series[0].Open.Seen = 601e9 },
		"off the grid":     func(s *Baselines) { s.Series[0].Open.Start++ },
		"a broken line":    func(s *Baselines) { s.Closed[0] = s.Closed[0][:40] },
		"a line of a card": func(s *Baselines) { s.Closed[0] = `card,site=s,meter=m json="{}",rev=0i 1` },
	} {
		from, b := good(), newBuilder()
		spoil(&from)
		if err := b.Restore(from); err == nil {
			t.Errorf("%s: accepted", name)
		}
		tell(t, b, ElectricEnergy, [2]float64{0, 0}, [2]float64{600, 6000})
		want(t, b.Advance(after(600)), "12:00 electric_energy si=6000,u=0,cov=1,flags=2i,rev=0i")
	}
}

func TestAnotherLengthBeginsAfterTheOpenInterval(t *testing.T) {
	b := newBuilder()
	tell(t, b, ElectricEnergy, [2]float64{0, 0}, [2]float64{750, 7500})
	b.Advance(after(750))
	from := b.Snapshot()
	b.cfg.Length = 15 * time.Minute
	b = NewBuilder(b.cfg)
	if err := b.Restore(from); err != nil {
		t.Fatal(err)
	}
	tell(t, b, ElectricEnergy, [2]float64{1700, 17000}, [2]float64{2000, 20000}, [2]float64{2700, 27000})
	got := b.Advance(after(2700))
	if len(got) != 2 || got[0].End() > got[1].Start || got[1].Length != 900 || got[0].SI+got[1].SI != 27000-6000 {
		t.Errorf("got\n%s", lines(got))
	}
}
