package agent

import (
	"thermie/configs"
	"thermie/interval"
)

// boldRating is how many times the rated IT power of a site can flow at one
// point of it: more than any does, and far less than a wrong reading says.
const boldRating = 10

// rated tells the counter of an energy how fast it can grow, which keeps a
// reading of garbage from becoming energy.
func (s *site) rated(c channel) channel {
	if countsEnergy(c.Kind) {
		c.register.MaxRate = float64(mostPower(s.cfg, c.Meter))
	}
	return c
}

// mostPower is the most that can flow at a point: its max_kw or else, with a
// wide margin, the rating of the site. 0: neither is stated.
func mostPower(cfg *configs.Agent, point string) interval.Power {
	for _, p := range cfg.Points {
		if p.ID == point && p.MaxKW > 0 {
			return interval.Power(p.MaxKW) * interval.Kilowatt
		}
	}
	return boldRating * interval.Power(cfg.Site.RatedITKW) * interval.Kilowatt
}

// unbounded are the energy counters of which nothing says how fast they grow.
func unbounded(cfg *configs.Agent, all []interval.Series) (some []interval.Series) {
	for _, s := range all {
		if countsEnergy(s.Kind) && mostPower(cfg, s.Meter) == 0 {
			some = append(some, s)
		}
	}
	return some
}

func countsEnergy(k interval.Kind) bool {
	nature, _ := k.Nature()
	return nature.Counter && nature.Unit == "J"
}
