package explain

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"thermie/configs"
	"thermie/disclosure"
	"thermie/interval"
	"thermie/reports"
	"thermie/reports/document"
	"thermie/reports/engineer"
	"thermie/reports/pcaet"
)

// Library holds the reports of a source, written when they are first asked
// for, and finds figures in them by their codes.
type Library struct {
	Source  reports.Source
	AreaOf  func(siren string) (reports.Area, error)
	SIRENs  []string // territories to search; none: the sites alone
	Years   []int    // years to search, in this order
	Filings string   // folder of what was filed; empty for none
	Options reports.Options

	words     reports.Draft
	templates map[string]configs.Template
	exact     bool // the readers see every value
	volumes   map[string]*volume
	dossiers  map[string]*reports.Dossier
	records   map[string][]interval.Record
	read      map[string][]Reading // by site, period and point
}

// NewLibrary opens a library; what its fields say is searched.
func NewLibrary(l Library) (*Library, error) {
	o, err := l.Options.WithDefaults()
	if l.Options.Year == 0 && len(l.Years) > 0 {
		l.Options.Year = l.Years[0]
		o, err = l.Options.WithDefaults()
	}
	if err != nil {
		return nil, err
	}
	l.Options = o
	w, err := reports.WordsOf(o.Lang)
	if err != nil {
		return nil, err
	}
	if l.templates, err = configs.Templates(); err != nil {
		return nil, err
	}
	profile, listed := disclosure.ProfileByID(o.Disclosure)
	if !listed {
		return nil, fmt.Errorf("no disclosure profile %q\nhint: -disclosure takes public, authority, engineer or operator", o.Disclosure)
	}
	l.words, l.exact = reports.Draft{Words: w}, profile.Exact
	l.volumes, l.dossiers, l.records = map[string]*volume{}, map[string]*reports.Dossier{}, map[string][]interval.Record{}
	l.read = map[string][]Reading{}
	return &l, nil
}

// shelf names one report: its kind, its territory ("" for none), its site
// (pcaet has none) and its year, of which sites it is computed (nil: all), and
// with which year or filing it is compared.
type shelf struct {
	report, siren, site string
	year                int
	from                int    // 0 for none
	filing              string // id
	of                  []string
	again               bool // computed once more
}

// String is the key by which a volume is found again.
func (s shelf) String() string {
	return fmt.Sprint(s.report, "|", s.siren, "|", s.site, "|", s.year, "|", s.from, "|", s.filing, "|", strings.Join(s.of, ","), "|", s.again)
}

// volume is one written report.
type volume struct {
	shelf
	title   string
	dossier *reports.Dossier
	written *pcaet.Report // nil for other reports
	figures []reports.Placed
}

// find returns the figure of that code as the volume prints it first, or in a
// unit: MWh and GWh of one figure have one code.
func (v *volume) find(code, unit string) (reports.Placed, bool) {
	i := slices.IndexFunc(v.figures, func(p reports.Placed) bool {
		return p.Figure.Code == code && (unit == "" || p.Figure.Unit == unit)
	})
	if i < 0 {
		return reports.Placed{}, false
	}
	return v.figures[i], true
}

// open writes a report, or takes it from the shelf.
func (l *Library) open(ctx context.Context, s shelf) (*volume, error) {
	if v, written := l.volumes[s.String()]; written {
		return v, nil
	}
	d, err := l.dossier(ctx, s)
	if err != nil {
		return nil, err
	}
	if d, err = l.compared(ctx, d, s); err != nil {
		return nil, err
	}
	v := &volume{shelf: s, dossier: d}
	doc, err := l.write(ctx, v)
	if err != nil {
		return nil, err
	}
	v.title, v.figures = doc.Title, reports.FiguresOf(doc.Blocks)
	l.volumes[s.String()] = v
	return v, nil
}

