package disclosure

import (
	"fmt"
	"math/big"
	"math/rand/v2"
	"slices"
	"testing"
)

// randomTable draws a small table with everything that can occur in one.
func randomTable(t testing.TB, seed uint64) (*Table, Rules) {
	t.Helper()
	random := rand.New(rand.NewPCG(seed, 1951))
	table, rules := &Table{}, usual
	if seed%5 == 0 {
		rules.Floor = 3
	}
	operators, rows, columns := 1+random.IntN(6), 1+random.IntN(4), 1+random.IntN(3)
	sizes := []int{2, 20, 400}
	must := func(err error) {
		if err != nil {
			t.Fatal(err)
		}
	}
	for range 1 + random.IntN(12) {
		r, k := random.IntN(rows), random.IntN(columns)
		cells := []string{"total", fmt.Sprint("row", r), fmt.Sprint("column", k)}
		if random.IntN(2) == 0 {
			cells = append(cells, fmt.Sprint("cell", r, k))
		}
		c := Contribution{Operator: siren(random.IntN(operators)), Value: Amount(random.IntN(sizes[random.IntN(3)])), Cells: cells, NeverListed: random.IntN(9) == 0}
		if random.IntN(6) == 0 {
			c.Disclosed = &Disclosure{Basis: ByLaw, Source: "https://example.fr/eed", Date: "2026-05-15"}
		}
		must(table.Count(c))
	}
	m := newModel(table, rules)
	for range random.IntN(4) {
		if len(m.cells) == 0 {
			break
		}
		c := m.cells[random.IntN(len(m.cells))]
		operator, value := "", c.total()
		if who := random.IntN(operators); random.IntN(2) == 0 {
			operator, value = siren(who), 0
			for _, x := range table.contributions {
				if x.Operator == operator && !x.NeverListed && slices.Contains(x.Cells, c.id) {
					value += x.Value
				}
			}
		}
		must(table.Know(Fact{Cell: c.id, Operator: operator, Low: max(0, value-Amount(random.IntN(60))), High: value + Amount(random.IntN(60)), Source: "outside"}))
	}
	if seed%4 == 0 && len(m.cells) > 2 {
		table.lastYear(t, random, m)
	}
	return table, rules
}

// lastYear adds a second table whose cells are tied to the first one's.
func (t *Table) lastYear(tb testing.TB, random *rand.Rand, m *model) {
	tb.Helper()
	now := slices.Clone(t.contributions)
	for _, c := range now {
		for i := range c.Cells {
			c.Cells = slices.Clone(c.Cells)
			c.Cells[i] = "before/" + c.Cells[i]
		}
		c.Value = c.Value * Amount(90+random.IntN(20)) / 100
		if err := t.Count(c); err != nil {
			tb.Fatal(err)
		}
	}
	for _, c := range m.cells {
		if random.IntN(2) == 0 {
			if err := t.Relate(Link{From: "before/" + c.id, To: []string{c.id}, Low: Fraction{4, 5}, High: Fraction{6, 5}, Source: "other year"}); err != nil {
				tb.Fatal(err)
			}
		}
	}
}

// everyone lists the attackers; who has no secret here is an outsider.
func (o oracle) everyone() []string { return append([]string{""}, operatorsOf(o.secrets())...) }

// checkProtection protects a random table and lets the oracle attack it.
func checkProtection(t *testing.T, seed uint64) {
	table, rules := randomTable(t, seed)
	if newModel(table, rules).contradicted != nil {
		return // a link that rounding broke: the oracle believes it, the package widens it
	}
	p, err := Protect(table, Public, rules)
	if err != nil {
		t.Fatalf("seed %d: %v", seed, err)
	}
	for _, step := range []Amount{1, 10} {
		o := oracle{table, p.Printed(step), rules}
		for _, f := range o.attack(o.everyone()) {
			t.Errorf("seed %d, step %d: %+v", seed, step, f)
		}
	}
}

func TestRandomTablesStand(t *testing.T) {
	for seed := range uint64(60) {
		checkProtection(t, seed)
	}
}

func FuzzProtectedTablesStand(f *testing.F) {
	f.Add(uint64(1000))
	f.Fuzz(func(t *testing.T, seed uint64) { checkProtection(t, seed) })
}

// Any publication, safe or not: what the oracle finds, Attack finds, with the
// same ends.
func TestAttackFindsWhatTheOracleFinds(t *testing.T) {
	found := 0
	for seed := range uint64(54) {
		table, rules := randomTable(t, seed)
		if seed >= 50 {
			table, rules = randomHeats(t, seed), usual
		}
		m := newModel(table, rules)
		if m.contradicted != nil {
			continue
		}
		random := rand.New(rand.NewPCG(seed, 7))
		printed := map[string]Interval{}
		for _, c := range m.cells {
			if random.IntN(3) > 0 {
				printed[c.id] = Rounded(c.total(), 1+Amount(random.IntN(2)*8))
			}
		}
		verdict, err := Attack(table, printed, rules)
		if err != nil {
			t.Fatal(err)
		}
		o := oracle{table, printed, rules}
		for _, f := range o.attack(o.everyone()) {
			found++
			if !slices.ContainsFunc(verdict.Breaches, func(b Breach) bool { return b.matches(f) }) {
				t.Errorf("seed %d: the oracle's %+v is not among %v", seed, f, verdict.Breaches)
			}
		}
	}
	t.Logf("%d findings, all shared", found)
	if found < 100 {
		t.Errorf("only %d findings: the tables are too easy", found)
	}
}

// matches compares attacker, operator and ends. The same amount may stand in
// several cells and goes by the first one's name; a contributor that knows no
// more than the outsider goes as one.
func (b Breach) matches(f finding) bool {
	if b.Attacker != "" && b.Attacker != f.attacker || b.Operator != f.operator || new(big.Rat).SetInt64(int64(b.Low)).Cmp(floorRat(f.low)) != 0 {
		return false
	}
	if f.high == nil {
		return b.High == Unbounded
	}
	minus := new(big.Rat).Neg(f.high)
	return new(big.Rat).SetInt64(int64(b.High)).Cmp(new(big.Rat).Neg(floorRat(minus))) == 0
}

func floorRat(r *big.Rat) *big.Rat {
	var q, m big.Int
	q.DivMod(r.Num(), r.Denom(), &m)
	return new(big.Rat).SetInt(&q)
}
