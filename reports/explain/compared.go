package explain

import (
	"context"
	"errors"
	"fmt"

	"thermie/reports"
	"thermie/reports/compare"
	"thermie/reports/filing"
)

// comparison is the dossier that prints a figure of that code as a part of a
// comparison, with another year or with a filing; ok is false for a code that
// is of none. It is found without computing any.
func (l *Library) comparison(code string) (s shelf, ok bool, err error) {
	for _, year := range l.Years {
		for _, siren := range l.SIRENs {
			s = shelf{report: "pcaet", siren: siren, year: year}
			for from := reports.FirstYear; from <= reports.LastYear; from++ {
				if from != year && compare.Holds(code, siren, year, compare.Table(from)) {
					s.from = from
					return s, true, nil
				}
			}
			filed, faults := filing.Of(l.Filings, siren, year)
			for _, m := range filed {
				if compare.Holds(code, siren, year, compare.SinceTable(m.ID)) {
					s.filing = m.ID
					return s, true, nil
				}
			}
			err = errors.Join(err, faults)
		}
	}
	return shelf{}, false, err
}

// compared is the shelf's dossier with the comparison that the shelf names.
func (l *Library) compared(ctx context.Context, d *reports.Dossier, s shelf) (*reports.Dossier, error) {
	if s.from == 0 && s.filing == "" {
		return d, nil
	}
	area, err := l.AreaOf(s.siren)
	if err != nil {
		return nil, err
	}
	one, w := *d, compare.World{Source: l.Source, Area: area, Options: d.Options}
	if s.from != 0 {
		one.Compared, err = filing.Compared(ctx, l.Filings, w, s.from)
		return &one, err
	}
	one.Since, err = filing.SinceOf(ctx, l.Filings, s.filing, w)
	return &one, err
}

// Filed is a filing whose sums a figure is, or is compared with.
type Filed struct {
	ID       string `json:"id"`
	Date     string `json:"date"`
	Software string `json:"software"`
	Inputs   string `json:"inputs_sha256"`
}

// filed is the filing that the volume compares with; nil where it compares
// with none.
func (l *Library) filed(v *volume) (*Filed, error) {
	m := filing.Manifest{ID: v.filing}
	switch {
	case v.from != 0:
		all, err := filing.Of(l.Filings, v.siren, v.from)
		if err != nil || len(all) == 0 {
			return nil, err
		}
		m = all[len(all)-1]
	case v.filing == "":
		return nil, nil
	default:
		f, err := filing.Named(l.Filings, v.filing)
		if err != nil {
			return nil, err
		}
		m = f.Manifest
		if err := f.Close(); err != nil {
			return nil, err
		}
	}
	return &Filed{ID: m.ID, Date: l.words.Day(m.Date), Software: m.Software, Inputs: m.Inputs}, nil
}

// earlier are the sites of the year with which the volume compares.
func (l *Library) earlier(ctx context.Context, v *volume) ([]*reports.SiteResult, error) {
	if v.from == 0 {
		return nil, nil
	}
	d, err := l.dossier(ctx, shelf{siren: v.siren, year: v.from})
	if err != nil {
		return nil, fmt.Errorf("the sites in %d: %w", v.from, err)
	}
	return d.Sites, nil
}
