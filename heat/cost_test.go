package heat

import (
	"testing"

	"thermie/interval"
)

// workedCost is the bare reference run with a heat pump of a given size.
func workedCost(delivered, electricity interval.Energy, megawatts float64) HeatCost {
	return HeatCost{
		Investments: []Investment{
			{Name: "heat pump", Cost: 890e3 * megawatts, Years: 25, FixedOM: 0.003},
			{Name: "exchanger station", Cost: 100e3 * megawatts, Years: 25},
			{Name: "pipe", Cost: 500 * 640, Years: 40},
		},
		Discount: 0.04, Delivered: delivered, Captured: delivered - electricity, Electricity: electricity,
		VariableOM: 2.26 * EuroPerMWh, ElectricityPrice: 100 * EuroPerMWh,
	}
}

func TestCapitalRecovery(t *testing.T) {
	near(t, "25 years", CapitalRecovery(0.04, 25), 0.0640120, 1e-6)
	near(t, "40 years", CapitalRecovery(0.04, 40), 0.0505235, 1e-6)
	near(t, "free money", CapitalRecovery(0, 20), 0.05, 1e-12)
}

func TestWorkedCostOfHeat(t *testing.T) {
	a := allocate(t, referenceNetwork(t), constantSource("2mw", 2*interval.Megawatt, 8760))
	delivered, electricity := interval.Energy(a.Delivered.Value), interval.Energy(a.Electricity.Value)
	for _, c := range []struct{ megawatts, annual, levelised float64 }{{2.51, 539.7e3, 34.17}, {2.677, 550.7e3, 34.87}} {
		cost := workedCost(delivered, electricity, c.megawatts)
		near(t, "€ a year", cost.Annual(), c.annual, 2e-4)
		near(t, "€/MWh", cost.Levelised()/EuroPerMWh, c.levelised, 3e-4)
		// At its break-even price the heat costs what it is worth.
		cost.SourcePrice = cost.BreakEven(45 * EuroPerMWh)
		near(t, "at break-even, €/MWh", cost.Levelised()/EuroPerMWh, 45, 1e-9)
	}
}

func TestDistance(t *testing.T) {
	// A kilometre of pipe costs 2.05 €/MWh; so 2.05 €/MWh pay for one.
	length := MaxDistance(36.05*EuroPerMWh, 34*EuroPerMWh, 15.8*interval.GigawattHour, 640, 0.04, 40)
	near(t, "m", length, 1000, 5e-3)
	near(t, "too dear at once", 1+MaxDistance(30*EuroPerMWh, 34*EuroPerMWh, interval.GigawattHour, 640, 0.04, 40), 1, 1e-12)
}

func TestAidLowersTheCapitalOnly(t *testing.T) {
	c := workedCost(15794*interval.MegawattHour, 3220.7*interval.MegawattHour, 2.51)
	before := c.Annual()
	c.Investments[2].Aid = 0.5
	near(t, "€ a year", before-c.Annual(), 0.5*320000*CapitalRecovery(0.04, 40), 1e-9)
}

func TestAvoidedCO2(t *testing.T) {
	const gramPerKWh = 1e-3 / 3.6e6
	kg := AvoidedCO2(15794*interval.MegawattHour, 227*gramPerKWh, 0.90, 3220.7*interval.MegawattHour, 50*gramPerKWh)
	near(t, "t", kg/1000, 3822.6, 2e-5)
}
