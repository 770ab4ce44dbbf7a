package feeds

import (
	"context"
	"fmt"
	"log/slog"
	"math"
	"strings"
	"testing"
	"time"

	"thermie/collector/store"
	"thermie/configs"
	"thermie/interval"
)

// midnight is when these stories begin.
var midnight = time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC)

const hallFeed = `
feeds:
  - site: hall
    points:
      - {id: it, name: IT, role: it, max_kw: 400}
      - {id: room, name: Room, role: climate}
    values:
      - {measurement: modbus, tags: {name: ups}, field: energy, point: it, kind: electric_energy, unit: kWh, scale: 0.1}
      - {measurement: modbus, tags: {name: ups}, field: power, point: it, kind: electric_power, unit: kW}
      - {measurement: mqtt_consumer, tags: {topic: hall/room}, field: value, point: room, kind: air_temperature, unit: °C}
`

// hall is a feed over a real store, with a folder that outlives it.
type hall struct {
	*Feeds
	t    *testing.T
	text string
	data string
	kept *store.Embedded
	now  time.Time
}

func newHall(t *testing.T, text string) *hall {
	t.Helper()
	h := &hall{t: t, text: text, data: t.TempDir(), now: midnight}
	var err error
	if h.kept, err = store.OpenEmbedded(t.TempDir()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { h.kept.Close() })
	h.open(h.kept)
	return h
}

// open takes the feeds up from the folder.
func (h *hall) open(to store.Store) {
	h.t.Helper()
	cfg, err := configs.DecodeCollector("collector.yaml", []byte(h.text))
	if err != nil {
		h.t.Fatal(err)
	}
	cfg.Data = h.data
	if h.Feeds, err = Open(cfg, to, slog.New(slog.DiscardHandler)); err != nil {
		h.t.Fatal(err)
	}
}

// kill leaves the feeds as a killed process would: nothing is written.
func (h *hall) kill() {
	h.Of("hall").log.close()
}

// send writes a body, and returns what was refused.
func (h *hall) send(body string) string {
	h.t.Helper()
	refused, err := h.try(body)
	if err != nil {
		h.t.Fatal(err)
	}
	return refused
}

func (h *hall) try(body string) (string, error) {
	in := h.Of("hall").Begin(h.now)
	var said []string
	for n, line := range strings.Split(strings.TrimSpace(body), "\n") {
		if err := in.Line(n+1, []byte(line), time.Second); err != nil {
			said = append(said, fmt.Sprintf("line %d: %v", n+1, err))
		}
	}
	refused, err := in.Commit(context.Background())
	for _, one := range refused {
		said = append(said, fmt.Sprintf("line %d: %v", one.Line, one.Err))
	}
	return strings.Join(said, "\n"), err
}

// pass lets the clock go on and closes what has fallen silent.
func (h *hall) pass(d time.Duration) {
	h.t.Helper()
	h.now = h.now.Add(d)
	if err := h.Of("hall").CloseBy(context.Background(), h.now); err != nil {
		h.t.Fatal(err)
	}
}

// records returns what the store has of a kind.
func (h *hall) records(kind interval.Kind) (found []interval.Record) {
	h.t.Helper()
	all, err := h.kept.Records(context.Background(), "hall", time.Unix(0, 0), midnight.AddDate(50, 0, 0))
	if err != nil {
		h.t.Fatal(err)
	}
	for _, r := range all {
		if r.Kind == kind {
			found = append(found, r)
		}
	}
	return found
}

// energy returns the kWh and the coverage in hours of a kind.
func (h *hall) energy(kind interval.Kind) (kwh, hours float64) {
	for _, r := range h.records(kind) {
		if !r.Gap() {
			kwh += r.SI / 3.6e6
		}
		hours += r.Cov * float64(r.Length) / 3600
	}
	return kwh, hours
}

func (h *hall) wants(kind interval.Kind, kwh, hours float64) {
	h.t.Helper()
	if gotKWh, gotHours := h.energy(kind); math.Abs(gotKWh-kwh) > 1e-6*kwh+1e-9 || math.Abs(gotHours-hours) > 1e-3 {
		h.t.Errorf("%s: %.6f kWh in %.4f h, want %g in %g", kind, gotKWh, gotHours, kwh, hours)
	}
}

