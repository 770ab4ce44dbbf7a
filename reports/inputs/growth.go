package inputs

import "fmt"

// growthYears is how many years of a site's filling the sheet has lines for.
const growthYears = 5

// growth are the site's heat in the first years, percent of today's.
func growth() []input {
	var list []input
	for year := range growthYears {
		list = append(list, input{id: fmt.Sprintf("ramp_up_%d", year+1), unit: "%", high: 1000,
			get: func(c *Case) value {
				if year >= len(c.Study.RampUp.Percent) {
					return value{}
				}
				return number(c.Study.RampUp.Percent[year])
			},
			set: func(c *Case, v value, from string) { c.grow(year, v.number, from) }})
	}
	return list
}

// grow enters one year; the years before that nobody states are like the one
// before them, the first ones like today.
func (c *Case) grow(year int, percent float64, from string) {
	r := &c.Study.RampUp
	r.Percent = append([]float64(nil), r.Percent...)
	for len(r.Percent) <= year {
		last := 100.0
		if len(r.Percent) > 0 {
			last = r.Percent[len(r.Percent)-1]
		}
		r.Percent = append(r.Percent, last)
	}
	r.Percent[year], r.Origin = percent, origin(r.Origin, from)
}
