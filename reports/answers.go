package reports

import (
	"thermie/heat"
	"thermie/interval"
)

// Answers are how well a site's yearly heat is known by what has been learned
// of it: its installed power alone, what its operator declared, and all that
// there is today. An answer narrows the band, and this says by how much.
type Answers struct {
	Nameplate heat.Quantity // T5; unknown where no power is stated
	Declared  heat.Quantity // T4; unknown where no annual total is
	Today     heat.Quantity
}

// Answers estimates the site's heat as if less were known of it.
func (r *SiteResult) Answers() Answers {
	a := Answers{Today: r.Heat()}
	nameplate, declared := r.Place, r.Place
	nameplate.TotalKWh, nameplate.PUE = 0, 0
	if nameplate.RatedITKW > 0 {
		a.Nameplate = r.asIf(nameplate)
	}
	if declared.TotalKWh > 0 {
		a.Declared = r.asIf(declared)
	}
	return a
}

// asIf is the heat of the period by a description alone, without a meter.
func (r *SiteResult) asIf(place interval.Site) heat.Quantity {
	balance, err := heat.NewBalance(heat.SiteData{ID: r.ID, Site: place}, r.Period)
	if err != nil {
		return heat.Quantity{}
	}
	estimate, err := balance.Estimate()
	if err != nil {
		return heat.Quantity{}
	}
	return estimate.Recoverable
}