// ups is what Telegraf says of a UPS with a load of 60 kW.
func ups(from, to time.Duration) string {
	var b strings.Builder
	for at := from; at <= to; at += time.Minute {
		fmt.Fprintf(&b, "modbus,host=gw,name=ups,slave_id=1 energy=%di,power=60 %d\n", 5000+int(at/time.Minute)*10, midnight.Add(at).Unix())
	}
	return b.String()
}

func TestAFeedMakesWhatAnAgentMakes(t *testing.T) {
	h := newHall(t, hallFeed)
	h.now = midnight.Add(time.Hour)
	if said := h.send(ups(0, time.Hour)); said != "" {
		t.Fatal(said)
	}
	h.pass(2 * time.Minute)
	h.wants(interval.ElectricEnergy, 60, 1)
	h.wants(interval.ElectricPower, 60, 1)
	if r := h.records(interval.ElectricEnergy)[0]; r.Meter != "it" || r.Flags != interval.Flags(interval.Live) || r.Length != 600 || r.Rev != 0 {
		t.Errorf("%+v", r)
	}
	cards, err := h.kept.Cards(context.Background(), "hall")
	if err != nil || len(cards) != 2 || cards[0].Point.Role != interval.RoleIT || cards[0].ValidFrom != 0 || cards[0].Point.Data != interval.MeasuredData {
		t.Errorf("%+v, %v", cards, err)
	}
}

func TestAPointIsTakenWholeOrRefusedWithItsLine(t *testing.T) {
	for name, c := range map[string]struct{ lines, say string }{
		"a field in no mapping":       {"modbus,name=ups energy=1,amps=3 1735689600", "line 1: field amps of modbus,name=ups is in no mapping of this site's feed"},
		"another device":              {"modbus,name=pdu energy=1 1735689600", "line 1: field energy of modbus,name=pdu is in no mapping"},
		"without the tag":             {"modbus energy=1 1735689600", "is in no mapping"},
		"a text for a number":         {`modbus,name=ups energy="much" 1735689600`, "line 1: field energy of modbus,name=ups is a text, and mapped to electric_energy"},
		"a truth for a number":        {"modbus,name=ups energy=true 1735689600", "is a truth value"},
		"beyond what meters show":     {"modbus,name=ups energy=1e300 1735689600", "no meter shows"},
		"in 1970":                     {"modbus,name=ups energy=1 1735689", "line 1: time 1970-01-21T02:08:09Z is before 1990 (hint: check precision and clock)"},
		"milliseconds for seconds":    {"modbus,name=ups energy=1 1735689600000", "is more than 10m0s ahead (hint: check precision and clock)"},
		"nanoseconds for seconds":     {"modbus,name=ups energy=1 1735689600000000000", "ahead"},
		"an hour ahead":               {"modbus,name=ups energy=1 1735693200", "is more than 10m0s ahead"},
		"malformed":                   {"modbus,name=ups energy 1735689600", `line 1: column 23: want = after "energy"`},
		"two values at one instant":   {"modbus,name=ups energy=1 1735689600\nmodbus,name=ups energy=2 1735689600", "line 2: electric_energy of it has another value at 2025-01-01T00:00:00Z already"},
		"one bad value spoils a line": {"modbus,name=ups power=1 1735689600\nmodbus,name=ups energy=5,power=2 1735689600\nmodbus,name=ups energy=5 1735689600", "line 2: electric_power of it has another value"},
	} {
		t.Run(name, func(t *testing.T) {
			h := newHall(t, hallFeed)
			if said := h.send(c.lines); !strings.Contains(said, c.say) || strings.Count(said, "line ") != 1 {
				t.Errorf("%q, want %q", said, c.say)
			}
		})
	}
}

