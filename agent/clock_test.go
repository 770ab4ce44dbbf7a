package agent

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"thermie/agent/forward"
	"thermie/agent/queue"
	"thermie/interval"
)

// steppedFor is runFor with a wall clock that is put forward (or back) by so
// much in the middle; own says that the meter stamps its readings by a clock
// of its own.
func steppedFor(t *testing.T, s *site, d, by time.Duration, own bool) {
	t.Helper()
	begun := time.Now()
	s.clock = func() (time.Time, time.Duration) {
		now := time.Now()
		if now.Sub(begun) > d/2 {
			return now.Add(by).Round(0), now.Sub(begun)
		}
		return now.Round(0), now.Sub(begun)
	}
	meteredFor(t, s, d, func(now time.Time) time.Time {
		if !own {
			now, _ = s.clock()
		}
		return now
	})
}

// meteredFor runs a site for d while its meter, 1 kW, is read every 10 s;
// stamp gives a reading its time.
func meteredFor(t *testing.T, s *site, d time.Duration, stamp func(now time.Time) time.Time) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), d)
	defer cancel()
	box := inbox{watch: newStepWatch(s.clock)}
	go func() {
		for ticker := time.NewTicker(10 * time.Second); ctx.Err() == nil; {
			select {
			case <-ctx.Done():
			case now := <-ticker.C:
				at, counter := stamp(now), 1000*now.Sub(year2000).Seconds() // J
				box.put([]interval.Reading{{Meter: "it", Kind: interval.ElectricEnergy, At: at, SI: counter}, {Meter: "it", Kind: interval.ElectricPower, At: at, SI: 1000}})
			}
		}
	}()
	if err := s.build(ctx, &box); err != nil {
		t.Fatal(err)
	}
}

// A clock that is put forward or back between two readings makes no energy,
// and costs no more than the intervals that had been named before. The step is
// told once, and the intervals that it touched are marked.
func TestASteppedClockMakesNoEnergy(t *testing.T) {
	const whole = 62 * 60 * 1000. // J in 62 minutes at 1 kW
	for _, by := range []time.Duration{
		3 * time.Second, time.Minute, time.Hour, 30 * 24 * time.Hour, -3 * time.Second, -time.Minute, -7 * time.Minute,
	} {
		for _, own := range []bool{false, true} {
			synctest.Test(t, func(t *testing.T) {
				s := liveSite(t, t.TempDir())
				defer s.queue.Close()
				steppedFor(t, s, 62*time.Minute, by, own)
				lines := queuedLines(t, s.queue)
				sums, marked := map[interval.Kind]float64{}, 0
				for _, r := range interval.Merge(recordsOf(lines)) {
					if !r.Gap() {
						sums[r.Kind] += r.SI
					}
					if r.Flags.Has(interval.ClockStep) {
						marked++
					}
				}
				least := whole * 0.83 // the last interval is still open
				if by < 0 {
					least += 1000 * (by.Seconds() - 600)
				}
				for kind, sum := range sums {
					if sum > whole || sum < least {
						t.Errorf("a step of %v, own stamps %v: %s of %.4g J, not %.4g to %.4g", by, own, kind, sum, least, whole)
					}
				}
				if steps := clockEvents(lines); len(steps) != 1 || marked == 0 && !(own && by > 0) {
					t.Errorf("a step of %v, own stamps %v: told %q, %d intervals marked", by, own, steps, marked)
				}
			})
		}
	}
}

// clockEvents are the texts of what was told of the clock.
func clockEvents(lines []interval.Line) (texts []string) {
	for _, l := range lines {
		if l.Type == interval.EventLine && l.Event.What == "clock" {
			texts = append(texts, l.Event.Text)
		}
	}
	return texts
}

// An agent that comes back to find the clock behind its baselines says so.
func TestARestartFindsTheClockPutBack(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		dir := t.TempDir()
		s := liveSite(t, dir)
		runFor(t, s, 35*time.Minute, always)
		s.queue.Close()
		s = liveSiteBy(t, dir, func() (time.Time, time.Duration) {
			return time.Now().Add(-5 * time.Minute).Round(0), time.Since(year2000)
		})
		defer s.queue.Close()
		if told := clockEvents(queuedLines(t, s.queue)); len(told) != 1 || !strings.Contains(told[0], "back by 5m0s") {
			t.Errorf("events %q", told)
		}
	})
}

