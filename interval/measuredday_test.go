package interval

import (
	"encoding/csv"
	"math"
	"os"
	"strconv"
	"testing"
	"time"
)

// The measured day by the rule that fixes its number: each row holds until
// the next, the last one contributes nothing. The figures are those of the
// heat model's reference, in kWh.
const (
	measuredIT    = 595.8663
	measuredTotal = 658.9959
)

// row is one row of the measured day.
type row struct {
	at           time.Time
	it, total    float64 // W
	indoorKelvin float64
}

func measuredDay(t testing.TB) (rows []row) {
	t.Helper()
	f, err := os.Open("testdata/measured_micro_dc_24h_5min.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	cells, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	column := map[string]int{}
	for i, name := range cells[0] {
		column[name] = i
	}
	day := time.Date(2025, 6, 30, 23, 0, 0, 0, time.UTC)
	for _, line := range cells[1:] {
		value := func(name string) float64 {
			v, err := strconv.ParseFloat(line[column[name]], 64)
			if err != nil {
				t.Fatal(err)
			}
			return v
		}
		r := row{at: day.Add(time.Duration(math.Round(value("time_day_fraction")*86400e3)) * time.Millisecond)}
		r.it = value("cluster_kw") * 1e3
		r.total = r.it
		for _, name := range []string{"l1_kw", "l2_kw", "l3_kw", "fan1_kw", "fan2_kw", "fan3_kw"} {
			r.total += value(name) * 1e3
		}
		r.indoorKelvin = value("t_in_c") + zeroCelsius
		rows = append(rows, r)
	}
	return rows
}

func TestMeasuredDayFromPower(t *testing.T) {
	b := NewBuilder(BuilderConfig{Site: "micro", Flags: Flags(Live)})
	var all []Record
	for _, r := range measuredDay(t) {
		add(t, b, "it", ElectricPower, r.at, r.it)
		add(t, b, "total", ElectricPower, r.at, r.total)
		add(t, b, "room", AirTemperature, r.at, r.indoorKelvin)
		all = append(all, b.Advance(r.at)...)
	}
	all = append(all, b.Advance(time.Date(2025, 7, 1, 23, 0, 0, 0, time.UTC))...)
	wantDay(t, all)
	if n := len(all); n != 3*144 {
		t.Errorf("%d intervals, want 144 for each of three points", n)
	}
}

// The virtual data center shows energy as a meter does: a register of 1 Wh,
// integrated from power by the same rule and cut off to whole steps.
func TestMeasuredDayFromCounter(t *testing.T) {
	it, total := Series{"it", ElectricEnergy}, Series{"total", ElectricEnergy}
	b := NewBuilder(BuilderConfig{Site: "micro", Flags: Flags(Live),
		Registers: map[Series]Register{it: {Step: 3600, MaxRate: 40e3}, total: {Step: 3600, MaxRate: 40e3}}})
	var all []Record
	var before row
	var itJ, totalJ float64
	for i, r := range measuredDay(t) {
		if i > 0 {
			held := r.at.Sub(before.at).Seconds()
			itJ += before.it * held
			totalJ += before.total * held
		}
		before = r
		add(t, b, "it", ElectricEnergy, r.at, math.Floor(itJ/3600)*3600)
		add(t, b, "total", ElectricEnergy, r.at, math.Floor(totalJ/3600)*3600)
		all = append(all, b.Advance(r.at)...)
	}
	all = append(all, b.Advance(time.Date(2025, 7, 1, 23, 0, 0, 0, time.UTC))...)
	wantDay(t, all)
}

// wantDay checks both energies and the time that they stand for.
func wantDay(t *testing.T, all []Record) {
	t.Helper()
	energy, seen := map[string]float64{}, map[string]float64{}
	for _, r := range all {
		if r.Rev != 0 {
			t.Errorf("%s: an interval came twice", line(r))
		}
		if !r.Gap() {
			energy[r.Meter] += r.SI
		}
		seen[r.Meter] += r.Cov * float64(r.Length)
	}
	for meter, want := range map[string]float64{"it": measuredIT, "total": measuredTotal} {
		if got := Energy(energy[meter]).KWh(); math.Abs(got-want) > 0.001 {
			t.Errorf("%s: %.5f kWh, want %.4f", meter, got, want)
		}
		const from, to = 5*60 + 5, 23*3600 + 55*60 + 42
		if math.Abs(seen[meter]-(to-from)) > 1 {
			t.Errorf("%s: %.1f s seen, want %d", meter, seen[meter], to-from)
		}
	}
}

func add(t testing.TB, b *Builder, meter string, kind Kind, at time.Time, si float64) {
	t.Helper()
	if err := b.Add(Reading{meter, kind, at, si}); err != nil {
		t.Fatal(err)
	}
}

// line is the record as people read it.
func line(r Record) string { return string(r.AppendLine(nil)) }
