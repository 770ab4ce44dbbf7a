package filing

import (
	"context"
	"errors"

	"thermie/reports"
	"thermie/reports/compare"
	"thermie/reports/document"
)

// Compared explains the change from another year to that of the world. Where
// the other year was filed in the folder dir, its sums are the filed ones.
//
// Method: CA1.
func Compared(ctx context.Context, dir string, w compare.World, year int) (*reports.Comparison, error) {
	f, err := Latest(dir, w.Area.Territory.SIREN, year)
	if err != nil {
		return nil, err
	}
	var filed []document.Figure
	if f != nil {
		filed = f.Sums()
		if err := f.Close(); err != nil {
			return nil, err
		}
	}
	return compare.Between(ctx, w, year, filed)
}

// SinceLatest says what has become of the world's year since it was last filed
// in the folder dir; nil where it never was.
//
// Method: CA1.
func SinceLatest(ctx context.Context, dir string, w compare.World) (*reports.SinceFiled, error) {
	f, err := Latest(dir, w.Area.Territory.SIREN, w.Options.Year)
	if err != nil || f == nil {
		return nil, err
	}
	return f.since(ctx, w)
}

// SinceOf says the same of the filing of an id.
func SinceOf(ctx context.Context, dir, id string, w compare.World) (*reports.SinceFiled, error) {
	f, err := Named(dir, id)
	if err != nil {
		return nil, err
	}
	return f.since(ctx, w)
}

// since is Since, and closes the filing.
func (f *Filing) since(ctx context.Context, w compare.World) (*reports.SinceFiled, error) {
	sums, err := f.Since(ctx, w)
	return &reports.SinceFiled{ID: f.ID, Date: f.Date, Software: f.Software, Sums: sums}, errors.Join(err, f.Close())
}
