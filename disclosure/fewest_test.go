package disclosure

import (
	"fmt"
	"os"
	"strings"
	"testing"
)

// drawn are tables of every shape that the package meets, by name.
func drawn(t testing.TB) (names []string, tables []*Table, rules []Rules) {
	t.Helper()
	add := func(name string, table *Table, r Rules) {
		names, tables, rules = append(names, name), append(tables, table), append(rules, r)
	}
	for seed := range uint64(150) {
		table, r := randomTable(t, seed)
		add(fmt.Sprintf("random-%d", seed), table, r)
	}
	for seed := range uint64(6) {
		for _, operators := range []int{2, 3, 5, 9} {
			d := halls{sites: 14, operators: operators, communes: 3, networks: 2, months: 3, declared: int(seed%3) * 30}
			add(fmt.Sprintf("halls-%d-%d", operators, seed), d.table(t, seed), usual)
		}
		d := territory{operators: 12, sites: 40, communes: 9, epcis: 3, classes: 2, horizons: 1, dominant: int(seed%3) * 40}
		add(fmt.Sprintf("territory-%d", seed), d.table(t, seed), usual)
	}
	return names, tables, rules
}

// hiddenIn counts the cells that a publication withholds of those that would
// be printed.
func hiddenIn(p *Publication) (n int) {
	for _, c := range p.Cells {
		if c.Mark == Hidden && p.Why[c.ID] != Imagined {
			n++
		}
	}
	return n
}

// The search looks at corners of a territory; testdata/fewest.txt holds how
// many cells were hidden when each attack was solved for all of it at once.
// It hides no more, and what it shows stands against an attack that starts
// from nothing.
func TestNoMoreIsHiddenThanWhenAllIsSolvedAtOnce(t *testing.T) {
	want := map[string]int{}
	data, err := os.ReadFile("testdata/fewest.txt")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(data)) {
		var name string
		var hidden int
		if _, err := fmt.Sscan(line, &name, &hidden); err != nil {
			t.Fatalf("testdata/fewest.txt: %q: %v", line, err)
		}
		want[name] = hidden
	}
	names, tables, rules := drawn(t)
	for i, name := range names {
		p, err := Protect(tables[i], Public, rules[i])
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if got := hiddenIn(p); got > want[name] {
			t.Errorf("%s: %d cells hidden, %d when all was solved at once", name, got, want[name])
		}
		if again, err := Attack(tables[i], p.Printed(1), rules[i]); err != nil || !again.Proven() {
			t.Errorf("%s: does not stand: %v %v", name, err, again)
		}
	}
}
