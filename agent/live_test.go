package agent

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"thermie/agent/forward"
	"thermie/agent/queue"
	"thermie/configs"
	"thermie/interval"
)

// liveSite is a site with a counter and a power at the point "it", whose
// readings a test puts into the box.
func liveSite(t *testing.T, dir string) *site {
	t.Helper()
	return liveSiteBy(t, dir, systemClock())
}

// liveSiteBy is liveSite by another clock than this machine's, of which the
// system has nothing to say.
func liveSiteBy(t *testing.T, dir string, c timekeeper) *site {
	t.Helper()
	s, err := openSite(&configs.Agent{Site: configs.SiteEntry{ID: "lyon-1"}, Interval: configs.Duration(10 * time.Minute), State: dir,
		Collector: configs.Upstream{MaxClockOffset: configs.Duration(5 * time.Second)},
		Points:    []configs.Point{{ID: "it", Point: interval.Point{Role: interval.RoleIT}}}}, testLog(t))
	if err != nil {
		t.Fatal(err)
	}
	s.clock, s.trust.kernel = c, func() syncState { return syncUnknown }
	s.forwarder = forward.New(s.queue, s.cfg.Collector, forward.Options{Log: s.log})
	for _, kind := range []interval.Kind{interval.ElectricEnergy, interval.ElectricPower} {
		if err := s.tracks.open(channel{Series: interval.Series{Meter: "it", Kind: kind}}, interval.BuilderConfig{
			Site: "lyon-1", Length: 10 * time.Minute, MaxHold: 30 * time.Second, Flags: s.flags("it").With(interval.Live)}); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.resume(); err != nil {
		t.Fatal(err)
	}
	return s
}

// runFor builds intervals for d of fake time while the meter is read every
// 10 s, power 1 kW and the counter to match; alive says whether it answers.
func runFor(t *testing.T, s *site, d time.Duration, alive func(time.Time) bool) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), d)
	defer cancel()
	var box inbox
	go func() {
		for ticker := time.NewTicker(10 * time.Second); ctx.Err() == nil; {
			select {
			case <-ctx.Done():
			case at := <-ticker.C:
				if alive(at) {
					counter := 1000 * at.Sub(year2000).Seconds() // J
					box.put([]interval.Reading{{Meter: "it", Kind: interval.ElectricEnergy, At: at, SI: counter}, {Meter: "it", Kind: interval.ElectricPower, At: at, SI: 1000}})
				}
			}
		}
	}()
	if err := s.build(ctx, &box); err != nil {
		t.Fatal(err)
	}
}

// year2000 is when time begins in a bubble.
var year2000 = time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)

// queued takes the records that wait in the queue.
func queued(t *testing.T, q *queue.Queue) []interval.Record {
	t.Helper()
	return recordsOf(queuedLines(t, q))
}

func always(time.Time) bool { return true }

func TestLiveReadingsBecomeWholeIntervalsOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := liveSite(t, t.TempDir())
		defer s.queue.Close()
		runFor(t, s, time.Hour+time.Minute, always)
		records := queued(t, s.queue)
		if len(records) != 2*6 {
			t.Errorf("%d records in an hour of two series", len(records))
		}
		for _, r := range records {
			first := r.Start == year2000.Unix() // begins with the first reading, 10 s late
			if r.Rev != 0 || r.Cov < 0.98 || !first && r.Cov != 1 || r.Flags.Origin() != interval.Live {
				t.Errorf("%+v", r)
			}
		}
	})
}

// While the meter is silent its intervals are gaps of power, told in time;
// the counter knows afterwards what was counted meanwhile.
func TestASilentMeterIsAGapOfPowerAndNoneOfEnergy(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := liveSite(t, t.TempDir())
		defer s.queue.Close()
		runFor(t, s, 2*time.Hour+time.Minute, func(at time.Time) bool {
			since := at.Sub(year2000)
			return since < 30*time.Minute || since > 90*time.Minute
		})
		gaps := 0
		var energy, power float64
		for _, r := range interval.Merge(queued(t, s.queue)) {
			switch {
			case r.Kind == interval.ElectricPower && r.Gap():
				gaps++
			case r.Kind == interval.ElectricPower:
				power += r.SI
			case !r.Gap():
				energy += r.SI
			}
		}
		if gaps != 6 && gaps != 5 {
			t.Errorf("%d gaps in an hour of silence", gaps)
		}
		if energy < 7.15e6 || energy > 7.2e6 || power > 3.7e6 {
			t.Errorf("counter %g J, power %g J", energy, power)
		}
	})
}

// An agent that is stopped and started goes on from where it was; the
// counter's energy of the time between is not lost.
func TestARestartedAgentGoesOnFromItsBaselines(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		dir := t.TempDir()
		var records []interval.Record
		for range 3 {
			s := liveSite(t, dir)
			runFor(t, s, 35*time.Minute, always)
			records = append(records, queued(t, s.queue)...)
			s.queue.Close()
			time.Sleep(3 * time.Minute)
		}
		var energy float64
		var clock int
		for _, r := range interval.Merge(records) {
			if r.Kind == interval.ElectricEnergy && !r.Gap() {
				energy += r.SI
			}
			if r.Flags.Has(interval.ClockStep) {
				clock++
			}
		}
		if energy < 6.55e6 || energy > 6.7e6 || clock != 0 {
			t.Errorf("%g J in 110 min at 1 kW, %d clock steps", energy, clock)
		}
	})
}

func TestTwoAgentsDoNotShareAFolder(t *testing.T) {
	dir := t.TempDir()
	s := liveSite(t, dir)
	defer s.queue.Close()
	cfg := *s.cfg
	if err := Run(t.Context(), &cfg, testLog(t)); err == nil {
		t.Error("a second agent started on the folder of the first")
	}
}
