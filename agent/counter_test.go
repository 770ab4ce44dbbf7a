package agent

import (
	"context"
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"thermie/agent/modbus/modbustest"
	"thermie/configs"
	"thermie/interval"
)

// reading is what a meter's registers show at one poll.
type reading struct{ wh, watts float64 }

// countOn reads an iEM3000 by its template every 10 s, on a real connection,
// and returns the lines that leave the site.
func countOn(t *testing.T, maxKW float64, shown []reading) (records []interval.Record, events []interval.Event) {
	t.Helper()
	b := &modbustest.Bank{}
	cfg := &configs.Agent{
		Site: configs.SiteEntry{ID: "s"}, Interval: configs.Duration(10 * time.Minute), State: t.TempDir(),
		Points: []configs.Point{{ID: "it", MaxKW: maxKW, Point: interval.Point{Role: interval.RoleIT, Class: "iec62053-1"}}},
		Modbus: []configs.Line{{Address: b.Serve(t), Timeout: patient, Period: 10 * second, MaxRequests: 10000,
			Devices: []configs.Device{{Unit: 5, Template: "schneider-iem3000", Point: "it"}}}},
		Stepped: &configs.Stepped{},
	}
	s, err := openSite(cfg, testLog(t))
	if err != nil {
		t.Fatal(err)
	}
	defer s.queue.Close()
	sources, err := openSources(surroundings{t.Context(), cfg, s.templates, testLog(t)})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.listenTo(sources[0]); err != nil {
		t.Fatal(err)
	}
	var lines []byte
	for i, show := range shown {
		b.Set(5, 3059, modbustest.FloatWords(float32(show.watts/1000))...)
		b.Set(5, 3203, words64(int64(math.Round(show.wh)))...)
		at := instant.Add(time.Duration(i) * 10 * time.Second)
		s.add(sources[0].step(context.Background(), at))
		lines, _ = s.tracks.close(lines, at)
	}
	return decodeAll(t, lines)
}

// words64 are the words of an s64, high word first.
func words64(v int64) []uint16 {
	return []uint16{uint16(v >> 48), uint16(v >> 32), uint16(v >> 16), uint16(v)}
}

