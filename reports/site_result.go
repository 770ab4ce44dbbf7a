package reports

import (
	"context"
	"errors"
	"fmt"
	"math"
	"time"

	"thermie/heat"
	"thermie/interval"
)

// SiteResult is one site's year: the balance and the recoverable heat over
// the whole year, or over the days that hold data where these are too few
// for an annual figure.
type SiteResult struct {
	ID    string
	Place interval.Site
	Cards []interval.Card // of the points

	Year      int
	Period    heat.Period // the year, or the whole days that hold data
	WholeYear bool        // enters annual totals
	Declared  bool        // no meter at all: the card alone speaks

	Balance  *heat.Balance
	Estimate *heat.Estimate // nil when nothing can be said of the heat
	Offer    heat.Source    // the estimate as a network sees it; empty without
	Fault    error          // why the site's data could not be used; the other sites stand
	Flow     []float64      // m³/s at the tap by hour, NaN unknown; nil without a flow meter
	Records  int            // how many hours of points and kinds the figures rest on

	RejectedByClass, HandedOverByClass ByClass // nil without an estimate

	// MeasuredTemperatures says that sensors saw the tap's supply temperature
	// in at least half of the hours; else what is printed is stated by the
	// site or assumed for its tap.
	MeasuredTemperatures bool
	DegreeDays           float64 // K·d of the period by the site's own sensor; NaN unless it saw every hour

	Inputs Digest // of the cards and records

	Withheld bool   // this edition's readers may not know which site it is
	owner    string // in an edition that does not say it
}

// ErrNoCard is returned for a site of which nothing says what or where it is.
var ErrNoCard = errors.New("no card describes the site")

func unknownSite(id string) error {
	return fmt.Errorf("site %s: %w\nhint: its agent sends the card at start; a declared site stands under sites: in the collector's configuration", id, ErrNoCard)
}

// ReadSite reads a site's year from src and computes its results. An error
// means that src could not be read or does not know the site; data that
// cannot be used are a Fault of the result.
func ReadSite(ctx context.Context, src Source, id string, o Options) (*SiteResult, error) {
	cards, err := src.Cards(ctx, id)
	if err != nil {
		return nil, fmt.Errorf("reading the cards of site %s: %w", id, err)
	}
	place, points, ok := splitCards(cards)
	if !ok {
		return nil, unknownSite(id)
	}
	if err := refuseFictitiousSite(id, place, o); err != nil {
		return nil, err
	}
	year := heat.YearOf(o.Year, place.UTCOffsetMin)
	records, err := readings(ctx, src, id, place, year)
	if err != nil {
		return nil, err
	}
	cards, points = Installed(cards, records, year.To), Installed(points, records, year.To)
	r := &SiteResult{ID: id, Place: place, Cards: points, Year: o.Year, Records: len(records), Inputs: DigestOf(cards, records),
		DegreeDays: math.NaN()}
	r.choosePeriod(year, records)
	r.compute(cards, records)
	return r, nil
}

// splitCards returns the latest description of the site and the points' cards.
func splitCards(cards []interval.Card) (place interval.Site, points []interval.Card, ok bool) {
	var latest interval.Card
	for _, c := range cards {
		if c.Meter != interval.SiteCard {
			points = append(points, c)
			continue
		}
		if c.Place == nil {
			continue
		}
		if !ok || c.ValidFrom > latest.ValidFrom || c.ValidFrom == latest.ValidFrom && c.Rev > latest.Rev {
			latest, ok = c, true
		}
	}
	if ok {
		place = *latest.Place
	}
	return place, points, ok
}

// choosePeriod sets the period: the whole year where the data span at least
// heat.EnoughCoverage of it or where there are no meters, else the whole days,
// in the site's standard time, that hold data.
func (r *SiteResult) choosePeriod(year heat.Period, records []interval.Record) {
	r.Period, r.WholeYear = year, true
	first, last := knownSpan(records)
	if first == last {
		r.Declared = true
		return
	}
	if float64(last-first) >= heat.EnoughCoverage*year.To.Sub(year.From).Seconds() {
		return
	}
	const day = 24 * time.Hour
	offset := time.Unix(first, 0).Sub(year.From)
	from := year.From.Add(offset.Truncate(day))
	to := from.Add((time.Unix(last, 0).Sub(from) + day - 1).Truncate(day))
	r.Period, r.WholeYear = heat.Period{From: from, To: to}, false
}

