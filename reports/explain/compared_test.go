package explain

import (
	"bytes"
	"math"
	"strings"
	"testing"
	"time"

	"thermie/configs"
	"thermie/interval"
	"thermie/reports"
	"thermie/reports/document"
	"thermie/reports/filing"
	"thermie/reports/pcaet"
)

// hall is a data center of one IT meter: 900 kW in 2023, and in 2025 a power
// of today's records.
func hall(t *testing.T, kw float64) *reports.File {
	t.Helper()
	var lines bytes.Buffer
	put := func(line []byte) { lines.Write(append(line, '\n')) }
	place := interval.Site{Name: "Salle A", Operator: "Exploitant A", Tap: "chilled_water_return", UTCOffsetMin: 60, Data: interval.MeasuredData}
	put(interval.Card{Site: "a", Meter: interval.SiteCard, ValidFrom: 1, Place: &place}.AppendLine(nil))
	point := interval.Point{Name: "Onduleur", Role: interval.RoleIT, InRoom: true, Class: "iec62053-1", Data: interval.MeasuredData}
	put(interval.Card{Site: "a", Meter: "it", ValidFrom: 1, Point: &point}.AppendLine(nil))
	for year, power := range map[int]float64{2023: 900, 2025: kw} {
		first := time.Date(year, 1, 1, 0, 0, 0, 0, time.FixedZone("", 3600))
		for day := range 365 {
			r := interval.Record{Site: "a", Meter: "it", Kind: interval.ElectricEnergy, Start: first.AddDate(0, 0, day).Unix(), Length: 86400,
				SI: power * 24 * 3.6e6, Cov: 1, Min: math.NaN(), Max: math.NaN()}
			r.Flags = r.Flags.With(interval.Live)
			put(r.AppendLine(nil))
		}
	}
	f, err := reports.ReadFile("hall", &lines)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// archive is a library of the hall, whose year 2025 was filed with 1,000 kW
// and has 1,100 kW since a correction.
func archive(t *testing.T, disclosure string) *Library {
	t.Helper()
	area := reports.Area{Territory: configs.Territory{SIREN: "200000000", Name: "Ville", Sites: []string{"a"}}}
	o := reports.Options{Year: 2025, Lang: "fr", Date: time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC), Software: "1.0", Disclosure: disclosure}
	dir := t.TempDir()
	print := func(d *reports.Dossier) (*document.Document, []reports.Output, error) {
		p, err := pcaet.Write(d)
		if err != nil {
			return nil, nil, err
		}
		return p.Document(), nil, nil
	}
	if _, err := filing.Lock(t.Context(), dir, filing.Request{Source: hall(t, 1000), Area: area, Options: o, Print: print}); err != nil {
		t.Fatal(err)
	}
	l, err := NewLibrary(Library{Source: hall(t, 1100), AreaOf: func(string) (reports.Area, error) { return area, nil },
		SIRENs: []string{"200000000"}, Years: []int{2025}, Filings: dir, Options: o})
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// Annex E prints codes beside the sums of another year, of a filing, and
// beside each cause: they lead back like any other.
func TestEveryFigureOfAComparisonIsFoundByItsCode(t *testing.T) {
	l := archive(t, "authority")
	for _, s := range []shelf{{report: "pcaet", siren: "200000000", year: 2025, from: 2023}, {report: "pcaet", siren: "200000000", year: 2025, filing: "pcaet-200000000-2025-1"}} {
		v, err := l.open(t.Context(), s)
		if err != nil {
			t.Fatal(err)
		}
		found := 0
		for _, placed := range v.figures {
			if table, _, _ := strings.Cut(placed.Figure.Place.Table, " "); table != "change" && table != "since" {
				continue
			}
			found++
			trail, err := l.Explain(t.Context(), placed.Figure.Code)
			if err != nil {
				t.Fatalf("%s, %s: %v", placed.Row, placed.Column, err)
			}
			if trail.Printed != placed.Figure.Full("fr") || !trail.Again.Same {
				t.Errorf("%s, %s: printed %q, explained as %q, computed again %q", placed.Row, placed.Column, placed.Figure.Full("fr"), trail.Printed, trail.Again.Printed)
			}
			var text strings.Builder
			if err := Print(&text, trail, "fr"); err != nil || strings.Contains(text.String(), "⟨") {
				t.Errorf("%v\n%s", err, text.String())
			}
		}
		if found < 40 {
			t.Errorf("%v: %d figures", s, found)
		}
	}
}

func TestAComparisonShowsTheRecordsOfBothYears(t *testing.T) {
	l := archive(t, "authority")
	trail, err := l.Explain(t.Context(), place("change 2023", "real", "e_it_mwh").Code())
	if err != nil {
		t.Fatal(err)
	}
	if trail.Value != "1752" { // 200 kW over 8,760 h
		t.Errorf("a larger load is %s MWh of real change, want 1752", trail.Value)
	}
	if len(trail.Sites) != 2 || trail.Sites[0].From.Year() != 2023 || trail.Sites[1].From.Year() != 2025 {
		t.Errorf("the sites: %+v", trail.Sites)
	}
	if !strings.Contains(trail.Where.Table, "2023") || len(trail.Methods) == 0 || trail.Filed != nil {
		t.Errorf("the table %q, the methods %v, the filing %+v", trail.Where.Table, trail.Methods, trail.Filed)
	}
}

func TestASumThatWasFiledNamesItsFiling(t *testing.T) {
	l := archive(t, "authority")
	trail, err := l.Explain(t.Context(), place("since pcaet-200000000-2025-1", "before", "e_it_mwh").Code())
	if err != nil {
		t.Fatal(err)
	}
	if trail.Value != "8760" || trail.Filed == nil || trail.Filed.ID != "pcaet-200000000-2025-1" || trail.Filed.Software != "1.0" {
		t.Errorf("filed were %s MWh, by %+v", trail.Value, trail.Filed)
	}
}

// To everyone, the change of one operator's sums is that operator's secret.
func TestAComparisonOfOneOperatorIsSecret(t *testing.T) {
	l := archive(t, "public")
	for _, at := range []document.Place{place("change 2023", "before", "e_it_mwh"), place("change 2023", "real", "e_it_mwh"),
		place("since pcaet-200000000-2025-1", "before", "e_it_mwh"), place("since pcaet-200000000-2025-1", "records", "e_it_mwh")} {
		if trail, err := l.Explain(t.Context(), at.Code()); err == nil {
			t.Errorf("%s, %s is told everyone: %s", at.Table, at.Row, trail.Printed)
		}
	}
	v, err := l.open(t.Context(), shelf{report: "pcaet", siren: "200000000", year: 2025, from: 2023})
	if err != nil {
		t.Fatal(err)
	}
	for _, placed := range v.figures {
		if f := placed.Figure; strings.HasSuffix(f.Place.Column, "e_it_mwh") && f.Mark == document.Known && f.Value != 0 {
			t.Errorf("the edition prints %s (%s, %s)", f.Full("fr"), placed.Table, placed.Row)
		}
	}
}

func place(table, row, column string) document.Place {
	return document.Place{Report: "pcaet", Area: "200000000", Period: "2025", Table: table, Row: row, Column: column}
}