func decodeAll(t *testing.T, lines []byte) (records []interval.Record, events []interval.Event) {
	t.Helper()
	err := interval.ReadLines(strings.NewReader(string(lines)), func(_ int, b []byte) error {
		var l interval.Line
		err := l.Decode(b, time.Second)
		switch l.Type {
		case interval.RecordLine:
			records = append(records, l.Record)
		case interval.EventLine:
			events = append(events, l.Event)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return records, events
}

// counted adds up what the counter's intervals say, in Wh.
func counted(records []interval.Record) (wh float64) {
	for _, r := range records {
		if r.Kind == interval.ElectricEnergy && !r.Gap() {
			wh += r.SI / 3600
		}
	}
	return wh
}

// steadily shows a load of 36 kW, 100 Wh a poll, from a reading on.
func steadily(from float64, polls int) (shown []reading) {
	for i := range polls {
		shown = append(shown, reading{from + 100*float64(i), 36000})
	}
	return shown
}

// The three ways in which a field tool made 25 567 kWh and 53.7 MWh of
// nothing, and the one in which its remedy froze a meter for ever.
func TestOneBadReadingBecomesNoEnergy(t *testing.T) {
	const total = 25_567_000 // Wh
	with := func(shown []reading, at int, bad ...float64) []reading {
		for i, wh := range bad {
			shown[at+i].wh = wh
		}
		return shown
	}
	for name, c := range map[string]struct {
		shown  []reading
		maxKW  float64
		wh     float64
		events string
	}{
		"nothing is wrong":                        {steadily(total, 121), 0, 12000, ""},
		"zero, then the good value":               {with(steadily(total, 121), 30, 0), 0, 12000, ""},
		"zero for a while":                        {with(steadily(total, 121), 30, 0, 0, 0, 0, 0), 0, 12000, ""},
		"zero at the very start":                  {with(steadily(total, 121), 0, 0), 100, 11900, "reset"},
		"a spike":                                 {with(steadily(total, 121), 30, 53_700_000), 100, 12000, ""},
		"a spike, and nothing of the rate known":  {with(steadily(total, 121), 30, total-5), 0, 12000, ""},
		"a spike upwards, and no bound stated":    {with(steadily(total, 121), 30, 53_700_000), 0, 12000, ""},
		"zero at the very start, without a bound": {with(steadily(total, 121), 0, 0), 0, 11900, "reset"},
		"the meter is exchanged":                  {append(steadily(total, 61), steadily(12, 60)...), 100, 6000 + 5900, "reset"},
		"and the new one has counted more":        {append(steadily(total, 61), steadily(90_000_000, 60)...), 100, 6000 + 5900, "reset"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			records, events := countOn(t, c.maxKW, c.shown)
			if got := counted(records); math.Abs(got-c.wh) > 2 {
				t.Errorf("%.1f Wh, want %.0f", got, c.wh)
			}
			var whats []string
			for _, e := range events {
				whats = append(whats, e.What)
			}
			if strings.Join(whats, " ") != c.events {
				t.Errorf("events %+v, want %s", events, c.events)
			}
		})
	}
}

// Of which counter a wrong reading cannot be told by its size, check says.
func TestCheckNamesTheCountersWithoutABound(t *testing.T) {
	cfg := &configs.Agent{Points: []configs.Point{{ID: "it", MaxKW: 40}, {ID: "total"}}}
	series := []interval.Series{{Meter: "it", Kind: interval.ElectricEnergy}, {Meter: "total", Kind: interval.ElectricPower},
		{Meter: "total", Kind: interval.ElectricEnergy}, {Meter: "total", Kind: interval.WaterVolume}}
	var said strings.Builder
	printUnbounded(&said, unbounded(cfg, series))
	if !strings.Contains(said.String(), "max_kw") || !strings.HasSuffix(said.String(), "\n  total                    electric_energy\n") {
		t.Errorf("%s", said.String())
	}
	if cfg.Site.RatedITKW = 30; len(unbounded(cfg, series)) != 0 {
		t.Error("the rating of the site bounds every counter")
	}
}

// A counter beside a power: the two are compared each day.
func TestADayIsComparedWithItsPower(t *testing.T) {
	electric := interval.Point{Class: "iec62053-1", Role: interval.RoleIT}
	heatMeter := interval.Point{Class: "en1434-2", Role: interval.RoleHeat}
	sized := interval.Point{Class: "en1434-2", Role: interval.RoleHeat, NominalM3H: 40}
	probes := interval.Point{Class: "en1434-3+iec60751-b", Role: interval.RoleHeat}
	for name, c := range map[string]struct {
		point interval.Point
		scale float64 // of the power, against what is counted
		told  bool
	}{
		"they agree":                           {electric, 1, false},
		"within the class":                     {electric, 1.01, false},
		"a transformer's ratio of ten":         {electric, 10, true},
		"Wh taken for kWh":                     {electric, 0.001, true},
		"the counter stands still all day":     {electric, math.Inf(1), true},
		"a tenth is beyond a meter of class 1": {electric, 1.1, true},
		"within what a heat meter may be":      {heatMeter, 1.05, false},
		"a heat meter, kWh taken for MWh":      {heatMeter, 1000, true},
		"a fifth is beyond a heat meter":       {heatMeter, 1.2, true},
		"a tenth is beyond one well sized":     {sized, 1.1, true},
		"plain probes may be a tenth off":      {probes, 1.1, false},
		"and are never a half off":             {probes, 0.5, true},
		"nothing is stated of it":              {interval.Point{Role: interval.RoleHeat}, 1.2, true},
	} {
		t.Run(name, func(t *testing.T) {
			d := newDaily(&configs.Agent{Site: configs.SiteEntry{ID: "s", Site: interval.Site{UTCOffsetMin: 60}},
				Points: []configs.Point{{ID: "it", Point: c.point}}})
			begin := time.Date(2025, 6, 30, 23, 0, 0, 0, time.UTC).Unix() // midnight at the site
			var events []interval.Event
			for i := range 2 * 144 {
				r := interval.Record{Site: "s", Meter: "it", Kind: interval.ElectricEnergy, Start: begin + int64(i)*600, Length: 600, SI: 6000 * 600, Cov: 1}
				power := r
				power.Kind, power.SI = interval.ElectricPower, r.SI*c.scale
				if math.IsInf(c.scale, 1) {
					r.SI, power.SI = 0, r.SI
				}
				for _, one := range []interval.Record{r, power, power} { // a line told twice counts once
					if e, differs := d.take(one); differs {
						events = append(events, e)
					}
				}
			}
			if len(events) != 0 != c.told {
				t.Fatalf("%+v", events)
			}
			if c.told && (events[0].What != "mismatch" || events[0].At != begin+86400 || !strings.Contains(events[0].Text, "2025-07-01")) {
				t.Errorf("%+v", events)
			}
		})
	}
}

// A day of which little is known is not judged.
func TestADayWithHolesIsNotCompared(t *testing.T) {
	d := newDaily(&configs.Agent{})
	for i := range 2 * 144 {
		for side, kind := range []interval.Kind{interval.ThermalEnergy, interval.ThermalPower} {
			r := interval.Record{Meter: "heat", Kind: kind, Start: int64(i) * 600, Length: 600, SI: float64(1 + 9*side), Cov: 1}
			if i%4 == 0 {
				r.Cov = 0.5
			}
			if e, differs := d.take(r); differs {
				t.Fatalf("%+v", e)
			}
		}
	}
}

// What a device says that it has no value for is not the value before.
func TestNotAvailableEndsAValue(t *testing.T) {
	shown := steadily(1000, 121)
	for i := 30; i < 90; i++ {
		shown[i].watts = math.NaN()
	}
	records, _ := countOn(t, 0, shown)
	var coverage []string
	for _, r := range records {
		if r.Kind == interval.ElectricPower {
			coverage = append(coverage, fmt.Sprintf("%.2f", r.Cov))
		}
	}
	if strings.Join(coverage, " ") != "0.50 0.50" {
		t.Errorf("power covers %v", coverage)
	}
	if got := counted(records); math.Abs(got-12000) > 2 {
		t.Errorf("the counter beside it says %.1f Wh", got)
	}
}
