package reports

import "fmt"

// Limits are the thresholds that texts set, for what the reports decide by
// them. They stand in factors/references.yaml, each with its source and the
// day on which it was read.
type Limits struct {
	PublishedKW       float64 // IT power from which a site's indicators are published
	DeclaredKW        float64 // power above which heat is declared
	ClassifiedPercent float64 // share of EnR&R above which a public network is classified
	FundMWh           float64 // heat a year above which the Fonds Chaleur aids recovery
	FundMWhPerMetre   float64 // heat a year and metre of route that it asks of a network
}

// Thresholds reads the limits. One that the table does not state, or states in
// another unit, is an error: nothing is decided by a number of the code's own.
func Thresholds() (l Limits, err error) {
	all, err := References()
	if err != nil {
		return l, err
	}
	stated := map[string]Reference{}
	for _, r := range all {
		stated[r.ID] = r
	}
	for _, limit := range []struct {
		id, unit string
		into     *float64
	}{
		{"l236_1", "kW", &l.PublishedKW}, {"l711_1", "kW", &l.DeclaredKW}, {"decree_2022_666", "%", &l.ClassifiedPercent},
		{"fund_1gwh", "MWh", &l.FundMWh}, {"fund_density", "MWh/m", &l.FundMWhPerMetre},
	} {
		r := stated[limit.id]
		if r.Value <= 0 || r.Unit != limit.unit {
			return l, fmt.Errorf("factors/references.yaml: %s states no threshold in %s", limit.id, limit.unit)
		}
		*limit.into = r.Value
	}
	return l, nil
}
