package filing

import (
	"context"
	"fmt"
	"os"
	"time"

	"thermie/disclosure"
	"thermie/interval"
	"thermie/reports"
	"thermie/reports/compare"
	"thermie/reports/document"
)

// Since says what has become of a filed year's sums, and why: what the program
// and its tables, the records, the cards and what is declared have changed,
// each by exchanging one thing in the filed report. The filed report stays as
// it is.
//
// Method: CA1.
func (f *Filing) Since(ctx context.Context, now compare.World) (*reports.Comparison, error) {
	dir, err := os.MkdirTemp("", "thermie-filing-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	src, area, o, err := f.inputs(dir)
	if err != nil {
		return nil, fmt.Errorf("the inputs of %s: %w", f.ID, err)
	}
	o.Date = now.Options.Date
	then := compare.World{Source: src, Area: area, Options: o}
	records, cards, declared := then, then, then
	records.Source = mixed{cards: src, records: now.Source}
	cards.Source = mixed{cards: now.Source, records: src}
	declared.Area = now.Area
	declared.Area.Territory.Sites = area.Territory.Sites
	profile, _ := disclosure.ProfileByID(f.Disclosure)
	return compare.SinceFiled(ctx, compare.Filed{ID: f.ID, Sums: f.Sums(), Exact: profile.Exact}, then, now, []compare.Exchange{
		{Key: "records", World: records}, {Key: "meters", World: cards}, {Key: "declared", World: declared}})
}

// Sums are the filed sums, in the order of reports.Compared.
func (f *Filing) Sums() []document.Figure {
	byColumn := map[string]document.Figure{}
	for _, x := range f.Figures {
		if x.Place.Row == "total" && x.Unit == reports.InMWh.Unit {
			byColumn[x.Place.Table+"/"+x.Place.Column] = x.figure()
		}
	}
	sums := make([]document.Figure, len(reports.Compared))
	for i, key := range reports.Compared {
		f, printed := byColumn[sumTables[key]+"/"+key+"_mwh"]
		if !printed {
			f.Mark = document.Unknown
		}
		sums[i] = f
	}
	return sums
}

// sumTables are the tables whose total a sum is.
var sumTables = map[string]string{"e_dc": "electricity", "e_it": "electricity", "gisement": "rejected", "captee": "match", "livree": "match", "valorisee": "supplied"}

// mixed takes the cards of one source and the records of another.
type mixed struct{ cards, records reports.Source }

// Sites implements reports.Source.
func (m mixed) Sites(ctx context.Context) ([]string, error) { return m.cards.Sites(ctx) }

// Cards implements reports.Source.
func (m mixed) Cards(ctx context.Context, site string) ([]interval.Card, error) {
	return m.cards.Cards(ctx, site)
}

// Hours implements reports.Source.
func (m mixed) Hours(ctx context.Context, site string, from, to time.Time) ([]interval.Record, error) {
	return m.records.Hours(ctx, site, from, to)
}

// Records implements reports.Source.
func (m mixed) Records(ctx context.Context, site string, from, to time.Time) ([]interval.Record, error) {
	return m.records.Records(ctx, site, from, to)
}
