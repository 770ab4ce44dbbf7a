package disclosure

import (
	"fmt"
	"strings"
	"testing"
)

// usual are the rules that most tables are tried under.
var usual = Rules{MinOperators: 3, MaxShare: 85, Percent: 10}

// fill counts amounts of operators 0, 1, 2 … in one cell.
func fill(t *testing.T, table *Table, cells string, amounts ...Amount) {
	t.Helper()
	for i, a := range amounts {
		if err := table.Count(Contribution{Operator: siren(i), Value: a, Cells: strings.Fields(cells)}); err != nil {
			t.Fatal(err)
		}
	}
}

func protect(t *testing.T, table *Table, p Profile) *Publication {
	t.Helper()
	out, err := Protect(table, p, usual)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestEachRuleOnOneCell(t *testing.T) {
	for _, c := range []struct {
		amounts []Amount
		why     Reason
	}{
		{[]Amount{100}, TooFew},
		{[]Amount{50, 50}, TooFew},
		{[]Amount{50, 50, 0}, TooFew}, // who adds nothing protects nobody
		{[]Amount{86, 7, 7, 0}, Dominated},
		{[]Amount{87, 5, 4, 4}, Dominated},
		{[]Amount{80, 15, 5}, TooClose}, // 3 operators, 80 %: passes both and fails p %
		{[]Amount{80, 12, 8}, ""},       // 80 + 8 is exactly 10 % off
		{[]Amount{85, 6, 9}, TooClose},
		{[]Amount{40, 35, 25}, ""},
		{[]Amount{0, 0, 0}, ""}, // three who deliver nothing
		{[]Amount{0, 0}, TooFew},
	} {
		t.Run(fmt.Sprint(c.amounts), func(t *testing.T) {
			table := &Table{}
			fill(t, table, "commune", c.amounts...)
			if p := protect(t, table, Public); p.Why["commune"] != c.why {
				t.Errorf("why = %q, want %q", p.Why["commune"], c.why)
			}
		})
	}
}

// One operator many times is one operator.
func TestSitesAreNotOperators(t *testing.T) {
	table := &Table{}
	for range 5 {
		fill(t, table, "commune", 10, 10)
	}
	if p := protect(t, table, Public); p.Why["commune"] != TooFew {
		t.Errorf("two operators with five sites each: why = %q", p.Why["commune"])
	}
}

// A hidden commune is not found by subtraction from its EPCI, by anyone.
func TestSecondarySuppression(t *testing.T) {
	table := &Table{}
	fill(t, table, "a epci", 900)
	fill(t, table, "b epci", 300, 400, 500)
	fill(t, table, "c epci", 3000, 4000, 5000, 2000)
	naive := map[string]Interval{"b": {1200, 1200}, "c": {14000, 14000}, "epci": {16100, 16100}}
	verdict, err := Attack(table, naive, usual)
	if err != nil || verdict.Proven() {
		t.Fatal("subtraction was not found", err)
	}
	first := verdict.Breaches[0]
	if first.Low != 900 || first.High != 900 || strings.Join(first.By, " ") != "b c epci" {
		t.Errorf("the attack is %v", first)
	}
	if text := first.String(); !strings.Contains(text, "an outsider knows the amount of operator "+siren(0)+" in a within [900, 900]") {
		t.Error(text)
	}
	p := protect(t, table, Public)
	if p.Why["a"] != TooFew || p.Why["b"] != Secondary || p.Why["c"] != "" || p.Why["epci"] != "" {
		t.Errorf("the cheapest cell is b, hidden: %v", p.Why)
	}
}

// The printed number is an interval; rounding alone hides nothing.
func TestRoundedNumbersAreAttacked(t *testing.T) {
	if got, want := Rounded(12_573_000, 1000), (Interval{12_572_500, 12_573_499}); got != want {
		t.Errorf("12 573 MWh stands for %v, want %v", got, want)
	}
	if got, want := Rounded(15, 5), (Interval{13, 17}); got != want {
		t.Errorf("15 to the nearest 5 stands for %v, want %v", got, want)
	}
	table := &Table{}
	fill(t, table, "a epci", 12_573_211)
	fill(t, table, "b epci", 3_000_100, 4_000_200, 5_000_300)
	printed := map[string]Interval{"b": Rounded(12_001_000, 1000), "epci": Rounded(24_574_000, 1000)}
	verdict, err := Attack(table, printed, usual)
	if err != nil || verdict.Proven() {
		t.Fatal("rounding to MWh hid 12 GWh", err)
	}
	if b := verdict.Breaches[0]; b.Low != 12_572_001 || b.High != 12_573_999 {
		t.Errorf("the attacker's interval is [%d, %d]", b.Low, b.High)
	}
	if _, err := Attack(table, map[string]Interval{"b": {1, 2}}, usual); err == nil {
		t.Error("a print that contradicts its table was accepted")
	}
	if _, err := Attack(table, map[string]Interval{"x": {0, 0}}, usual); err == nil {
		t.Error("an unknown cell was accepted")
	}
}

func TestZerosNeedAFloorToBeSecret(t *testing.T) {
	table := &Table{}
	fill(t, table, "commune", 0, 0, 0)
	floor := usual
	floor.Floor = 10
	if p, err := Protect(table, Public, floor); err != nil || p.Cells[0].Mark != Hidden {
		t.Errorf("with a floor of 10 three zeros print as %+v", p.Cells[0])
	}
}

func TestBadRulesAreRefused(t *testing.T) {
	for _, r := range []Rules{{}, {MinOperators: 3, MaxShare: 101}, {MinOperators: 3, MaxShare: 85, Percent: 100}} {
		if _, err := Protect(&Table{}, Public, r); err == nil {
			t.Errorf("%+v was accepted", r)
		}
	}
}
