package disclosure

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
)

// territory is a PCAET's tables: sites in communes, EPCI, temperature
// classes and horizons.
type territory struct {
	operators, sites, communes, epcis, classes, horizons int
	dominant                                             int // % of the first operator, 0: none
}

func (d territory) table(t testing.TB, seed uint64) *Table {
	t.Helper()
	random := rand.New(rand.NewPCG(seed, 6))
	table := &Table{}
	var others Amount
	type site struct {
		operator, commune, class int
		value                    Amount
	}
	var sites []site
	for i := range d.sites {
		s := site{i % d.operators, random.IntN(d.communes), random.IntN(d.classes), Amount(1e5 + random.IntN(2e7))}
		if s.operator != 0 || d.dominant == 0 {
			others += s.value
		}
		sites = append(sites, s)
	}
	if d.dominant > 0 {
		own := (d.sites + d.operators - 1) / d.operators
		for i := range sites {
			if sites[i].operator == 0 {
				sites[i].value = max(1e6, others*Amount(d.dominant)/Amount(100-d.dominant)/Amount(own))
			}
		}
	}
	for h := range d.horizons {
		for _, s := range sites {
			c := Contribution{Operator: siren(s.operator), Value: s.value * Amount(100+10*h) / 100, Cells: []string{
				fmt.Sprintf("%d/commune-%02d", h, s.commune),
				fmt.Sprintf("%d/epci-%d", h, s.commune%d.epcis),
				fmt.Sprintf("%d/class-%d", h, s.class),
				fmt.Sprintf("%d/epci-%d/class-%d", h, s.commune%d.epcis, s.class),
				fmt.Sprintf("%d/total", h),
			}}
			if err := table.Count(c); err != nil {
				t.Fatal(err)
			}
		}
	}
	return table
}

func siren(i int) string { return fmt.Sprintf("%09d", 552000000+i) }

// One, two, three and forty operators, one of which holds 90 %: what is
// published gives no amount away, to anyone, by any search.
func TestNoSearchRecoversAnOperator(t *testing.T) {
	for _, operators := range []int{1, 2, 3, 40} {
		for _, dominant := range []int{0, 90} {
			t.Run(fmt.Sprintf("%d operators, %d %%", operators, dominant), func(t *testing.T) {
				d := territory{operators: operators, sites: max(8, operators+operators/3), communes: 6, epcis: 2, classes: 2, horizons: 1, dominant: dominant}
				table := d.table(t, 11)
				p, err := Protect(table, Public, usual)
				if err != nil {
					t.Fatal(err)
				}
				shown := count(p, Shown)
				t.Logf("%d of %d cells shown", shown, len(p.Cells))
				if operators == 3 && dominant == 0 && shown == 0 {
					t.Error("nothing is shown of three operators alike")
				}
				if operators < 3 && shown > 0 {
					t.Errorf("%d cells shown of a territory with %d operators", shown, operators)
				}
				if operators == 40 && dominant == 0 && shown < len(p.Cells)/2 {
					t.Errorf("only %d of %d cells shown", shown, len(p.Cells))
				}
				attackers := []string{"", siren(0), siren(1), siren(2)}
				if operators > 3 {
					attackers = attackers[:2] // the largest holds most of what the others hide behind
				}
				for _, step := range []Amount{1, 1000, 1e6} {
					if step != 1 && operators > 3 {
						continue
					}
					for _, f := range (oracle{table, p.Printed(step), usual}).attack(attackers) {
						t.Errorf("step %d: %+v", step, f)
					}
				}
			})
		}
	}
}

func count(p *Publication, mark Mark) (n int) {
	for _, c := range p.Cells {
		if c.Mark == mark {
			n++
		}
	}
	return n
}

// Naive suppression hides the cells that fail the rules and nothing else. The
// attack breaks it, so the attack can find things; the same tables protected
// stand.
func TestNaiveSuppressionIsBroken(t *testing.T) {
	table := territory{operators: 12, sites: 30, communes: 10, epcis: 3, classes: 2, horizons: 1}.table(t, 2)
	m := newModel(table, usual)
	naive := map[string]Interval{}
	for _, c := range m.cells {
		if m.sensitive(c) == "" {
			naive[c.id] = Interval{c.total(), c.total()}
		}
	}
	verdict, err := Attack(table, naive, usual)
	if err != nil {
		t.Fatal(err)
	}
	if verdict.Proven() {
		t.Fatalf("naive suppression of %d of %d cells was not broken", len(m.cells)-len(naive), len(m.cells))
	}
	if found := (oracle{table, naive, usual}).attack([]string{verdict.Breaches[0].Attacker}); len(found) == 0 {
		t.Fatalf("the oracle does not confirm %v", verdict.Breaches[0])
	}
	t.Logf("%d breaches, e.g. %v", len(verdict.Breaches), verdict.Breaches[0])
	p, err := Protect(table, Public, usual)
	if err != nil {
		t.Fatal(err)
	}
	again, err := Attack(table, p.Printed(1), usual)
	if err != nil || !again.Proven() {
		t.Fatal(err, again.Breaches)
	}
	t.Logf("%d cells naive, %d shown when protected", len(naive), count(p, Shown))
	if !slices.ContainsFunc(p.Cells, func(c Cell) bool { return c.Mark == Shown }) {
		t.Error("nothing is left to read")
	}
}
