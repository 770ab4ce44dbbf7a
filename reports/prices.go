package reports

import (
	"fmt"
	"math"
	"time"

	"thermie/heat"
	"thermie/interval"
)

// StudyTable is what a study assumes (factors/study.yaml).
type StudyTable struct {
	Inputs []StudyInput `yaml:"inputs"`
	Ladder []StudyRung  `yaml:"ladder"`
	Carbon StudyCarbon  `yaml:"carbon"`
}

// StudyInput is one assumed value; a price may hold up to a power.
type StudyInput struct {
	ID     string  `yaml:"id"` // key of the words, chapter "study_inputs"
	Value  float64 `yaml:"value"`
	UpToMW float64 `yaml:"up_to_mw"` // 0 for any power
	Unit   string  `yaml:"unit"`
	Source string  `yaml:"source"` // empty where nothing was read
	Seen   string  `yaml:"seen"`   // date of reading, 2006-01-02; empty if it was not read
	Status Status  `yaml:"status"`
}

// StudyRung is the least share of EnR&R of an efficient network from a day on.
type StudyRung struct {
	From         string  `yaml:"from"` // 2006-01-02; empty for today's rule
	LeastPercent float64 `yaml:"least_percent"`
	Reference    string  `yaml:"reference"` // id of references.yaml
}

// StudyCarbon names the emission factors of the avoided CO2, by what they
// count: Factor.Basis.
type StudyCarbon struct {
	Set         string `yaml:"set"`
	Fuel        string `yaml:"fuel"`
	Electricity string `yaml:"electricity"`
	Status      Status `yaml:"status"`
}

// StudyInputs reads factors/study.yaml once.
var StudyInputs = OnceFromFile[StudyTable]("study.yaml")

// Value returns the input of that id that holds at a power; beyond the last
// step it is the last. The table is embedded: a missing id is a fault of the
// program, which the tests find.
func (t StudyTable) Value(id string, at interval.Power) float64 {
	var found *StudyInput
	for i, in := range t.Inputs {
		if in.ID == id {
			found = &t.Inputs[i]
			if in.UpToMW == 0 || at <= interval.Power(in.UpToMW)*interval.Megawatt {
				break
			}
		}
	}
	if found == nil {
		panic("factors/study.yaml has no input " + id)
	}
	return found.Value
}

// Terms are the prices of a connection of a power, in SI.
func (t StudyTable) Terms(at interval.Power) heat.Terms {
	v := func(id string) float64 { return t.Value(id, at) }
	terms := heat.Terms{
		HeatPump: v("heat_pump") / 1e3, Station: v("station") / 1e3, PlantYears: v("plant_years"), FixedOM: v("fixed_om") / 100,
		PipeYears: v("pipe_years"), Detour: v("detour"), Discount: v("discount") / 100, Aid: v("aid") / 100,
		VariableOM: v("variable_om") * heat.EuroPerMWh, Electricity: v("electricity") * heat.EuroPerMWh,
	}
	for _, in := range t.Inputs {
		if in.ID == "pipe" {
			step := heat.PipePrice{UpTo: interval.Power(in.UpToMW) * interval.Megawatt, Price: in.Value}
			if in.UpToMW == 0 {
				step.UpTo = interval.Power(math.Inf(1))
			}
			terms.Pipe = append(terms.Pipe, step)
		}
	}
	return terms
}

// Rungs returns the ladder by date.
func (t StudyTable) Rungs() ([]heat.Rung, error) {
	var rungs []heat.Rung
	for _, r := range t.Ladder {
		rung := heat.Rung{Least: r.LeastPercent / 100}
		if r.From != "" {
			from, err := time.Parse(time.DateOnly, r.From)
			if err != nil {
				return nil, fmt.Errorf("factors/study.yaml, ladder: %w", err)
			}
			rung.From = from
		}
		rungs = append(rungs, rung)
	}
	return rungs, nil
}

// Stages are the days on which a network's standing is told: one, and those
// from which the ladder asks for more.
func Stages(rungs []heat.Rung, day time.Time) []time.Time {
	stages := []time.Time{day}
	for _, r := range rungs {
		if r.From.After(day) {
			stages = append(stages, r.From)
		}
	}
	return stages
}
