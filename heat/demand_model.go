package heat

import (
	"math"
	"time"

	"thermie/interval"
)

// DemandModel is what is known of a network's demand. Its own hours come
// first, then a standard load profile, then degree hours.
type DemandModel struct {
	Series    []interval.Power     // the network's own hours, see ReadDemand
	Annual    interval.Energy      // of a normal year, see NormaliseDemand
	Profile   string               // SFH, MFH or COM; empty: degree hours
	BaseShare float64              // of degree hours, weather-independent
	Base      interval.Temperature // of degree hours; zero takes DefaultHeatingBaseTemp
}

// unlikelyRatio is between a series' sum and the yearly heat that is stated
// beside it: from there on a unit is wrong.
const unlikelyRatio = 2

// Hours returns the demand of each hour of the outdoor series, which starts
// at start, and the id of the method that formed it.
//
// Method: DS1, BD1, D1.
func (m DemandModel) Hours(outdoor []interval.Temperature, start time.Time) ([]interval.Power, string, error) {
	if m.Series != nil {
		return m.own(len(outdoor))
	}
	if m.Profile != "" {
		p, known := ProfileByID(m.Profile)
		if !known {
			return nil, "", NewFault("profile_unknown", `demand: profile "{profile}" is unknown: say SFH, MFH or COM`, "profile", excerpt(m.Profile))
		}
		demand, err := p.Demand(m.Annual, outdoor, start)
		return demand, methodProfile, err
	}
	base := m.Base
	if base == 0 {
		base = DefaultHeatingBaseTemp
	}
	return Demand(m.Annual, m.BaseShare, outdoor, base), methodDegreeHours, nil
}

// own returns the network's own hours, unless they contradict its yearly heat.
func (m DemandModel) own(hours int) ([]interval.Power, string, error) {
	if len(m.Series) != hours {
		return nil, "", wrongRows(len(m.Series), hours)
	}
	var sum interval.Energy
	for _, p := range m.Series {
		sum += p.For(hour)
	}
	if ratio := float64(sum / m.Annual); m.Annual > 0 && (ratio > unlikelyRatio || ratio*unlikelyRatio < 1) {
		return nil, "", NewFault("rows_sum", "hourly demand: the rows sum up to {sum_mwh} MWh, the network's year is stated as {stated_mwh} MWh: is the unit of the column right?",
			"sum_mwh", math.Round(float64(sum/interval.MegawattHour)), "stated_mwh", math.Round(float64(m.Annual/interval.MegawattHour)))
	}
	return m.Series, methodOwnSeries, nil
}
