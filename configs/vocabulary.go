package configs

import (
	"slices"

	"thermie/interval"
)

// The closed lists of words that a configuration may use.
var (
	roles = words(interval.RoleTotal, interval.RoleIT, interval.RoleCooling, interval.RolePower,
		interval.RoleAuxiliary, interval.RoleHeat, interval.RoleHandover, interval.RoleClimate, interval.RoleWater)
	provenances = words(interval.MeasuredData, interval.SimulatedData, interval.DeclaredData)

	// taps are the places where heat can be drawn; heat holds what follows
	// from each.
	taps   = []string{"return_air", "chilled_water_return", "condenser", "rear_door", "direct_to_chip", "immersion"}
	media  = []string{"water", "meg", "mpg"}
	sides  = []string{"supply", "return"}
	fluids = []string{"hot_water", "superheated_water", "steam", "loop"}

	injections       = []string{"return_to_supply", "return_to_return", "supply_to_return"}
	loadProfiles     = []string{"SFH", "MFH", "COM"}
	degreeDayMethods = []string{"costic", "meteo"}

	// factorBases say what an emission factor counts; the reports have a
	// word for each.
	factorBases = []string{"mix", "electric_heating", "gas_lhv", "gas_life_cycle", "gas_combustion", "network_direct", "network_life_cycle"}

	// climateZones are those of the French thermal regulation of 2012.
	climateZones = []string{"H1a", "H1b", "H1c", "H2a", "H2b", "H2c", "H2d", "H3"}

	// territoryKinds: communauté de communes, d'agglomération, urbaine,
	// métropole, établissement public territorial, commune.
	territoryKinds = []string{"CC", "CA", "CU", "ME", "EPT", "commune"}
)

func words[T ~string](values ...T) []string {
	out := make([]string, len(values))
	for i, v := range values {
		out[i] = string(v)
	}
	return out
}

// kindNames lists the kinds, sorted, for hints.
func kindNames() []string {
	names := words(interval.Kinds()...)
	slices.Sort(names)
	return names
}
