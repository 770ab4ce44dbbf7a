package agent

// boldRating is how many times the rated IT power of a site can flow at one
// point of it: more than ever does, and far less than a wrong reading says.
const boldRating = 10

// rated tells the counter of an energy how fast it can grow: by the point's
// max_kw or else, with a wide margin, by the rating of the site. It is what
// keeps a first reading of zero, or one of garbage, from becoming energy.
func (s *site) rated(c channel) channel {
	nature, _ := c.Kind.Nature()
	if !nature.Counter || nature.Unit != "J" {
		return c
	}
	c.register.MaxRate = boldRating * s.cfg.Site.RatedITKW * 1000
	for _, p := range s.cfg.Points {
		if p.ID == c.Meter && p.MaxKW > 0 {
			c.register.MaxRate = p.MaxKW * 1000
		}
	}
	return c
}