func TestWhatIsInNoMappingIsCountedWhereThatIsWanted(t *testing.T) {
	h := newHall(t, strings.Replace(hallFeed, "site: hall", "site: hall\n    unmapped: count", 1))
	if said := h.send("modbus,name=ups energy=1,amps=3 1735689600\ncpu usage=3 1735689600"); said != "" {
		t.Fatal(said)
	}
	c := &h.Of("hall").Counts
	if c.Readings.Load() != 1 || c.Unmapped.Load() != 2 {
		t.Errorf("%d readings, %d unmapped", c.Readings.Load(), c.Unmapped.Load())
	}
}

// A sender that had no answer sends again, all of it or from the middle.
func TestSentTwiceCountsOnce(t *testing.T) {
	h := newHall(t, hallFeed)
	h.now = midnight.Add(time.Hour)
	for _, body := range []string{ups(0, 40*time.Minute), ups(0, 40*time.Minute), ups(20*time.Minute, time.Hour), ups(0, time.Hour)} {
		if said := h.send(body); said != "" {
			t.Fatal(said)
		}
	}
	h.pass(2 * time.Minute)
	h.wants(interval.ElectricEnergy, 60, 1)
	h.wants(interval.ElectricPower, 60, 1)
	if c := &h.Of("hall").Counts; c.Readings.Load() != 122 || c.Late.Load() != 0 {
		t.Errorf("%d readings, %d late", c.Readings.Load(), c.Late.Load())
	}
}

// Within a minute, order does not matter; what is later than that is
// refused, counted, and harms nothing.
func TestLateAndOutOfOrder(t *testing.T) {
	h := newHall(t, hallFeed)
	h.now = midnight.Add(time.Hour)
	lines := strings.Split(strings.TrimSpace(ups(0, time.Hour)), "\n")
	for i := 1; i+1 < len(lines); i += 2 {
		lines[i], lines[i+1] = lines[i+1], lines[i]
	}
	late := lines[30]
	lines = append(lines[:30], append(lines[31:], late)...)
	said := h.send(strings.Join(lines, "\n"))
	if said != "" { // sent at once, everything is sorted
		t.Fatal(said)
	}
	said = h.send(fmt.Sprintf("modbus,name=ups power=100 %d", midnight.Add(90*time.Second).Unix()))
	if !strings.Contains(said, "line 1: electric_power of it at 2025-01-01T00:01:30Z comes too late: readings up to 2025-01-01T00:59:00Z are counted") {
		t.Error(said)
	}
	h.pass(2 * time.Minute)
	h.wants(interval.ElectricEnergy, 60, 1)
	h.wants(interval.ElectricPower, 60, 1)
	if n := h.Of("hall").Counts.Late.Load(); n != 1 {
		t.Errorf("%d late", n)
	}
}

// The clock tells of silence: the value stands for the hold, then there is a
// gap. When the counter comes back, its energy does too.
func TestSilenceIsAGapAndACounterCatchesUp(t *testing.T) {
	h := newHall(t, hallFeed)
	h.send(ups(0, 10*time.Minute))
	for range 8 {
		h.pass(10 * time.Minute)
	}
	h.wants(interval.ElectricPower, 10, 10./60)
	if gaps := h.records(interval.ElectricPower); len(gaps) < 5 || !gaps[4].Gap() {
		t.Errorf("%d intervals: %+v", len(gaps), gaps)
	}
	h.now = h.now.Add(20 * time.Minute)
	if said := h.send(ups(80*time.Minute, 100*time.Minute)); said != "" {
		t.Fatal(said)
	}
	h.pass(5 * time.Minute)
	h.wants(interval.ElectricEnergy, 100, 100./60)
}

// A year of history does not make a year of gaps up to today.
func TestHistoryIsNotFollowedByGaps(t *testing.T) {
	h := newHall(t, hallFeed)
	h.now = midnight.AddDate(1, 0, 0)
	h.send(ups(0, time.Hour))
	h.pass(time.Minute)
	h.pass(time.Hour)
	if n := len(h.records(interval.ElectricEnergy)); n != 6 {
		t.Errorf("%d intervals", n)
	}
	h.wants(interval.ElectricEnergy, 60, 1)
}
