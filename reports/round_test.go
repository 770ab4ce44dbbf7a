package reports

import (
	"math"
	"math/rand/v2"
	"testing"

	"thermie/heat"
	"thermie/interval"
	"thermie/reports/document"
)

func TestAFigureIsRoundedOnceHalfAwayFromZero(t *testing.T) {
	g := NewGrid("test", "area", "2025", "table")
	for _, c := range []struct {
		si, u float64
		step  Step
		text  string
	}{
		{12573.5 * 3.6e9, 0, InMWh, "12,574 MWh"},
		{12573.4 * 3.6e9, 630.2 * 3.6e9, InMWh, "12,573 ± 1,260 MWh"},
		{595.8663 * 3.6e6, 5.96 * 3.6e6, inKWhOfDay, "595.87 ± 11.92 kWh"},
		{1.105946, 0.0015, InRatio, "1.1059 ± 0.0030"},
		{5 * 3.6e9, 0.1 * 3.6e9, InMWh, "5 ± 1 MWh"}, // uncertain by less than a step is uncertain by one
	} {
		f := g.Figure("row", "column", heat.Quantity{Value: c.si, U: c.u, Known: true, Coverage: 1}, c.step)
		f.Unbudgeted = false
		if got := replaceSpaces(f.Full("en")); got != c.text {
			t.Errorf("%v ± %v: %s, want %s", c.si, c.u, got, c.text)
		}
	}
	if f := g.Figure("row", "column", heat.Quantity{Value: 0}, InMWh); f.Mark != document.Unknown {
		t.Error("an unknown quantity became a number")
	}
	if f := g.Figure("row", "column", heat.Quantity{Value: 0, Known: true}, InMWh); f.Mark != document.Known || f.Unbudgeted {
		t.Error("a known zero is not printed as zero")
	}
}

func replaceSpaces(s string) string {
	out := []rune(s)
	for i, r := range out {
		if r == '\u00a0' || r == '\u202f' {
			out[i] = ' '
		}
	}
	return string(out)
}

func TestThePartsOfAPrintedTotalAddUpToIt(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	g := NewGrid("test", "area", "2025", "table")
	for range 200 {
		parts, sum := make([]float64, 12), 0.0
		for i := range parts {
			parts[i] = r.Float64() * 30 * 3.6e9
			sum += parts[i]
		}
		total := g.Figure("total", "mwh", heat.Quantity{Value: sum, U: sum / 50, Known: true}, InMWh)
		added := 0.0
		for i, f := range g.Apportion(total, "mwh", MonthIDs(), parts, InMWh) {
			added += f.Value
			if math.Abs(f.Value-parts[i]/3.6e9) > 1 {
				t.Fatalf("part %d of %.2f MWh is printed as %v", i, parts[i]/3.6e9, f.Value)
			}
		}
		if added != total.Value {
			t.Fatalf("the parts add up to %v, the total prints %v", added, total.Value)
		}
	}
}

func TestALeapYearRepeatsTheEndOfFebruary(t *testing.T) {
	for year, hours := range map[int]int{2024: 8784, 2025: 8760} {
		outdoor, err := TypicalYear("H1a", heat.YearOf(year, MetropolitanOffset))
		if err != nil {
			t.Fatal(err)
		}
		if len(outdoor) != hours {
			t.Errorf("%d has %d hours of weather, want %d", year, len(outdoor), hours)
		}
		feb28, next := (31+27)*24, (31+28)*24
		if same := outdoor[feb28+5] == outdoor[next+5]; same != (hours == 8784) {
			t.Errorf("%d: 28 February and the day after are the same: %v", year, same)
		}
		if c := outdoor[len(outdoor)-1].Celsius(); c < -20 || c > 30 {
			t.Errorf("%d ends at %v °C", year, c)
		}
	}
	if _, err := TypicalYear("H9", heat.YearOf(2025, MetropolitanOffset)); err == nil {
		t.Error("a climate zone that does not exist has weather")
	}
}

func TestTheDaysOfAShortMeasurementAreWholeDaysOfTheSite(t *testing.T) {
	year := heat.YearOf(2025, 60)
	start := year.From.Unix() + 40*86400 + 23*3600 // 23:00 of the 41st day
	var records []interval.Record
	for h := range int64(3) {
		records = append(records, interval.Record{Start: start + h*3600, Length: 3600, SI: 1})
	}
	r := &SiteResult{}
	r.choosePeriod(year, records)
	if r.WholeYear || r.Period.Hours() != 48 || r.Period.From != year.From.AddDate(0, 0, 40) {
		t.Errorf("whole year %v, from %s for %d hours", r.WholeYear, r.Period.From, r.Period.Hours())
	}
}

func TestNoDigitOfBinaryArithmeticIsPrinted(t *testing.T) {
	w, err := WordsOf("fr")
	if err != nil {
		t.Fatal(err)
	}
	pue, half := 1.4, 0.1
	d := Draft{Words: w}
	for v, want := range map[float64]string{pue - half: "1,3", 0.0461: "0,0461", 1185: "1\u202f185", 0: "0", -0.3: "\u22120,3"} {
		if got := d.Digits(v); got != want {
			t.Errorf("%v is printed as %q, want %q", v, got, want)
		}
	}
}
