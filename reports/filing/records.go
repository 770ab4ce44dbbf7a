package filing

import (
	"context"
	"fmt"
	"slices"
	"time"

	"thermie/heat"
	"thermie/interval"
	"thermie/reports"
)

// recordsOf are the records that a site's figures come from: the year's
// intervals; with those of the year before, where one of them reaches into
// it; and the hours, where the intervals have expired in part.
func recordsOf(ctx context.Context, src reports.Source, s *reports.SiteResult, cards []interval.Card) ([]interval.Record, error) {
	year := heat.YearOf(s.Year, s.Place.UTCOffsetMin)
	for _, read := range []struct {
		records func(ctx context.Context, site string, from, to time.Time) ([]interval.Record, error)
		from    time.Time
	}{{src.Records, year.From}, {src.Records, year.From.AddDate(-1, 0, 0)}, {src.Hours, year.From}} {
		records, err := read.records(ctx, s.ID, read.from, year.To)
		if err != nil {
			return nil, err
		}
		records = slices.DeleteFunc(slices.Clone(records), func(r interval.Record) bool { return r.End() <= year.From.Unix() })
		if s.RestsOn(cards, records) {
			return records, nil
		}
	}
	return nil, fmt.Errorf("site %s has new intervals since its dossier was computed\nhint: file the report again", s.ID)
}

// digestIntervals gives a dossier's sites the digests of format 1, which were
// of their intervals.
func digestIntervals(ctx context.Context, src reports.Source, d *reports.Dossier) error {
	for _, s := range d.Sites {
		year := heat.YearOf(s.Year, s.Place.UTCOffsetMin)
		cards, err := src.Cards(ctx, s.ID)
		if err != nil {
			return err
		}
		records, err := src.Records(ctx, s.ID, year.From, year.To)
		if err != nil {
			return err
		}
		s.Inputs = reports.DigestOf(reports.Installed(cards, records, year.To), records)
	}
	return nil
}
