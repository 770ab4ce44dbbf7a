package heat

import (
	"math"

	"thermie/interval"
)

// EuroPerMWh turns a price as people state it into €/J.
const EuroPerMWh = 1 / float64(interval.MegawattHour)

// Investment is one thing to be bought.
type Investment struct {
	Name    string
	Cost    float64 // €
	Years   float64 // of life
	FixedOM float64 // yearly operation and maintenance, share of Cost
	Aid     float64 // share of Cost paid by others, 0..1
	Grant   float64 // € paid by others, after the share
}

// HeatCost is a yearly production of heat and what it takes. Prices are in
// €/J, see EuroPerMWh.
type HeatCost struct {
	Investments []Investment
	Discount    float64 // yearly rate, e.g. 0.04

	Delivered   interval.Energy // a year
	Captured    interval.Energy // a year, bought from the data center
	Electricity interval.Energy // a year

	VariableOM       float64 // per heat delivered
	ElectricityPrice float64
	SourcePrice      float64 // per heat captured
}

// CapitalRecovery returns the share of an investment that a year of its life
// has to earn.
//
// Method: EC1.
func CapitalRecovery(rate, years float64) float64 {
	if rate == 0 {
		return 1 / years
	}
	return rate / (1 - math.Pow(1+rate, -years))
}

// Annual returns the cost of a year in €.
//
// Method: EC2.
func (c HeatCost) Annual() float64 {
	sum := c.VariableOM*float64(c.Delivered) + c.ElectricityPrice*float64(c.Electricity) + c.SourcePrice*float64(c.Captured)
	for _, i := range c.Investments {
		sum += max(0, i.Cost*(1-i.Aid)-i.Grant)*CapitalRecovery(c.Discount, i.Years) + i.Cost*i.FixedOM
	}
	return sum
}

// Payback returns the years in which an investment without aid pays for itself
// where the heat delivered is worth a price (€/J): infinite where a year costs
// more than it brings.
//
// Method: EC7.
func (c HeatCost) Payback(worth float64) float64 {
	gain := (worth-c.VariableOM)*float64(c.Delivered) - c.ElectricityPrice*float64(c.Electricity) - c.SourcePrice*float64(c.Captured)
	var invested float64
	for _, i := range c.Investments {
		invested += i.Cost
		gain -= i.Cost * i.FixedOM
	}
	if gain <= 0 {
		return math.Inf(1)
	}
	return invested / gain
}

// Levelised returns the cost of heat delivered, €/J.
//
// Method: EC2.
func (c HeatCost) Levelised() float64 { return c.Annual() / float64(c.Delivered) }

// BreakEven returns the price per heat captured, €/J, at which the heat
// delivered costs exactly worth (€/J). Below zero the data center would have
// to pay.
//
// Method: EC3.
func (c HeatCost) BreakEven(worth float64) float64 {
	c.SourcePrice = 0
	return (worth*float64(c.Delivered) - c.Annual()) / float64(c.Captured)
}

// MaxDistance returns the trench length in m that heat can pay for: worth
// and plant are the value of the heat and its cost without the pipe (€/J),
// pipe is €/m over years of life.
//
// Method: EC4.
func MaxDistance(worth, plant float64, annual interval.Energy, pipe, rate, years float64) float64 {
	return max(0, (worth-plant)*float64(annual)/(CapitalRecovery(rate, years)*pipe))
}

// AvoidedCO2 returns the kilograms of CO2 that a year of delivered heat
// spares: the heat's reference at a factor (kg/J) and an efficiency, less the
// electricity at its own. The factors' names belong beside the figure, and
// factors of different sets are never mixed.
//
// Method: CO1.
func AvoidedCO2(delivered interval.Energy, reference, efficiency float64, electricity interval.Energy, grid float64) float64 {
	return float64(delivered)*reference/efficiency - float64(electricity)*grid
}
