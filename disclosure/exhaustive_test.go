package disclosure

import "testing"

// Every whole-numbered world is tried: four operators in three communes of
// one EPCI, amounts up to the printed total. Nothing is assumed of linear
// programs here; an attacker with patience finds no amount to within 10 %.
func TestAnExhaustiveSearchFindsNothing(t *testing.T) {
	table := &Table{}
	truth := []struct {
		operator int
		commune  string
		value    Amount
	}{{0, "a", 9}, {1, "b", 8}, {2, "b", 7}, {3, "b", 6}, {1, "c", 5}, {2, "c", 4}}
	for _, c := range truth {
		if err := table.Count(Contribution{Operator: siren(c.operator), Value: c.value, Cells: []string{c.commune, "epci"}}); err != nil {
			t.Fatal(err)
		}
	}
	p := protect(t, table, Public)
	printed := p.Printed(1)
	if len(printed) == 0 {
		t.Fatal("nothing is printed, nothing is shown by the search")
	}
	sum := func(w []Amount, counts func(i int) bool) (s Amount) {
		for i := range w {
			if counts(i) {
				s += w[i]
			}
		}
		return s
	}
	fits := func(w []Amount) bool {
		for cell, interval := range printed {
			s := sum(w, func(i int) bool { return cell == "epci" || truth[i].commune == cell })
			if s < interval.Low || s > interval.High {
				return false
			}
		}
		return true
	}
	low, high := map[[2]int]Amount{}, map[[2]int]Amount{} // by attacker, contribution
	knows := func(attacker int, w []Amount) bool {        // its own amounts are as they are
		for i := range truth {
			if truth[i].operator == attacker && w[i] != truth[i].value {
				return false
			}
		}
		return true
	}
	learn := func(w []Amount) {
		for attacker := range 4 {
			for i := range truth {
				if !knows(attacker, w) {
					break
				}
				key := [2]int{attacker, i}
				if _, seen := low[key]; !seen {
					low[key], high[key] = w[i], w[i]
				}
				low[key], high[key] = min(low[key], w[i]), max(high[key], w[i])
			}
		}
	}
	worlds := 0
	var try func(w []Amount, left Amount)
	try = func(w []Amount, left Amount) {
		if len(w) == len(truth) {
			if fits(w) {
				worlds++
				learn(w)
			}
			return
		}
		for a := range left + 1 {
			try(append(w, a), left-a)
		}
	}
	try(nil, 39)
	t.Logf("%d worlds fit what is printed: %v", worlds, printed)
	for key, l := range low {
		v := truth[key[1]].value
		if truth[key[1]].operator != key[0] && (10*l > 9*v || 10*high[key] < 11*v) {
			t.Errorf("operator %d knows contribution %d (%d) within [%d, %d]", key[0], key[1], v, l, high[key])
		}
	}
}
