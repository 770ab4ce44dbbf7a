package compare

import (
	"context"

	"thermie/reports"
	"thermie/reports/document"
)

// World is all that a territory's sums depend on.
type World struct {
	Source  reports.Source
	Area    reports.Area
	Options reports.Options
}

// Sums computes the world's sums in MWh, in the order of reports.Compared.
func (w World) Sums(ctx context.Context) ([]document.Figure, *reports.Dossier, error) {
	w.Options.Progress = nil
	d, err := reports.Build(ctx, w.Source, w.Area, w.Options)
	if err != nil {
		return nil, nil, err
	}
	return d.Figures().ComparedSums(), d, nil
}

// in is the world in another year.
func (w World) in(year int) World {
	w.Options.Year = year
	return w
}

// of is the world with some of its sites alone.
func (w World) of(sites []string) World {
	w.Area.Territory.Sites = sites
	return w
}

// amounts are differences of sums in MWh; not ok where one is not known.
type amounts []amount

type amount struct {
	mwh float64
	ok  bool
}

// minus is a − b, sum by sum.
func minus(a, b []document.Figure) amounts {
	out := make(amounts, len(a))
	for i := range a {
		if a[i].Stated() && b[i].Stated() {
			out[i] = amount{a[i].Value - b[i].Value, true}
		}
	}
	return out
}

// less takes b from a, where both are known.
func (a amounts) less(b amounts) amounts {
	out := make(amounts, len(a))
	for i := range a {
		out[i] = amount{a[i].mwh - b[i].mwh, a[i].ok && b[i].ok}
	}
	return out
}
