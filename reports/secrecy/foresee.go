package secrecy

import (
	"math"

	"thermie/disclosure"
	"thermie/reports/document"
)

// foresee links an amount of a year to come with the one that the printed
// hypotheses make it of.
func foresee(t *disclosure.Table, p document.Part, of *leaf) error {
	if of == nil || p.Value+rounding > of.part.Value*most {
		return nil
	}
	return t.Relate(disclosure.Link{
		From: wholeCell(p.Of), To: []string{wholeCell(p.Leaf)}, Operator: p.Owner,
		Low:    fraction(math.Max(0, p.Value-rounding)/of.part.Value, math.Floor),
		High:   fraction((p.Value+rounding)/of.part.Value, math.Ceil),
		Source: "TR1: what the hypotheses make of today's amount",
	})
}

// most is how many times an amount may grow to be told from what it grew from:
// one of a few MWh, which are printed to the MWh, tells nothing.
const most = 1e4

// rounding is how far two amounts that are printed to the MWh may stray from
// what one says of the other, MWh.
const rounding = 1

// fraction is a ratio in small whole numbers, rounded outwards: a tenth of a
// permille of what is tied, where the rules ask for percents.
func fraction(ratio float64, round func(float64) float64) disclosure.Fraction {
	den := 1e4
	if ratio > 100 {
		den = 100
	}
	return disclosure.Fraction{Num: int64(round(ratio * den)), Den: int64(den)}
}
