package disclosure

import "fmt"

// Rules are the limits that hold on the day of a publication. They are data:
// the caller reads them from its dated tables.
type Rules struct {
	MinOperators int    // operators that a cell needs
	MaxShare     int    // %, largest operator's share of a cell
	Percent      int    // %, nobody may know an amount more closely
	Floor        Amount // nobody may know an amount from above more closely than this; 0 leaves zeros open
}

func (r Rules) check() error {
	if r.MinOperators < 1 || r.MaxShare < 1 || r.MaxShare > 100 || r.Percent < 0 || r.Percent > 99 || r.Floor < 0 {
		return fmt.Errorf("disclosure rules %+v: operators from 1, share 1 to 100 %%, p from 0 to 99 %%, floor from 0", r)
	}
	return nil
}

// needs returns how far below and above v an attacker must be left in doubt.
// The outsider may read a largest share of MaxShare, which is the rule for a
// shown cell; a contributor may not come closer than Percent.
func (r Rules) needs(v Amount, outsider bool) (below, above Amount) {
	below = ceilDiv(v*Amount(r.Percent), 100)
	above = below
	if outsider {
		above = max(above, ceilDiv(v*100, Amount(r.MaxShare))-v)
	}
	return below, max(above, r.Floor)
}

// need is needs one way.
func (r Rules) need(v Amount, up, outsider bool) Amount {
	below, above := r.needs(v, outsider)
	if up {
		return above
	}
	return below
}

func ceilDiv(a, b Amount) Amount { return (a + b - 1) / b }
