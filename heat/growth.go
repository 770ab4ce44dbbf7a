package heat

import "math"

// Growth is a yearly rate over the years from From to Until, both counted.
type Growth struct {
	Rate        float64 // 0.02 a year; negative for a decline
	From, Until int     // Until 0: it goes on
}

// Factor returns what a year's amount is of that before the growth.
//
// Method: TR1.
func (g Growth) Factor(year int) float64 {
	if g.Until != 0 {
		year = min(year, g.Until)
	}
	return math.Pow(1+g.Rate, float64(max(0, year-g.From+1)))
}