// dossier computes the figures of a territory's year.
func (l *Library) dossier(ctx context.Context, s shelf) (*reports.Dossier, error) {
	s.report, s.site, s.from, s.filing = "", "", 0, "" // every report of one territory and year shares it
	if d, computed := l.dossiers[s.String()]; computed {
		return d, nil
	}
	area, err := l.AreaOf(s.siren)
	if err != nil {
		return nil, err
	}
	if s.of != nil {
		area.Territory.Sites = s.of
	}
	o := l.Options
	o.Year = s.year
	d, err := reports.Build(ctx, l.Source, area, o)
	if err == nil {
		l.dossiers[s.String()] = d
	}
	return d, err
}

// write writes a volume's document.
func (l *Library) write(ctx context.Context, v *volume) (_ *document.Document, err error) {
	d, s := v.dossier, v.shelf
	if s.report == "pcaet" {
		if v.written, err = pcaet.Write(d); err != nil {
			return nil, err
		}
		return v.written.Document(), nil
	}
	if s.report == reports.SiteReport {
		o := d.Options
		return engineer.SiteDocument(ctx, l.Source, s.site, o)
	}
	r, err := l.siteOf(ctx, d, s.site)
	if err != nil {
		return nil, err
	}
	if s.report == "network" {
		return engineer.WriteNetworkDocument(d, r)
	}
	return engineer.WriteStudyDocument(d, r)
}

// siteOf is a site of the dossier, or one beside it.
func (l *Library) siteOf(ctx context.Context, d *reports.Dossier, id string) (*reports.SiteResult, error) {
	for _, s := range d.Sites {
		if s.ID == id {
			return s, s.WithHours(ctx, l.Source, d.Options)
		}
	}
	return reports.ReadSite(ctx, l.Source, id, d.Options)
}

// shelves are the reports to look through, those of territories first. Only
// these are for readers who do not see every value.
func (l *Library) shelves(ctx context.Context) ([]shelf, error) {
	var all, single []shelf
	known, err := l.Source.Sites(ctx)
	if err != nil {
		return nil, fmt.Errorf("listing the sites: %w", err)
	}
	taken := map[string]bool{}
	add := func(siren, site string, year int) {
		for _, report := range []string{reports.SiteReport, "network", "study"} {
			single = append(single, shelf{report: report, siren: siren, site: site, year: year})
		}
	}
	for _, year := range l.Years {
		for _, siren := range l.SIRENs {
			all = append(all, shelf{report: "pcaet", siren: siren, year: year})
			area, err := l.AreaOf(siren)
			if err != nil {
				return nil, err
			}
			for _, site := range area.Territory.Sites {
				if slices.Contains(known, site) {
					taken[site] = true
					add(siren, site, year)
				}
			}
		}
		for _, site := range known {
			if !taken[site] {
				add("", site, year)
			}
		}
	}
	if !l.exact {
		return all, nil
	}
	return append(all, single...), nil
}

// ErrNoFigure is returned for a code that no report prints.
var ErrNoFigure = errors.New("no report prints a figure of this code")

// find looks for a code in report after report. One that cannot be written
// holds up none of the others.
func (l *Library) find(ctx context.Context, code string) (*volume, reports.Placed, error) {
	shelves, err := l.shelves(ctx)
	if err != nil {
		return nil, reports.Placed{}, err
	}
	s, compared, err := l.comparison(code)
	if compared {
		shelves = []shelf{s}
	}
	faults, read := []error{err}, 0
	for _, s := range shelves {
		if ctx.Err() != nil {
			return nil, reports.Placed{}, ctx.Err()
		}
		v, err := l.open(ctx, s)
		if err != nil {
			if !errors.Is(err, reports.ErrNoCard) {
				faults = append(faults, fmt.Errorf("the report %s of %s %d: %w", s.report, s.siren+s.site, s.year, err))
			}
			continue
		}
		if p, found := v.find(code, ""); found {
			return v, p, nil
		}
		read++
	}
	hint := fmt.Errorf("%w\nhint: %d reports were looked through; -territory, -year and -lang do not change a code, but a figure is only found in the years that are searched", ErrNoFigure, read)
	return nil, reports.Placed{}, errors.Join(append([]error{hint}, faults...)...)
}
