package disclosure

import "testing"

// Whatever the search comes up with, only a world that fits everything that
// is known counts as proof.
func TestOnlyAWorldThatFitsIsAProof(t *testing.T) {
	table := &Table{}
	fill(t, table, "a epci", 90, 60)
	fill(t, table, "b epci", 30, 40, 50)
	if err := table.Know(Fact{Cell: "b", Operator: siren(2), Low: 0, High: 55, Source: "rated power"}); err != nil {
		t.Fatal(err)
	}
	v := newModel(table, usual).newView(map[int]Interval{0: Rounded(150, 4), 1: {270, 270}})
	// Atoms: 0 and 1 in a, 2 to 4 in b; a is printed to the nearest 4, [148, 151].
	for name, c := range map[string]struct {
		world    world
		attacker int
		holds    bool
	}{
		"an exchange inside a":           {world{0: whole(20), 1: whole(-20)}, outsider, true},
		"seen by who took part":          {world{0: whole(20), 1: whole(-20)}, 1, false},
		"within the rounding of a":       {world{0: whole(1), 4: whole(-1)}, outsider, true},
		"beyond the rounding of a":       {world{0: whole(2), 4: whole(-2)}, outsider, false},
		"the EPCI's total changes":       {world{4: whole(-2)}, outsider, false},
		"a negative amount":              {world{0: whole(61), 1: whole(-61)}, outsider, false},
		"more than the rated power":      {world{4: whole(6), 2: whole(-6)}, outsider, false},
		"as much as the rated power":     {world{4: whole(5), 2: whole(-5)}, outsider, true},
		"half units are amounts as well": {world{2: reduce(1, 2), 3: reduce(-1, 2)}, outsider, true},
	} {
		if got := v.holds(c.world, c.attacker); got != c.holds {
			t.Errorf("%s: holds = %v", name, got)
		}
	}
}
