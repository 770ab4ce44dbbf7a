package disclosure

import (
	"fmt"
	"slices"
)

// Fact is what an attacker knows from elsewhere about the amount of one cell:
// of one operator in it, or of all in it if Operator is empty. A delivery
// that the grid publishes by delivery point, a public declaration or a rated
// power bounds one operator; SDES data by IRIS bound a cell.
type Fact struct {
	Cell     string
	Operator string
	Low      Amount
	High     Amount // Unbounded if only Low is known
	Source   string // e.g. "RTE 2025, D. 111-53 I 4°"
}

// Know adds a fact. A fact that the table contradicts is widened until it
// holds, and named in Verdict.Contradicted: a wrong outside figure must not
// make the attack blind.
func (t *Table) Know(f Fact) error {
	if f.Source == "" {
		return fmt.Errorf("knowledge about cell %s: say where it can be found", f.Cell)
	}
	if f.Low < 0 || f.High < f.Low || f.Low > maxAmount {
		return fmt.Errorf("knowledge about cell %s from %s: %d to %d is no range of amounts", f.Cell, f.Source, f.Low, f.High)
	}
	if f.High > maxAmount {
		f.High = Unbounded // and sums of limits stay inside 64 bits
	}
	t.Declare(f.Cell)
	t.facts = append(t.facts, f)
	return nil
}

// Fraction is an exact ratio, e.g. {11, 10}.
type Fraction struct{ Num, Den int64 }

// Link is a relation that holds for each operator, or for one, between its
// amount in one cell and the sum of those in others: Low ≤ ΣTo/From ≤ High.
// Between years: what growth is plausible. Between scenarios: the printed
// hypothesis, Low = High. Between the four heats: what is captured and what is
// handed over is at most what is rejected, {0,1}..{1,1}; what is delivered is
// what is captured and the heat pump's electricity, {1,1}..{1,1}.
type Link struct {
	From      string
	To        []string
	Operator  string // empty: each operator
	Low, High Fraction
	Source    string
}

// Relate adds a link; what Know says about contradictions holds here too.
func (t *Table) Relate(l Link) error {
	if l.Source == "" || len(l.To) == 0 {
		return fmt.Errorf("relation of cells %s and %v: say where it comes from, and of which cells it speaks", l.From, l.To)
	}
	for _, f := range []Fraction{l.Low, l.High} {
		if f.Num < 0 || f.Den <= 0 || f.Num > 1e6 || f.Den > 1e6 {
			return fmt.Errorf("relation of cells %s and %v: %d/%d is no ratio of whole numbers up to a million", l.From, l.To, f.Num, f.Den)
		}
	}
	if l.Low.Num*l.High.Den > l.High.Num*l.Low.Den {
		return fmt.Errorf("relation of cells %s and %v: the low ratio is above the high one", l.From, l.To)
	}
	l.To = slices.Clone(l.To)
	t.Declare(l.From)
	t.Declare(l.To...)
	t.links = append(t.links, l)
	return nil
}
