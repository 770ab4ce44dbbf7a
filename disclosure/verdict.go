package disclosure

import (
	"fmt"
	"strings"
)

// Breach is a successful attack: who can know what, from which cells.
type Breach struct {
	Attacker  string   // "" is the outsider
	Operator  string   // whose amount
	Cell      string   // where
	Value     Amount   // the amount, not for print
	Low, High Amount   // what the attacker can narrow it down to
	By        []string // published cells and outside knowledge that the attack combines
	Hidden    string   // the cell that was hidden to foil it; empty in a verdict
}

// String describes the breach without the amount itself.
func (b Breach) String() string {
	who := "an outsider"
	if b.Attacker != "" {
		who = "operator " + b.Attacker
	}
	return fmt.Sprintf("%s knows the amount of operator %s in %s within %s, from %s", who, b.Operator, b.Cell, Interval{b.Low, b.High}, strings.Join(b.By, ", "))
}

// String prints the interval: "[12, 15]", "[12, …[".
func (i Interval) String() string {
	if i.High == Unbounded {
		return fmt.Sprintf("[%d, …[", i.Low)
	}
	return fmt.Sprintf("[%d, %d]", i.Low, i.High)
}

// Protection is the proof for one amount: no attacker can exclude any value
// between Low and High, because for each there is a world that fits all that
// it knows. The true interval may be wider: the search stops when it is wide
// enough.
type Protection struct {
	Operator  string
	Cell      string
	Value     Amount // not for print
	Low, High Amount // High may be Unbounded
	Known     bool   // narrower than the rule, but as narrow before publication
}

// Verdict is the result of attacking printed tables. It holds the amounts
// that it protects, so it is for the operators and the keeper of the data.
type Verdict struct {
	Breaches     []Breach
	Protected    []Protection
	Attackers    int      // outsider included
	Contradicted []string // outside knowledge that disagrees with the tables
}

// Proven reports whether every amount is protected.
func (v *Verdict) Proven() bool { return len(v.Breaches) == 0 }
