package heat

import "thermie/interval"

// catalogueTerms are costs of the Danish Energy Agency's catalogue.
func catalogueTerms(electricity float64) Terms {
	return Terms{
		HeatPump: 0.890, Station: 0.100, PlantYears: 25, FixedOM: 0.003, VariableOM: 2.26 * EuroPerMWh,
		Pipe:      []PipePrice{{interval.Megawatt, 460}, {5 * interval.Megawatt, 640}, {25 * interval.Megawatt, 1185}},
		PipeYears: 40, Detour: 1.3, Discount: 0.04, Electricity: electricity,
		LeastSCOP: 1.5,
	}
}
