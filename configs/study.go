package configs

import (
	"maps"
	"slices"
)

// Study is what an engineer states of one connection. What is not stated is
// the reports' dated default.
type Study struct {
	Site    string      `yaml:"site"`
	Network string      `yaml:"network"`
	RampUp  RampUp      `yaml:"ramp_up"`
	Stated  []StudyItem `yaml:"stated"`
}

// RampUp is the site's heat in the first years, in percent of today's; the
// last one holds on.
type RampUp struct {
	Percent []float64 `yaml:"percent"`
	Origin  string    `yaml:"origin"`
}

// StudyItem states one input of a study. The unit is written out, so that a
// rate of 5 is not taken for 500 %.
type StudyItem struct {
	ID     string  `yaml:"id"`
	Value  float64 `yaml:"value"`
	Unit   string  `yaml:"unit"`
	Origin string  `yaml:"origin"`
}

// studyInput is what a study's input may be.
type studyInput struct {
	unit      string
	low, high float64
}

// studyInputs are the inputs that a study may state.
var studyInputs = map[string]studyInput{
	"heat_pump":              {"€/kW", 0, 20_000},
	"station":                {"€/kW", 0, 5_000},
	"pipe":                   {"€/m", 0, 50_000},
	"backup":                 {"€/kW", 0, 5_000},
	"plant_years":            {"a", 1, 60},
	"pipe_years":             {"a", 1, 100},
	"concession_years":       {"a", 1, 100},
	"fixed_om":               {"%/a", 0, 50},
	"variable_om":            {"€/MWh", 0, 500},
	"discount":               {"%", 0, 30},
	"aid":                    {"%", 0, 100},
	"electricity":            {"€/MWh", 0, 2_000},
	"heat_worth":             {"€/MWh", 0, 1_000},
	"closure":                {"%/a", 0, 50},
	"detour":                 {"1", 1, 5},
	"boiler_efficiency":      {"1", 0.5, 1.1},
	"circulation_efficiency": {"1", 0.1, 0.95},
	"fittings":               {"%", 0, 200},
	"exchanger_coefficient":  {"W/(m²·K)", 100, 20_000},
	"soil":                   {"°C", -10, 40},
	"distance":               {"m", 1, 100_000}, // straight, in place of the one between the two positions
}

// StudyLimits returns the unit and the limits of an input that a study may
// state.
func StudyLimits(id string) (unit string, low, high float64) {
	input := studyInputs[id]
	return input.unit, input.low, input.high
}

// StudyInputs lists the inputs that a study may state, sorted.
func StudyInputs() []string { return slices.Sorted(maps.Keys(studyInputs)) }