// knownSpan returns the first start and the last end of records that know
// something, be it estimated; both are 0 when none does.
func knownSpan(records []interval.Record) (first, last int64) {
	for _, rec := range records {
		if rec.Gap() && !rec.Flags.Has(interval.LeftOut) {
			continue
		}
		if last == 0 || rec.Start < first {
			first = rec.Start
		}
		last = max(last, rec.End())
	}
	return first, last
}

// compute forms balance and estimate; what goes wrong is the site's Fault.
func (r *SiteResult) compute(cards []interval.Card, records []interval.Record) {
	data := heat.SiteData{ID: r.ID, Site: r.Place, Cards: cards, Records: records}
	balance, err := heat.NewBalance(data, r.Period)
	if err != nil {
		r.fail(fmt.Errorf("balance of site %s: %w", r.ID, err))
		return
	}
	r.Balance = balance
	r.sense()
	estimate, err := balance.Estimate()
	if err != nil {
		r.fail(fmt.Errorf("recoverable heat of site %s: %w", r.ID, err))
		return
	}
	r.Estimate, r.Flow = estimate, hourlyFlow(r.Cards, records, r.Period)
	r.Offer = balance.Offer(estimate, r.ID)
	r.classify()
}

// sense notes what the site's own temperature sensors saw.
func (r *SiteResult) sense() {
	hours, seen, outside := r.Balance.Hours, 0, 0
	outdoor := make([]interval.Temperature, len(hours))
	for h := range hours {
		outdoor[h] = hours[h].Outdoor
		if !math.IsNaN(float64(hours[h].Supply)) {
			seen++
		}
		if !math.IsNaN(float64(hours[h].Outdoor)) {
			outside++
		}
	}
	r.MeasuredTemperatures = 2*seen >= len(hours)
	if outside == len(hours) {
		r.DegreeDays = heat.DegreeDays(outdoor, r.Period.From, heat.DegreeDayBase, heat.MeteoDegreeDay, nil)
	}
}

// WithHours reads the hours that a dossier's site has forgotten.
func (r *SiteResult) WithHours(ctx context.Context, src Source, o Options) error {
	whole, err := ReadSite(ctx, src, r.ID, o)
	if err != nil {
		return err
	}
	if whole.Inputs != r.Inputs {
		return fmt.Errorf("site %s has new intervals since its dossier was computed\nhint: write the report again", r.ID)
	}
	r.Balance = whole.Balance
	return nil
}

// fail keeps a fault and takes the site out of the annual totals.
func (r *SiteResult) fail(err error) { r.Fault, r.WholeYear = err, false }

// Heat returns the site's recoverable heat (« gisement ») over its period.
func (r *SiteResult) Heat() heat.Quantity {
	if r.Estimate == nil {
		return heat.Quantity{}
	}
	return r.Estimate.Recoverable
}

// Annual reports whether the site's heat enters the annual totals: a whole
// year, and at least heat.EnoughCoverage of it accounted for.
func (r *SiteResult) Annual() bool {
	q := r.Heat()
	return r.WholeYear && q.Known && q.Coverage >= heat.EnoughCoverage
}

// Quantity returns one of the balance's quantities, unknown without a balance.
func (r *SiteResult) Quantity(of func(*heat.Balance) heat.Quantity) heat.Quantity {
	if r.Balance == nil {
		return heat.Quantity{}
	}
	return of(r.Balance)
}

// Simulated reports whether the site's data are said to come from a
// simulation.
func (r *SiteResult) Simulated() bool { return r.Place.Data == interval.SimulatedData }

// SiteName is how a site is called in tables.
func SiteName(s *SiteResult) string { return s.Place.Name }
