package disclosure

// Mark says what stands in a cell.
type Mark uint8

// The marks. An empty cell is not a zero that somebody contributed.
const (
	Empty  Mark = iota // nobody counts in it
	Shown              // the value
	Open               // the value, all of it public by law or consent
	Hidden             // « s »
)

// Cell is one cell of a publication. Value is set for Shown and Open only:
// a hidden amount does not travel with its mark.
type Cell struct {
	ID      string
	Mark    Mark
	Value   Amount
	Sources []Disclosure // of what is public in it, printed beside a value that is shown
}

// Publication is what a reader may see, with its proof.
type Publication struct {
	Profile Profile
	Cells   []Cell // in the table's order
	// Why, Attempts and Verdict stay with the keeper of the data. Verdict is
	// nil for the profiles that read exact values.
	Why      map[string]Reason
	Attempts []Breach // attacks that succeeded before more was hidden
	Verdict  *Verdict
}

func newPublication(m *model, p Profile, d decision) *Publication {
	out := &Publication{Profile: p, Why: d.why, Attempts: d.attempts, Verdict: d.verdict}
	for _, c := range m.cells {
		shown := Cell{ID: c.id}
		switch {
		case d.why[c.id] != "":
			shown.Mark = Hidden
		case len(c.atoms) > 0:
			shown.Mark, shown.Value, shown.Sources = Shown, c.total(), c.sources
		case len(c.sources) > 0:
			shown.Mark, shown.Value, shown.Sources = Open, c.total(), c.sources
		}
		out.Cells = append(out.Cells, shown)
	}
	return out
}

// Cell returns one cell.
func (p *Publication) Cell(id string) (Cell, bool) {
	for _, c := range p.Cells {
		if c.ID == id {
			return c, true
		}
	}
	return Cell{}, false
}

// Printed returns what the publication shows, rounded to a step (1: exact),
// in the form that Attack takes.
func (p *Publication) Printed(step Amount) map[string]Interval {
	out := map[string]Interval{}
	for _, c := range p.Cells {
		switch c.Mark {
		case Empty, Shown, Open:
			out[c.ID] = Rounded((c.Value+step/2)/step*step, step)
		}
	}
	return out
}
