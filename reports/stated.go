package reports

import (
	"slices"

	"thermie/configs"
	"thermie/interval"
)

// Stated marks a value of the configuration; its source is who states it.
const Stated Status = "stated"

// Restated is an input that an engineer changed in a study's workbook.
type Restated struct {
	ID            string // key of the words, chapter "study_inputs"
	Before, After string // as the workbook shows them; empty where nothing was stated
	Unit          string
	File, Cell    string // where it stands
}

// RestatedOf returns what the engineer changed of that input.
func (a Area) RestatedOf(id string) (Restated, bool) {
	i := slices.IndexFunc(a.Restated, func(r Restated) bool { return r.ID == id })
	if i < 0 {
		return Restated{}, false
	}
	return a.Restated[i], true
}

// StudyOf returns what is stated of one connection; what is not is empty.
func (a Area) StudyOf(site, network string) configs.Study {
	for _, s := range a.Studies {
		if s.Site == site && s.Network == network {
			return s
		}
	}
	return configs.Study{}
}

// With returns the table with what an engineer states in place of its own
// values, whatever the power.
func (t StudyTable) With(s configs.Study) StudyTable {
	t.Inputs = slices.Clone(t.Inputs)
	for _, item := range s.Stated {
		in := StudyInput{ID: item.ID, Value: item.Value, Unit: item.Unit, Source: item.Origin, Status: Stated}
		of := func(x StudyInput) bool { return x.ID == item.ID }
		at := slices.IndexFunc(t.Inputs, of)
		if at < 0 {
			t.Inputs = append(t.Inputs, in)
			continue
		}
		t.Inputs[at] = in
		rest := slices.DeleteFunc(slices.Clone(t.Inputs[at+1:]), of)
		t.Inputs = append(t.Inputs[:at+1], rest...)
	}
	return t
}

// Lookup is Value for an input that nothing but a configuration states.
func (t StudyTable) Lookup(id string, at interval.Power) (value float64, ok bool) {
	if !slices.ContainsFunc(t.Inputs, func(in StudyInput) bool { return in.ID == id }) {
		return 0, false
	}
	return t.Value(id, at), true
}
