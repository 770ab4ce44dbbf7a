package store

import (
	"context"
	"time"

	"thermie/interval"
)

// InfluxDB keeps intervals alone: hours and balances are computed from them
// when they are asked for.

// Describe implements Store.
func (i *Influx) Describe(cards Cardholder) { i.cardholder.Store(&cards) }

// Hours implements Store.
func (i *Influx) Hours(ctx context.Context, site string, from, to time.Time, kinds ...interval.Kind) ([]interval.Record, error) {
	return i.hours(ctx, site, hourSpan(from, to), kinds)
}

func (i *Influx) hours(ctx context.Context, site string, wanted span, kinds []interval.Kind) (hours []interval.Record, err error) {
	if !interval.ValidID(site) {
		return nil, nil
	}
	lengths, err := i.lengths(ctx, site)
	if err != nil || len(lengths) == 0 {
		return nil, err
	}
	// What began before may reach into the first hour.
	recs, err := i.Records(ctx, site, time.Unix(wanted.from-int64(lengths[0]), 0), time.Unix(wanted.to, 0))
	if err != nil {
		return nil, err
	}
	return hoursOf(recs, wanted, kinds...), nil
}

// Days implements Store.
func (i *Influx) Days(ctx context.Context, site string, from, to time.Time) ([]Day, error) {
	first, last := civilRange(from, to)
	if last < first {
		return nil, nil
	}
	cardsOf := i.Cards
	if described := i.cardholder.Load(); described != nil {
		cardsOf = *described
	}
	cards, err := cardsOf(ctx, site)
	if err != nil {
		return nil, err
	}
	b := boundaryOf(site, cards)
	hours, err := i.hours(ctx, site, span{b.day(first).from, b.day(last).to}, nil)
	return b.balances(first, last, hours), err
}

// Totals implements Store.
func (i *Influx) Totals(ctx context.Context, from, to time.Time) (totals []Total, stale int, err error) {
	sites, err := i.Sites(ctx)
	if err != nil {
		return nil, 0, err
	}
	for _, site := range sites {
		days, err := i.Days(ctx, site, from, to)
		if err != nil {
			return nil, 0, err
		}
		if len(days) == 0 {
			continue
		}
		totals = append(totals, TotalOf(site, days))
	}
	return totals, 0, nil
}
