package collector

import (
	"fmt"
	"strconv"

	"thermie/daemon"
	"thermie/interval"
	"thermie/reports"
)

// firstYear is the first of which a page may be asked for.
const firstYear = 1990

// period is the years for which something is known, and the one to show.
type period struct{ first, last, chosen int }

// period chooses the year of a page about these sites: the one that the
// reader asks for, else the last that is over and has data, else the last
// that has any.
func (v *visit) period(sites ...string) (period, error) {
	over := v.now().UTC().Year() - 1
	var p period
	for _, site := range sites {
		from, to, ok, err := v.registry.Span(v.ctx, site)
		if err != nil {
			return p, err
		}
		if !ok {
			continue
		}
		// A civil year in France begins at 23 h UTC: what ends within the
		// first hours of a year belongs to the one before.
		first, last := from.AddDate(0, 0, 1).Year(), to.AddDate(0, 0, -1).Year()
		if p.first == 0 || first < p.first {
			p.first = first
		}
		p.last = max(p.last, last, first)
	}
	switch {
	case p.first == 0:
		p.chosen = over
	default:
		p.chosen = min(p.last, max(over, p.first))
	}
	if text := v.r.URL.Query().Get("year"); text != "" {
		year, err := strconv.Atoi(text)
		if err != nil || year < firstYear || year > over+2 {
			return p, fmt.Errorf("%q is no year of measurement: %w", text, errNoPage)
		}
		p.chosen = year
	}
	return p, nil
}

// options are those of a report shown or sent from here. What is fictitious
// appears within a fictitious territory or on its own page only, under the
// banner of the demonstration.
func (v *visit) options(year int, fictitious bool) reports.Options {
	return reports.Options{Year: year, Lang: v.lang, Date: v.now(), Software: daemon.Version(), AllowFictitious: fictitious}
}

// provenance names what a site's numbers are.
func (v *visit) provenance(p interval.Provenance) string {
	if word, ok := v.words[string(p)]; ok && p != "" {
		return word
	}
	return v.words["unknown"]
}
