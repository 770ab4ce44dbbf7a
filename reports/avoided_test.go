package reports_test

import (
	"testing"

	"thermie/configs"
	"thermie/reports"
)

// The factors are the last ones up to the reference year: a year before the
// first has none, and a later table does not stand in for it.
func TestAvoidedCO2IsReckonedByTheFactorsOfTheYear(t *testing.T) {
	inputs, err := reports.StudyInputs()
	if err != nil {
		t.Fatal(err)
	}
	for year, want := range map[int]string{2012: "", 2022: "", 2023: "electricity_mix_2023", 2024: "electricity_mix_2023", 2025: "electricity_mix_2025", 2031: "electricity_mix_2025"} {
		by, err := inputs.CarbonFactors(reports.Area{}, year)
		if err != nil || by.Electricity.ID != want || by.Known() != (want != "") {
			t.Errorf("%d: electricity by %q, known %t, %v; want %q", year, by.Electricity.ID, by.Known(), err, want)
		}
		if (by.Fuel.ID != "") != (year >= 2022) {
			t.Errorf("%d: fuel by %q", year, by.Fuel.ID)
		}
	}
}

// What an authority declares for a year counts in it; of another set it is
// refused, for sets are never mixed.
func TestADeclaredFactorCountsInItsSet(t *testing.T) {
	inputs, err := reports.StudyInputs()
	if err != nil {
		t.Fatal(err)
	}
	own := configs.Factor{ID: "mix_2024", Value: 0.05, Unit: "kgCO2e/kWh", Basis: "mix", Year: 2024, Set: "Base Empreinte 2024", Source: "essai", Status: "read"}
	by, err := inputs.CarbonFactors(reports.Area{Factors: []configs.Factor{own}}, 2024)
	if err != nil || by.Electricity.Value != own.Value {
		t.Errorf("%+v, %v", by.Electricity, err)
	}
	own.Set = "RE2020"
	if _, err := inputs.CarbonFactors(reports.Area{Factors: []configs.Factor{own}}, 2024); err == nil {
		t.Error("factors of two sets are mixed")
	}
}
