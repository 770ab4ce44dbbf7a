package collector

import (
	"bytes"
	"context"
	"math"
	"testing"
	"time"

	"thermie/collector/store"
	"thermie/configs"
	"thermie/interval"
	"thermie/reports"
	"thermie/reports/document"
	"thermie/reports/engineer"
	"thermie/reports/filing"
)

// tenMinuteYears fills a store with two years of a plant that is read every
// ten minutes.
func tenMinuteYears(t *testing.T, data string) *store.Embedded {
	t.Helper()
	kept, err := store.OpenEmbedded(data)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { kept.Close() })
	place := interval.Site{Name: "Salle", Operator: "Exploitant", Tap: "chilled_water_return", UTCOffsetMin: 60, Data: interval.MeasuredData}
	cards := []interval.Card{{Site: "hall", Meter: interval.SiteCard, ValidFrom: 1, Place: &place}}
	for _, p := range []interval.Point{{Name: "it", Role: interval.RoleIT, InRoom: true, Class: "iec62053-1"}, {Name: "tap", Role: interval.RoleHeat, Class: "en1434-2"}} {
		p.Data = interval.MeasuredData
		cards = append(cards, interval.Card{Site: "hall", Meter: p.Name, ValidFrom: 1, Point: &p})
	}
	begin, end := time.Date(2023, 12, 31, 23, 0, 0, 0, time.UTC).Unix(), time.Date(2025, 12, 31, 23, 0, 0, 0, time.UTC).Unix()
	for batch := (store.Batch{Cards: cards}); begin < end; batch = (store.Batch{}) {
		for range 30 * 144 {
			batch.Records = append(batch.Records, tenMinutes(begin)...)
			begin += 600
		}
		if err := kept.Append(context.Background(), batch); err != nil {
			t.Fatal(err)
		}
	}
	if err := kept.Fold(context.Background()); err != nil {
		t.Fatal(err)
	}
	return kept
}

// tenMinutes are the plant's intervals from start: a load and temperatures
// that vary, and now and then a gap.
func tenMinutes(start int64) (recs []interval.Record) {
	swing := math.Sin(float64(start%86400) / 86400 * 2 * math.Pi)
	for _, one := range []struct {
		meter string
		kind  interval.Kind
		si, u float64
	}{
		{"it", interval.ElectricEnergy, 6e8 + 1e3*math.Round(2e4*swing), 1e5},
		{"tap", interval.CircuitHeat, 5e8 + 1e3*math.Round(1e4*swing), 3e5},
		{"tap", interval.SupplyTemperature, 303 + math.Round(100*swing)/100, 0.02},
		{"tap", interval.ReturnTemperature, 293 + math.Round(70*swing)/100, 0.02},
	} {
		r := interval.Record{Site: "hall", Meter: one.meter, Kind: one.kind, Start: start, Length: 600, SI: one.si, U: one.u, Cov: 1,
			Min: math.NaN(), Max: math.NaN(), Flags: interval.Flags(0).With(interval.Live)}
		switch start / 600 % 997 {
		case 5:
			r.SI, r.U, r.Cov = math.NaN(), 0, 0
		case 6:
			r.Cov = 0.3
		case 7:
			r.Flags = r.Flags.With(interval.Estimated)
		}
		recs = append(recs, r)
	}
	return recs
}

// A year whose intervals have expired is reported as it was, filed so that it
// can be rebuilt, and moved to another collector.
func TestTheReportOfAnExpiredYearStands(t *testing.T) {
	if testing.Short() {
		t.Skip("much of one thing, in one goroutine")
	}
	ctx := context.Background()
	cfg := &configs.Collector{Data: t.TempDir(), Territories: []configs.Territory{{SIREN: "200000000", Name: "Ville", Sites: []string{"hall"}}}}
	kept := tenMinuteYears(t, cfg.Data)
	before := siteReport(t, cfg)

	kept.Retain(configs.Retention{IntervalsDays: 100})
	if err := kept.Expire(ctx, time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)); err != nil {
		t.Fatal(err)
	}
	if n := len(recordsOf(t, kept)); n > 2*4*366*24 {
		t.Fatalf("%d records: nothing has expired", n)
	}
	if from, _, ok, err := kept.Span(ctx, "hall"); err != nil || !ok || from.Year() != 2023 { // UTC: an hour before 2024
		t.Errorf("the site is known from %v, %v", from, err)
	}
	if after := siteReport(t, cfg); !bytes.Equal(before, after) {
		t.Error("the report of the expired year is another")
	}

	elsewhere := &configs.Collector{Data: t.TempDir(), Territories: cfg.Territories}
	carryOver(t, kept, elsewhere.Data)
	if there := siteReport(t, elsewhere); !bytes.Equal(before, there) {
		t.Error("the report of the expired year is another where it was moved to")
	}
	for _, one := range []*configs.Collector{cfg, elsewhere} {
		refile(t, one)
	}
}

// siteReport is the site's report of 2024.
func siteReport(t *testing.T, cfg *configs.Collector) []byte {
	t.Helper()
	src, done, err := OpenSource(cfg)
	if err != nil {
		t.Fatal(err)
	}
	defer done()
	doc, err := engineer.SiteDocument(context.Background(), src, "hall", reportOptions)
	if err != nil {
		t.Fatal(err)
	}
	var page bytes.Buffer
	if err := document.WriteHTML(&page, doc); err != nil {
		t.Fatal(err)
	}
	return page.Bytes()
}

var reportOptions = reports.Options{Year: 2024, Lang: "en", Date: time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC), Software: "test"}

// carryOver exports the site and writes it into a new store.
func carryOver(t *testing.T, from store.Content, data string) {
	t.Helper()
	var lines bytes.Buffer
	if err := store.Export(context.Background(), &lines, from, "hall"); err != nil {
		t.Fatal(err)
	}
	to, err := store.OpenEmbedded(data)
	if err != nil {
		t.Fatal(err)
	}
	defer to.Close()
	var batch store.Batch
	err = interval.ReadLines(&lines, func(_ int, line []byte) error {
		var l interval.Line
		err := l.Decode(line, time.Second)
		batch.Add(&l)
		return err
	})
	if err == nil {
		err = to.Append(context.Background(), batch)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// refile files the year and builds it anew from the archive.
func refile(t *testing.T, cfg *configs.Collector) {
	t.Helper()
	src, done, err := OpenSource(cfg)
	if err != nil {
		t.Fatal(err)
	}
	defer done()
	area, err := src.(reports.Atlas).AreaOf("200000000")
	if err != nil {
		t.Fatal(err)
	}
	print := func(d *reports.Dossier) (*document.Document, []reports.Output, error) {
		table := document.Table{Caption: "sums", Columns: []document.Column{{Head: "sum"}, {Head: "value"}}}
		for i, f := range d.Figures().ComparedSums() {
			table.Rows = append(table.Rows, document.Row{Cells: []document.Cell{document.HeadCell(reports.Compared[i]), document.FigureCell(f)}})
		}
		return &document.Document{Lang: "en", Date: d.Options.Date, Blocks: []document.Block{table}}, nil, nil
	}
	dir := t.TempDir()
	m, err := filing.Lock(context.Background(), dir, filing.Request{Source: src, Area: area, Options: reportOptions, Print: print})
	if err != nil {
		t.Fatal(err)
	}
	f, err := filing.Named(dir, m.ID)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	r, _, err := f.Rebuild(context.Background(), print, "test")
	if err != nil || !r.Same() || !r.InputsSame || r.Figures == 0 {
		t.Errorf("built anew: %+v, %v", r, err)
	}
}
