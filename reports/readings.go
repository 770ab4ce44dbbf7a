package reports

import (
	"context"
	"fmt"

	"thermie/heat"
	"thermie/interval"
)

// readings are what a site's figures of a year rest on: its hours, which are
// the same whether the source keeps the intervals, only their roll-ups, or a
// copy of either. Where a site's clock is not whole hours from UTC its hours
// are not UTC's, and the intervals are read.
func readings(ctx context.Context, src Source, id string, place interval.Site, year heat.Period) ([]interval.Record, error) {
	read := src.Hours
	if !byUTCHour(place) {
		read = src.Records
	}
	records, err := read(ctx, id, year.From, year.To)
	if err != nil {
		return nil, fmt.Errorf("reading the intervals of site %s: %w", id, err)
	}
	return records, nil
}

func byUTCHour(place interval.Site) bool { return place.UTCOffsetMin%60 == 0 }

// RestsOn reports whether these cards and merged records give the site's
// figures: for who writes both down, to compute them again one day.
func (r *SiteResult) RestsOn(cards []interval.Card, records []interval.Record) bool {
	year := heat.YearOf(r.Year, r.Place.UTCOffsetMin)
	if byUTCHour(r.Place) {
		records = interval.Hourly(records, year.From.Unix(), year.To.Unix())
	}
	return DigestOf(Installed(cards, records, year.To), records) == r.Inputs
}
