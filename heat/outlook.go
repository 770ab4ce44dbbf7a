package heat

import (
	"errors"
	"fmt"
	"math"

	"thermie/interval"
)

// Outlook is how a data center's heat may develop.
type Outlook struct {
	Ramp    []float64 // share of today's heat in each year; the last one holds on
	Closure float64   // probability that the site closes within a year
	Years   int
}

// YearHeat is one year of an outlook.
type YearHeat struct {
	Year                 int     // 1 is the first
	Share                float64 // of today's heat
	Survival             float64 // probability that the site still runs in the middle of the year
	Captured, Delivered  interval.Energy
	Electricity          interval.Energy
	Expected             interval.Energy // captured, times survival
	ExpectedDelivered    interval.Energy
	ExpectedElectricity  interval.Energy
	CumulatedExpectation interval.Energy
}

// Expect matches each year's heat with the network. A year of half the heat
// gives more than half of what is captured: the network takes the first
// megawatt for longer than the last.
//
// Method: RU1.
func Expect(sources []Source, n Network, o Outlook) ([]YearHeat, error) {
	if o.Years < 1 || o.Years > 100 || len(o.Ramp) == 0 || !(o.Closure >= 0 && o.Closure < 1) {
		return nil, errors.New("outlook: give 1 to 100 years, the shares of the ramp-up, and a yearly probability of closure below 1")
	}
	known := map[float64]*Allocation{}
	years := make([]YearHeat, o.Years)
	var sum interval.Energy
	for i := range years {
		share := o.Ramp[min(i, len(o.Ramp)-1)]
		if known[share] == nil {
			if !(share >= 0 && share <= 100) {
				return nil, fmt.Errorf("outlook: year %d has a share of %g", i+1, share)
			}
			a, err := Allocate(scaled(sources, share), n)
			if err != nil {
				return nil, fmt.Errorf("outlook, year %d: %w", i+1, err)
			}
			known[share] = a
		}
		a := known[share]
		survival := Survival(o.Closure, i+1)
		y := YearHeat{Year: i + 1, Share: share, Survival: survival,
			Captured: interval.Energy(a.Captured.Value), Delivered: interval.Energy(a.Delivered.Value), Electricity: interval.Energy(a.Electricity.Value)}
		likely := interval.Energy(survival)
		y.Expected, y.ExpectedDelivered, y.ExpectedElectricity = likely*y.Captured, likely*y.Delivered, likely*y.Electricity
		sum += y.Expected
		y.CumulatedExpectation = sum
		years[i] = y
	}
	return years, nil
}

// Survival returns the probability that a site still runs in the middle of a
// year, of which 1 is the first, by its yearly probability of closure.
//
// Method: RU1.
func Survival(closure float64, year int) float64 { return math.Pow(1-closure, float64(year)-0.5) }

// scaled returns the sources with a share of their heat.
func scaled(sources []Source, share float64) []Source {
	out := make([]Source, len(sources))
	for i, s := range sources {
		s.Heat = scaledPower(s.Heat, share)
		out[i] = s
	}
	return out
}

// Concession returns the cost with every investment written off within a
// term of years: what lives longer has to be paid by then, and what is left of
// it has no value.
//
// Method: EC5.
func (c HeatCost) Concession(term float64) HeatCost {
	investments := make([]Investment, len(c.Investments))
	for i, one := range c.Investments {
		one.Years = min(one.Years, term)
		investments[i] = one
	}
	c.Investments = investments
	return c
}

// LevelisedOver returns the cost of heat, €/J, when each year has its own
// expected heat: the investment is paid at the start, whatever comes, and
// what is expected of later years is discounted. Investments that live
// shorter than the years are not bought again.
//
// Method: EC6.
func (c HeatCost) LevelisedOver(years []YearHeat) float64 {
	var cost, heat float64
	for _, i := range c.Investments {
		cost += max(0, i.Cost*(1-i.Aid)-i.Grant)
	}
	for _, y := range years {
		worth := math.Pow(1+c.Discount, -float64(y.Year))
		year := c.VariableOM*float64(y.ExpectedDelivered) + c.ElectricityPrice*float64(y.ExpectedElectricity) + c.SourcePrice*float64(y.Expected)
		for _, i := range c.Investments {
			year += i.Cost * i.FixedOM * y.Survival
		}
		cost, heat = cost+worth*year, heat+worth*float64(y.ExpectedDelivered)
	}
	return cost / heat
}
