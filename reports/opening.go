package reports

import (
	"cmp"
	"context"
	"slices"
	"time"

	"thermie/disclosure"
)

// Opening says why a field of a site is no secret to those who read a report.
// Its Disclosure names the field by the words of the constants below.
type Opening struct {
	Site    string
	Monthly bool // down to months; else a figure a year
	Reader  bool // for the reader of this edition alone, not for everyone
	disclosure.Disclosure
}

// The fields of a site, each with its own consent. They are those of the
// collector's rights.
const (
	NameField        = "name" // with its operator
	LocationField    = "location"
	ITPowerField     = "it_power"
	HeatField        = "heat"
	TemperatureField = "temperature"
	ElectricityField = "electricity"
)

// Compare orders openings by site, field and source.
func (o Opening) Compare(p Opening) int {
	return cmp.Or(cmp.Compare(o.Site, p.Site), cmp.Compare(o.Field, p.Field), cmp.Compare(o.Source, p.Source), cmp.Compare(o.Date, p.Date))
}

// Openings are the fields that are open, of all sites.
type Openings []Opening

// Consenter is a source that knows what operators consented to, and what they
// publish themselves, at a moment.
type Consenter interface {
	Openings(ctx context.Context, at time.Time) (Openings, error)
}

// Public returns why everyone may know a field of a site; nil where it is
// secret.
func (o Openings) Public(site, field string, monthly bool) *disclosure.Disclosure {
	return o.find(func(p Opening) bool { return p.opens(site, field, monthly) && !p.Reader })
}

// Readable is Public, or why the reader of the edition may know it.
func (o Openings) Readable(site, field string, monthly bool) *disclosure.Disclosure {
	return o.find(func(p Opening) bool { return p.opens(site, field, monthly) })
}

func (o Openings) find(is func(Opening) bool) *disclosure.Disclosure {
	i := slices.IndexFunc(o, is)
	if i < 0 {
		return nil
	}
	return &o[i].Disclosure
}

func (o Opening) opens(site, field string, monthly bool) bool {
	return o.Site == site && o.Field == field && (o.Monthly || !monthly)
}
