package compare

import (
	"bytes"
	"context"
	"math"
	"testing"
	"time"

	"thermie/configs"
	"thermie/interval"
	"thermie/reports"
	"thermie/reports/document"
)

// plant is a site of one metering point for everything, another for the IT,
// told hour by hour.
type plant struct {
	lines bytes.Buffer
	t     *testing.T
}

func (p *plant) put(line []byte) { p.lines.Write(append(line, '\n')) }

func (p *plant) site(id, operator string) {
	place := interval.Site{Name: id, Operator: operator, Tap: "chilled_water_return", UTCOffsetMin: 60, Data: interval.MeasuredData, SupplyC: 20, ReturnC: 14}
	p.put(interval.Card{Site: id, Meter: interval.SiteCard, ValidFrom: 1, Place: &place}.AppendLine(nil))
}

func (p *plant) point(site, id string, role interval.Role, from int64) {
	point := interval.Point{Name: id, Role: role, InRoom: role == interval.RoleIT, Class: "iec62053-1", Data: interval.MeasuredData}
	p.put(interval.Card{Site: site, Meter: id, ValidFrom: from, Point: &point}.AppendLine(nil))
}

// run records a constant power in kW for the hours of a year, without those of
// the days in [gapFrom, gapTo).
func (p *plant) run(site, meter string, year int, kw float64, gapFrom, gapTo int) {
	start := time.Date(year, 1, 1, 0, 0, 0, 0, time.FixedZone("", 3600))
	for at := start; at.Year() == year; at = at.Add(time.Hour) {
		if day := at.YearDay(); day >= gapFrom && day < gapTo {
			continue
		}
		r := interval.Record{Site: site, Meter: meter, Kind: interval.ElectricEnergy, Start: at.Unix(), Length: 3600, SI: kw * 3.6e6, Cov: 1, Min: math.NaN(), Max: math.NaN()}
		r.Flags = r.Flags.With(interval.Live)
		p.put(r.AppendLine(nil))
	}
}

func (p *plant) world(year int, sites ...string) World {
	p.t.Helper()
	f, err := reports.ReadFile("plant", &p.lines)
	if err != nil {
		p.t.Fatal(err)
	}
	area := reports.Area{Territory: configs.Territory{SIREN: "200000000", Name: "Ville", Sites: sites}}
	return World{f, area, reports.Options{Year: year, Lang: "fr", Date: time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC), Software: "test"}}
}

// cause is what a comparison says of the IT electricity, E_IT.
func causeOf(t *testing.T, c *reports.Comparison, key string) document.Figure {
	t.Helper()
	for _, cause := range c.Causes {
		if cause.Key == key {
			return cause.MWh[1]
		}
	}
	t.Fatalf("no cause %q", key)
	return document.Figure{}
}

func want(t *testing.T, c *reports.Comparison, key string, mwh float64) {
	t.Helper()
	if f := causeOf(t, c, key); f.Mark != document.Known || f.Value != mwh {
		t.Errorf("%s: %s, want %v MWh", key, f.Full("en"), mwh)
	}
}

func between(t *testing.T, w World, year int) *reports.Comparison {
	t.Helper()
	c, err := Between(context.Background(), w, year, nil)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestALargerLoadIsRealChange(t *testing.T) {
	p := &plant{t: t}
	p.site("a", "A")
	p.point("a", "it", interval.RoleIT, 1)
	p.run("a", "it", 2023, 1000, 0, 0)
	p.run("a", "it", 2025, 1100, 0, 0)
	c := between(t, p.world(2025, "a"), 2023)
	want(t, c, "real", 876)
	for _, nothing := range []string{"meters", "coverage", "perimeter", "method", "remainder"} {
		want(t, c, nothing, 0)
	}
	want(t, c, "total", 876)
}

func TestHoursThatOneYearLacksAreCoverage(t *testing.T) {
	p := &plant{t: t}
	p.site("a", "A")
	p.point("a", "it", interval.RoleIT, 1)
	p.run("a", "it", 2023, 1000, 101, 111) // ten days are missing
	p.run("a", "it", 2025, 1000, 0, 0)
	c := between(t, p.world(2025, "a"), 2023)
	want(t, c, "coverage", 240)
	want(t, c, "real", 0)
	want(t, c, "total", 240)
	want(t, c, "remainder", 0)
}

func TestAMeterThatWasAddedIsABoundary(t *testing.T) {
	p := &plant{t: t}
	p.site("a", "A")
	p.point("a", "it", interval.RoleIT, 1)
	p.run("a", "it", 2023, 1000, 0, 0)
	p.run("a", "it", 2025, 1000, 0, 0)
	p.point("a", "it-2", interval.RoleIT, time.Date(2024, 6, 1, 0, 0, 0, 0, time.UTC).Unix())
	p.run("a", "it-2", 2025, 500, 0, 0)
	c := between(t, p.world(2025, "a"), 2023)
	want(t, c, "meters", 4380)
	want(t, c, "real", 0)
	want(t, c, "total", 4380)
}

func TestASiteThatEntersIsPerimeter(t *testing.T) {
	p := &plant{t: t}
	for _, site := range []string{"a", "b"} {
		p.site(site, site)
		p.point(site, "it", interval.RoleIT, 1)
		p.run(site, "it", 2025, 1000, 0, 0)
	}
	p.run("a", "it", 2023, 1000, 0, 0)
	c := between(t, p.world(2025, "a", "b"), 2023)
	want(t, c, "perimeter", 8760)
	want(t, c, "total", 8760)
	want(t, c, "real", 0)
}

func TestWhatWasFiledIsComparedAsItWasFiled(t *testing.T) {
	p := &plant{t: t}
	p.site("a", "A")
	p.point("a", "it", interval.RoleIT, 1)
	p.run("a", "it", 2023, 1000, 0, 0)
	p.run("a", "it", 2025, 1000, 0, 0)
	w := p.world(2025, "a")
	filed, _, err := w.in(2023).Sums(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	filed[1].Value -= 10 // an older program came to less
	c, err := Between(context.Background(), w, 2023, filed)
	if err != nil {
		t.Fatal(err)
	}
	want(t, c, "method", 10)
	want(t, c, "total", 10)
	want(t, c, "real", 0)
}

func TestAYearIsNotComparedWithItself(t *testing.T) {
	p := &plant{t: t}
	p.site("a", "A")
	if _, err := Between(context.Background(), p.world(2025, "a"), 2025, nil); err == nil {
		t.Error("compared")
	}
}

// A filing that printed « s » states no number: the year is computed again,
// and what the program changed of that number nobody can say.
func TestASumThatWasFiledAsSecretIsComputedAgain(t *testing.T) {
	p := &plant{t: t}
	p.site("a", "A")
	p.point("a", "it", interval.RoleIT, 1)
	p.run("a", "it", 2023, 1000, 0, 0)
	p.run("a", "it", 2025, 1100, 0, 0)
	filed := make([]document.Figure, len(reports.Compared))
	for i := range filed {
		filed[i].Mark = document.Unknown
	}
	c, err := Between(context.Background(), p.world(2025, "a"), 2023, filed)
	if err != nil {
		t.Fatal(err)
	}
	want(t, c, "real", 876)
	want(t, c, "total", 876)
	if !c.Reckoned || c.Before[1].Value != 8760 || causeOf(t, c, "method").Stated() {
		t.Errorf("before %s, method %s, reckoned %t", c.Before[1].Full("en"), causeOf(t, c, "method").Full("en"), c.Reckoned)
	}
}
