package disclosure

// Reason says why a cell is hidden. It is for the operators and the keeper of
// the data: in print it would tell what the cell hides.
type Reason string

// The reasons.
const (
	TooFew    Reason = "too_few"   // fewer operators than the rule asks
	Dominated Reason = "dominated" // one operator's share is too large
	TooClose  Reason = "too_close" // a contributor could subtract its own (p %)
	Secondary Reason = "secondary" // hidden so that another cell stays hidden
	Imagined  Reason = "imagined"  // nobody prints it
)

// sensitive applies the three rules to a cell's secret part: what is public
// of it can be subtracted by anyone and protects nobody.
func (m *model) sensitive(c cell) Reason {
	switch {
	case c.unseen:
		return Imagined
	case len(c.atoms) == 0:
		return ""
	}
	var first, second Amount
	operators := 0
	for _, amount := range m.byOperator(c) {
		if amount > 0 || c.secret == 0 {
			operators++
		}
		switch {
		case amount > first:
			first, second = amount, first
		case amount > second:
			second = amount
		}
	}
	_, need := m.rules.needs(first, false)
	switch {
	case operators < m.rules.MinOperators:
		return TooFew
	case first*100 > c.secret*Amount(m.rules.MaxShare):
		return Dominated
	case c.secret-first-second < need:
		return TooClose
	}
	return ""
}
