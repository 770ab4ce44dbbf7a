package exchange

import (
	"math"
	"strconv"
	"time"

	"thermie/configs"
	"thermie/heat"
	"thermie/interval"
	"thermie/reports"
)

// SourceSeries is one site as a source of heat, hour by hour through a civil
// year, with what an engineer's program wants to know beside it. Every one of
// the engineer's files is a pure function of it, so that they cannot
// contradict each other.
type SourceSeries struct {
	ID    string
	Place interval.Site
	Year  int
	From  time.Time // 1 January 00:00 in fixed UTC+1
	Hours []SourceHour

	Annual         bool                 // Heat is an annual figure; else it is that of some days
	Heat           heat.Quantity        // J, recoverable (« gisement »), what is handed over already included
	HandedOver     heat.Quantity        // J, handed to a third party already
	Supply, Return interval.Temperature // means weighted by heat; NaN unknown
	Points         []interval.Card      // the metering points, newest cards
	Link           *reports.SourceLink  // to the network that takes the heat; nil when none does
	Networks       []configs.Network    // of the territory

	lang     string
	date     time.Time
	software string
}

// SourceHour is one hour of a source, labelled with its start.
type SourceHour struct {
	// Power that is free to be drawn at the tap: the recoverable heat less
	// what is handed over already. It is the mean over the part of the hour
	// that was seen; NaN when nothing was.
	Power          interval.Power
	Supply, Return interval.Temperature // at the tap; NaN unknown
	Flow           interval.VolumeFlow  // at the tap; NaN unknown
	Coverage       float64              // share of the hour that Power rests on
	Tier           heat.Tier
	Stated         bool // the temperatures are stated for the tap, not measured
	Estimated      bool // the hour was a gap and holds an estimate (see Filled)
}

// Known reports whether anything is known of the hour's power.
func (h SourceHour) Known() bool { return !math.IsNaN(float64(h.Power)) }

// unknownHour is an hour of which nothing is known.
func unknownHour() SourceHour {
	nan := math.NaN()
	return SourceHour{Power: interval.Power(nan), Supply: interval.Temperature(nan), Return: interval.Temperature(nan), Flow: interval.VolumeFlow(nan)}
}

// sourceSeries lays a site's results over the civil year. Hours outside the
// site's period are gaps like any other.
func sourceSeries(d *reports.Dossier, r *reports.SiteResult) (*SourceSeries, error) {
	year := heat.YearOf(d.Options.Year, reports.MetropolitanOffset)
	s := &SourceSeries{
		ID: r.ID, Place: r.Place, Year: d.Options.Year, Points: reports.LatestPoints(r.Cards), Networks: d.Area.Networks,
		From:   year.From.In(time.FixedZone("UTC+1", reports.MetropolitanOffset*60)),
		Hours:  make([]SourceHour, year.Hours()),
		Annual: r.Annual(), Heat: r.Heat(), HandedOver: r.Quantity(func(b *heat.Balance) heat.Quantity { return b.HandedOver }),
		Supply: interval.Temperature(math.NaN()), Return: interval.Temperature(math.NaN()),
		lang: d.Options.Lang, date: d.Options.Date, software: d.Options.Software,
	}
	shift := int(r.Period.From.Sub(year.From) / time.Hour)
	for h := range s.Hours {
		s.Hours[h] = unknownHour()
		if at := h - shift; r.Estimate != nil && at >= 0 && at < len(r.Estimate.Hours) {
			s.Hours[h] = sourceHour(r, at)
		}
	}
	if r.Estimate != nil {
		s.Supply, s.Return = r.Estimate.Supply, r.Estimate.Return
	}
	var err error
	s.Link, err = d.Link(r)
	return s, err
}

// sourceHour takes hour h of the site's period.
func sourceHour(r *reports.SiteResult, h int) SourceHour {
	out, in := unknownHour(), r.Estimate.Hours[h]
	if r.Flow != nil {
		out.Flow = interval.VolumeFlow(r.Flow[h])
	}
	if in.Coverage == 0 {
		return out
	}
	out.Power = interval.Power(float64(in.Heat) / (3600 * in.Coverage))
	out.Supply, out.Return, out.Coverage, out.Tier = in.Supply, in.Return, in.Coverage, in.Tier
	balance := r.Balance.Hours[h]
	out.Stated = in.Tier != heat.T1 || balance.Supply != in.Supply
	if given := balance.HandedOver; given.Coverage > 0 {
		out.Power = max(0, out.Power-interval.Power(float64(given.Energy)/(3600*given.Coverage)))
	}
	return out
}

// Available returns the year's heat that is free to be drawn: what is handed
// over already is subtracted. Its uncertainty is that of the recoverable
// heat, of which it is part. It is not known where the data make no annual
// figure.
func (s *SourceSeries) Available() heat.Quantity {
	q := s.Heat
	q.Known = q.Known && s.Annual
	if q.Known && s.HandedOver.Known {
		q.Value = max(0, q.Value-s.HandedOver.Value)
	}
	return q
}

// KnownHours returns how many hours hold a power.
func (s *SourceSeries) KnownHours() int {
	known := 0
	for _, h := range s.Hours {
		if h.Known() {
			known++
		}
	}
	return known
}

// Enough reports whether enough hours are known to speak of the year.
func (s *SourceSeries) Enough() bool {
	return float64(s.KnownHours()) >= heat.EnoughCoverage*float64(len(s.Hours))
}

// enough refuses a series that is too short to speak of the year.
func (s *SourceSeries) enough() error {
	if s.Enough() {
		return nil
	}
	return refuse("few_hours", "known", strconv.Itoa(s.KnownHours()), "hours", strconv.Itoa(len(s.Hours)))
}

// Coverage is the share of the year that the known hours account for.
func (s *SourceSeries) Coverage() float64 {
	var sum float64
	for _, h := range s.Hours {
		sum += h.Coverage
	}
	return sum / float64(len(s.Hours))
}

// Power returns the hourly power, NaN in a gap.
func (s *SourceSeries) Power() []interval.Power {
	p := make([]interval.Power, len(s.Hours))
	for i, h := range s.Hours {
		p[i] = h.Power
	}
	return p
}

// Firm returns what may be counted on; only known hours count.
func (s *SourceSeries) Firm() heat.Firm { return heat.NewFirm(s.Power(), s.From) }

// At returns the start of hour h in UTC+1.
func (s *SourceSeries) At(h int) time.Time { return s.From.Add(time.Duration(h) * time.Hour) }

// Simulated reports whether the figures rest on simulated data.
func (s *SourceSeries) Simulated() bool {
	return s.Heat.Simulated || s.Place.Data == interval.SimulatedData
}

// Located reports whether the site has a position.
func (s *SourceSeries) Located() bool { return located(s.Place.Longitude, s.Place.Latitude) }

// located tells a position from one that nobody entered.
func located(longitude, latitude float64) bool {
	return !math.IsNaN(longitude) && !math.IsNaN(latitude) && (longitude != 0 || latitude != 0)
}

// Name is the site's name, its id where it has none.
func (s *SourceSeries) Name() string {
	if s.Place.Name != "" {
		return s.Place.Name
	}
	return s.ID
}
