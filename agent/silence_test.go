package agent

import (
	"fmt"
	"math"
	"testing"
	"time"

	"thermie/agent/queue"
	"thermie/configs"
	"thermie/interval"
)

// An agent that was away for half a year tells of every hour of it, with the
// energy that the counters counted, and holds but a few of these lines at a
// time: the unit that it runs in bounds its memory.
func TestHalfAYearAwayIsToldLittleByLittle(t *testing.T) {
	const points, hours = 10, 180 * 24
	s, err := openSite(&configs.Agent{Site: configs.SiteEntry{ID: "hall"}, Interval: configs.Duration(time.Hour),
		State: t.TempDir(), Queue: configs.Queue{MB: 100}}, testLog(t))
	if err != nil {
		t.Fatal(err)
	}
	defer s.queue.Close()
	read := func(at time.Time, kwh float64) {
		for _, one := range s.tracks.all {
			s.add([]interval.Reading{{Meter: one.series.Meter, Kind: one.series.Kind, At: at, SI: kwh * 3.6e6}})
		}
		if err := s.close(at); err != nil {
			t.Fatal(err)
		}
	}
	for i := range points {
		for _, kind := range []interval.Kind{interval.ElectricEnergy, interval.ElectricPower} {
			c := channel{Series: interval.Series{Meter: fmt.Sprintf("m%d", i), Kind: kind}}
			if err := s.tracks.open(c, interval.BuilderConfig{Site: "hall", Length: time.Hour}); err != nil {
				t.Fatal(err)
			}
		}
	}
	most, spill := 0, s.tracks.spill
	s.tracks.spill = func(lines []byte) []byte {
		most = max(most, len(lines))
		return spill(lines)
	}
	read(instant, 1000)
	read(instant.Add(hours*time.Hour), 1000+hours)
	if oneSeries := hours * 140; most == 0 || most > chunk+oneSeries {
		t.Errorf("%d bytes of lines were held at once", most)
	}
	energy, lines := counterEnergy(t, s.queue)
	if want := float64(points * hours * 3.6e6); math.Abs(energy-want) > 1 || lines < 2*points*hours {
		t.Errorf("%d lines with %g J, want %g J", lines, energy, want)
	}
}

// counterEnergy sums up the counters' energy of the lines that wait in a queue.
func counterEnergy(t *testing.T, q *queue.Queue) (energy float64, lines int) {
	t.Helper()
	for {
		b, err := q.Next(1 << 20)
		if err != nil {
			t.Fatal(err)
		}
		if len(b.Lines) == 0 {
			return energy, lines
		}
		for _, line := range b.Lines {
			var l interval.Line
			if err := l.Decode(line, time.Second); err != nil {
				t.Fatal(err)
			}
			if l.Record.Kind == interval.ElectricEnergy && !l.Record.Gap() {
				energy += l.Record.SI
			}
		}
		lines += len(b.Lines)
		if err := q.Ack(b); err != nil {
			t.Fatal(err)
		}
	}
}