// The collector's clock decides; without its word the system's does; and what
// was compared before a step is worth nothing.
func TestWhatTheClockIsWorth(t *testing.T) {
	says := unsynced
	c := &trust{bound: 5 * time.Second, kernel: func() syncState { return says }}
	off := func(d time.Duration) forward.ClockOffset {
		return forward.ClockOffset{Offset: d, Within: 600 * time.Millisecond, At: time.Now()}
	}
	for i, want := range []struct {
		offset forward.ClockOffset
		kernel syncState
		fault  string
		known  bool
	}{
		{forward.ClockOffset{}, unsynced, "not synchronised", true},
		{off(2 * time.Second), unsynced, "", true},
		{off(5500 * time.Millisecond), synced, "", true}, // within what Date tells
		{off(-7 * time.Second), synced, "7.0 s (±0.6 s) ahead of the collector's, more than 5s", true},
		{forward.ClockOffset{}, syncUnknown, "", false},
		{forward.ClockOffset{}, synced, "", true},
	} {
		says = want.kernel
		r := c.judge(want.offset)
		if (want.fault == "") != (r.fault == "") || !strings.Contains(r.fault, want.fault) || r.known != want.known {
			t.Errorf("case %d: %+v", i, r)
		}
	}
	before := off(time.Hour)
	c.stepped(step{year2000, year2000.Add(time.Hour)})
	if r := c.judge(before); r.fault != "" || r.offset != (forward.ClockOffset{}) {
		t.Errorf("an offset from before the step is believed: %+v", r)
	}
}

// While the collector's clock is an hour ahead, intervals are marked, the
// page and the metrics say so, and /healthz stays 200 with a word on it.
func TestAWrongClockIsMarkedAndShown(t *testing.T) {
	collector := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Date", time.Now().Add(time.Hour).UTC().Format(http.TimeFormat))
		w.WriteHeader(http.StatusNoContent)
	}))
	defer collector.Close()
	s := liveSite(t, t.TempDir())
	defer s.queue.Close()
	s.cfg.Collector.URL = collector.URL
	s.forwarder = forward.New(s.queue, s.cfg.Collector, forward.Options{Log: s.log})
	if err := s.forwarder.Drain(t.Context()); err != nil { // the cards
		t.Fatal(err)
	}
	at := time.Now().Truncate(10 * time.Minute)
	for i := range 61 {
		s.add([]interval.Reading{{Meter: "it", Kind: interval.ElectricPower, At: at.Add(time.Duration(i) * 10 * time.Second), SI: 1000}})
		s.markClock(s.clockReport(), at.Add(time.Duration(i)*10*time.Second))
	}
	if err := s.close(at.Add(11 * time.Minute)); err != nil {
		t.Fatal(err)
	}
	lines := queuedLines(t, s.queue)
	records := recordsOf(lines)
	if len(records) != 1 || !records[0].Flags.Has(interval.Unsynced) || records[0].SI != 6e5 {
		t.Errorf("records %+v", records)
	}
	page := s.newStatusPage(nil)
	for path, want := range map[string]string{
		"/":        "behind the collector&#39;s, more than 5s; intervals are marked",
		"/metrics": "thermie_agent_clock_right 0\n",
		"/healthz": "ok\nthe clock is 3",
	} {
		answer := httptest.NewRecorder()
		request := httptest.NewRequest("GET", "http://127.0.0.1"+path, nil)
		page.handler("tcp").ServeHTTP(answer, request)
		if answer.Code != http.StatusOK || !strings.Contains(answer.Body.String(), want) {
			t.Errorf("%s: %d\n%s", path, answer.Code, answer.Body)
		}
	}
	if told := clockEvents(lines); len(told) != 1 || !strings.Contains(told[0], "behind the collector's") {
		t.Errorf("told %q", told)
	}
}

// queuedLines takes the lines that wait in the queue, decoded.
func queuedLines(t *testing.T, q *queue.Queue) (lines []interval.Line) {
	t.Helper()
	for q.Len() > 0 {
		batch, err := q.Next(1 << 20)
		if err != nil {
			t.Fatal(err)
		}
		for _, line := range batch.Lines {
			var l interval.Line
			if err := l.Decode(line, time.Second); err != nil {
				t.Fatal(err)
			}
			lines = append(lines, l)
		}
		if err := q.Ack(batch); err != nil {
			t.Fatal(err)
		}
	}
	return lines
}

func recordsOf(lines []interval.Line) (records []interval.Record) {
	for _, l := range lines {
		if l.Type == interval.RecordLine {
			records = append(records, l.Record)
		}
	}
	return records
}
