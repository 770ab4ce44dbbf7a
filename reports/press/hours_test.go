package press

import (
	"bytes"
	"context"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"thermie/interval"
	"thermie/reports"
	"thermie/reports/document"
	"thermie/reports/engineer"
	"thermie/reports/fixture"
)

// tenMinutes is the fixture's export as meters read at ten minutes would have
// written it: each hour in six intervals that differ, some of them missing,
// some half covered, some only estimated.
func tenMinutes(t *testing.T) *reports.File {
	t.Helper()
	ctx, hourly, random := context.Background(), fixture.Source(t), rand.New(rand.NewPCG(1, 2))
	sites, err := hourly.Sites(ctx)
	if err != nil {
		t.Fatal(err)
	}
	var lines []byte
	for _, site := range sites {
		cards, _ := hourly.Cards(ctx, site)
		for _, c := range cards {
			lines = append(c.AppendLine(lines), '\n')
		}
		records, _ := hourly.Records(ctx, site, time.Unix(0, 0), time.Unix(1<<33, 0))
		for _, r := range records {
			if r.Length != 3600 || r.Gap() {
				lines = append(r.AppendLine(lines), '\n')
				continue
			}
			for i := range int64(6) {
				lines = append(sixth(r, i, random.IntN(400)).AppendLine(lines), '\n')
			}
		}
	}
	file, err := reports.ReadFile("ten minutes", bytes.NewReader(lines))
	if err != nil {
		t.Fatal(err)
	}
	return file
}

// sixth is the i-th sixth of an hour.
func sixth(h interval.Record, i int64, fate int) interval.Record {
	r := h
	r.Start, r.Length = h.Start+600*i, 600
	nature, _ := h.Kind.Nature()
	if nature.Extensive {
		r.SI = h.SI / 6 * (0.9 + 0.04*float64(i))
		r.U = math.Abs(r.SI) / 500
	} else {
		r.SI = h.SI + 0.01*float64(i) // kelvin, or a tenth of a litre
		r.U = 0.02
	}
	switch fate {
	case 0:
		r.SI, r.U, r.Cov, r.Min, r.Max = math.NaN(), 0, 0, math.NaN(), math.NaN()
	case 1:
		r.Cov = 0.5
	case 2:
		r.Flags = r.Flags.With(interval.Estimated)
	}
	return r
}

// byInterval is a source whose reports are computed from the intervals
// themselves.
type byInterval struct{ *reports.File }

func (s byInterval) Hours(ctx context.Context, site string, from, to time.Time) ([]interval.Record, error) {
	return s.File.Records(ctx, site, from, to)
}

// What a dossier and the sites' own reports print is the same whether it was
// computed from the meters' intervals or from their hours.
func TestHoursPrintWhatTheIntervalsPrint(t *testing.T) {
	intervals := tenMinutes(t)
	hourly, raw := allStrings(t, intervals), allStrings(t, byInterval{intervals})
	if len(hourly) < 150 {
		t.Fatalf("only %d figures", len(hourly))
	}
	if len(hourly) != len(raw) {
		t.Errorf("%d figures are printed from hours, %d from intervals", len(hourly), len(raw))
	}
	for at, text := range raw {
		if hourly[at] != text {
			t.Errorf("%s %s: %q from hours, %q from intervals", at.code, at.unit, hourly[at], text)
		}
	}
	for _, site := range fixture.Area(t).Territory.Sites {
		if a, b := remarks(t, intervals, site), remarks(t, byInterval{intervals}, site); !slices.Equal(a, b) {
			t.Errorf("%s: hours are remarked on with %q, intervals with %q", site, a, b)
		}
	}
}

// remarks are a balance's notes on what it was formed of.
func remarks(t *testing.T, src reports.Source, site string) []string {
	t.Helper()
	r, err := reports.ReadSite(context.Background(), src, site, fixture.Options(""))
	if err != nil {
		t.Fatal(err)
	}
	return r.Balance.Notes
}

type codeAndUnit struct{ code, unit string }

// allStrings are those of all figures of a dossier and of its sites' reports.
func allStrings(t *testing.T, src reports.Source) map[codeAndUnit]string {
	t.Helper()
	o := fixture.Options(t.TempDir())
	area := fixture.Area(t)
	dossier, err := territoryDocument(context.Background(), src, area, o)
	if err != nil {
		t.Fatal(err)
	}
	docs := []*document.Document{dossier}
	for _, site := range area.Territory.Sites {
		doc, err := engineer.SiteDocument(context.Background(), src, site, o)
		if err != nil {
			t.Fatal(err)
		}
		docs = append(docs, doc)
	}
	all := map[codeAndUnit]string{}
	for _, doc := range docs {
		for _, p := range reports.FiguresOf(doc.Blocks) {
			all[codeAndUnit{p.Figure.Code, p.Figure.Unit}] = p.Figure.Full(doc.Lang)
		}
	}
	return all
}
