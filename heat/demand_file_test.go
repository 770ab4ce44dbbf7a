package heat

import (
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"thermie/interval"
)

// demandFile writes a year's rows; the hour and its stamp, or "" to leave the
// row out.
func demandFile(head string, year int, row func(h int, at time.Time) string) string {
	p := YearOf(year, 60)
	b := strings.Builder{}
	b.WriteString(head + "\n")
	for h := range p.Hours() {
		if line := row(h, p.From.Add(time.Duration(h)*time.Hour)); line != "" {
			b.WriteString(line + "\n")
		}
	}
	return b.String()
}

func readDemand(text string, year int) (DemandSeries, error) {
	return ReadDemand(strings.NewReader(text), YearOf(year, 60))
}

func TestDemandFilesAsOperatorsExportThem(t *testing.T) {
	for name, text := range map[string]string{
		"a French spreadsheet": demandFile("\ufefftime;demand_mw;outdoor_c", 2025, func(h int, at time.Time) string {
			return strings.ReplaceAll(fmt.Sprintf("%s;%.3f;%.1f", at.Format("02/01/2006 15:04"), 1.5+float64(h%24)/1000, 7.5), ".", ",")
		}),
		"commas and offsets": demandFile("time,demand_kw,outdoor_c", 2025, func(h int, at time.Time) string {
			return fmt.Sprintf("%s,%d,7.5", at.UTC().Format(time.RFC3339), 1500+h%24)
		}),
		"another year of as many hours": demandFile("outdoor_c\tdemand_kwh\ttime", 2023, func(h int, at time.Time) string {
			return fmt.Sprintf("7.5\t%d\t%s", 1500+h%24, at.Format("2006-01-02 15:04"))
		}),
	} {
		s, err := readDemand(text, 2025)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		near(t, name+": hour 23, kW", s.Demand[23].Kilowatts(), 1523, 1e-9)
		near(t, name+": outdoor °C", s.Outdoor[8759].Celsius(), 7.5, 1e-9)
	}
	s, err := readDemand(demandFile("demand_kw", 2028, func(h int, _ time.Time) string { return fmt.Sprintf("%d,5", h) }), 2028)
	if err != nil || len(s.Demand) != 8784 || s.Outdoor != nil || s.Year != 0 {
		t.Fatalf("one column of a leap year: %d rows, year %d, %v", len(s.Demand), s.Year, err)
	}
	near(t, "decimal comma, kW", s.Demand[8783].Kilowatts(), 8783.5, 1e-9)
}

// The hours that a clock with summer time skips and doubles are put right.
func TestDemandFileInSummerTime(t *testing.T) {
	rows := stamped(t, 2025)
	text := demandFile("time;demand_w", 2025, func(h int, _ time.Time) string {
		return fmt.Sprintf("%s;%d", rows[h].Format("2006-01-02 15:04"), h)
	})
	s, err := readDemand(text, 2025)
	if err != nil {
		t.Fatal(err)
	}
	for h, p := range s.Demand {
		if p != interval.Power(h) {
			t.Fatalf("hour %d holds %g", h, float64(p))
		}
	}
}

func TestDemandFilesThatAreRefused(t *testing.T) {
	plain := func(h int, at time.Time) string { return at.Format("2006-01-02 15:04") + ";5" }
	skip := func(month time.Month, day, hour int) func(int, time.Time) string {
		return func(h int, at time.Time) string {
			if at.Month() == month && at.Day() == day && at.Hour() == hour {
				return ""
			}
			return plain(h, at)
		}
	}
	twice := func(h int, at time.Time) string {
		if h == 7189 {
			return plain(h, at) + "\n" + plain(h, at)
		}
		return plain(h, at)
	}
	for name, c := range map[string]struct{ text, want string }{
		"8,759 rows with stamps":      {demandFile("time;demand_kw", 2025, skip(time.May, 4, 13)), "the hour 2025-05-04 13:00 is missing"},
		"8,759 rows without":          {demandFile("demand_kw", 2025, func(h int, _ time.Time) string { return []string{"", "5"}[min(h, 1)] }), "8759 rows for 8760 hours: one hour is missing"},
		"the year ends early":         {demandFile("time;demand_kw", 2025, skip(time.December, 31, 23)), "from 2025-12-31 23:00 on are missing"},
		"only March is skipped":       {demandFile("time;demand_kw", 2025, skip(time.March, 30, 2)), "without the second hour"},
		"an hour stands twice":        {demandFile("time;demand_kw", 2025, twice), "repeats the hour"},
		"a leap year for a plain one": {demandFile("time;demand_kw", 2024, plain), "the series is of a leap year"},
		"no head":                     {"12\n13\n", "no column of demand"},
		"a word":                      {"demand_kw\nzwölf\n", "row 1: \"zwölf\" is not a number"},
		"a negative load":             {demandFile("demand_kw", 2025, func(h int, _ time.Time) string { return "-1" }), "row 1: -1000 W"},
		"a stamp of another form":     {"time;demand_kw\nyesterday;5\n", "is not a time"},
		"quarter-hours":               {"demand_kw\n" + strings.Repeat("5\n", 4*8760), "quarter-hours"},
		"no end":                      {"demand_kw\n" + strings.Repeat("5\n", mostDemandRows+1), "more than"},
		"nothing":                     {"", "no column of demand"},
	} {
		if _, err := readDemand(c.text, 2025); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q", name, err, c.want)
		}
	}
}

// The network's own hours come first, then a profile, then degree hours; all
// give the year that is stated.
func TestTheChoiceOfDemand(t *testing.T) {
	outdoor, start := typicalYear(t, "H1a"), YearOf(2025, 60).From
	model := DemandModel{Annual: 20e3 * interval.MegawattHour, BaseShare: 0.3}
	own := Demand(model.Annual, 0.5, outdoor, DefaultHeatingBaseTemp)
	for want, m := range map[string]DemandModel{
		"D1":  model,
		"BD1": {Annual: model.Annual, Profile: "MFH"},
		"DS1": {Annual: model.Annual, Profile: "MFH", Series: own},
	} {
		demand, method, err := m.Hours(outdoor, start)
		if err != nil || method != want {
			t.Fatalf("method %q, %v, want %s", method, err, want)
		}
		var sum interval.Energy
		for _, p := range demand {
			sum += p.For(hour)
		}
		near(t, want, float64(sum), float64(model.Annual), 1e-9)
	}
	for want, m := range map[string]DemandModel{
		"is the unit of the column right": {Annual: model.Annual, Series: scaledPower(own, 1e3)},
		"one hour is missing":             {Annual: model.Annual, Series: own[1:]},
		"say SFH, MFH or COM":             {Annual: model.Annual, Profile: "flats"},
	} {
		if _, _, err := m.Hours(outdoor, start); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %q", err, want)
		}
	}
}

func FuzzReadDemand(f *testing.F) {
	f.Add("time;demand_kw;outdoor_c\n2025-01-01 00:00;1,5;-3,2\n")
	f.Add("demand_mw\n1.5\n")
	f.Add("demand_kw,time\n\"1\",2025-01-01T00:00:00+01:00\n")
	p := Period{YearOf(2025, 60).From, YearOf(2025, 60).From.Add(time.Hour)}
	f.Fuzz(func(t *testing.T, text string) {
		s, err := ReadDemand(strings.NewReader(text), p)
		if err != nil {
			return
		}
		if len(s.Demand) != p.Hours() || math.IsNaN(float64(s.Demand[0])) || s.Demand[0] < 0 {
			t.Errorf("accepted %v", s.Demand)
		}
	})
}
