package disclosure

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
)

// heats are what sites of one operator each reject, and what is captured,
// delivered with electricity, and handed over of it, kWh.
type heats struct{ rejected, captured, electricity, handedOver Amount }

var kinds = []string{"gisement", "captee", "electricite", "livree", "valorisee"}

// plant enters a site: each heat in a cell of its own, which nobody prints,
// and in the tables that count it.
func plant(t testing.TB, table *Table, operator int, h heats, counts map[string][]string) {
	t.Helper()
	for i, heat := range kinds {
		own := fmt.Sprint(heat, " of ", operator)
		table.Imagine(own)
		value := []Amount{h.rejected, h.captured, h.electricity, h.captured + h.electricity, h.handedOver}[i]
		if err := table.Count(Contribution{Operator: siren(operator), Value: value, Cells: append(slices.Clone(counts[heat]), own)}); err != nil {
			t.Fatal(err)
		}
	}
}

// tie says what everyone knows of a site's heats, each alone and in sum.
func tie(t testing.TB, table *Table, operator int, links ...Link) {
	t.Helper()
	own := func(heat string) string { return fmt.Sprint(heat, " of ", operator) }
	for _, l := range links {
		l.From, l.To, l.Operator, l.Source = own(l.From), slices.Clone(l.To), siren(operator), "HO1, AL1"
		for i, heat := range l.To {
			l.To[i] = own(heat)
		}
		if err := table.Relate(l); err != nil {
			t.Fatal(err)
		}
	}
}

// One heat at a time, and the sums of several.
var (
	none, half, all = Fraction{0, 1}, Fraction{1, 2}, Fraction{1, 1}

	pairwise = []Link{
		{From: "gisement", To: []string{"captee"}, Low: none, High: all},
		{From: "gisement", To: []string{"valorisee"}, Low: none, High: all},
		{From: "captee", To: []string{"electricite"}, Low: none, High: all},
		{From: "livree", To: []string{"captee"}, Low: half, High: all},
	}
	sums = []Link{
		{From: "gisement", To: []string{"captee", "valorisee"}, Low: none, High: all},
		{From: "livree", To: []string{"captee", "electricite"}, Low: all, High: all},
	}
)

// whose are the breaches of one operator's amount in a cell, by an outsider.
func whose(t *testing.T, v *Verdict, err error, operator int, cell string) []Breach {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	return slices.DeleteFunc(slices.Clone(v.Breaches), func(b Breach) bool { return b.Attacker != "" || b.Operator != siren(operator) || b.Cell != cell })
}

// Three sites give all that they reject; a fourth, far from any network, is
// counted in what is rejected alone. Of each heat by itself there is doubt
// enough: 600 may be the fourth's. But what is captured and handed over
// leaves only 300 of all that is rejected.
func TestWhatIsTakenInAllBoundsWhoGivesNothing(t *testing.T) {
	territory := func(links ...Link) *Table {
		table := &Table{}
		given := map[string][]string{"gisement": {"gisement"}, "captee": {"captee"}, "valorisee": {"valorisee"}}
		for operator, h := range []heats{{410, 310, 90, 100}, {400, 300, 80, 100}, {390, 290, 70, 100}} {
			plant(t, table, operator, h, given)
			tie(t, table, operator, links...)
		}
		plant(t, table, 3, heats{rejected: 300}, map[string][]string{"gisement": {"gisement"}})
		tie(t, table, 3, links...)
		return table
	}
	printed := map[string]Interval{"gisement": {1500, 1500}, "captee": {900, 900}, "valorisee": {300, 300}}
	v, err := Attack(territory(pairwise...), printed, usual)
	if got := whose(t, v, err, 3, "gisement"); len(got) != 0 {
		t.Fatalf("one heat at a time says too much already: %v", got)
	}
	together := territory(slices.Concat(pairwise, sums)...)
	v, err = Attack(together, printed, usual)
	got := whose(t, v, err, 3, "gisement")
	if len(got) != 1 || got[0].High != 300 {
		t.Fatalf("the outsider's upper end: %v", got)
	}
	t.Log(got[0])
	p := protect(t, together, Public)
	if count(p, Shown) == 0 || count(p, Shown) == 3 {
		t.Errorf("%d of 3 sums are printed", count(p, Shown))
	}
	for _, f := range (oracle{together, p.Printed(1), usual}).attack([]string{"", siren(0), siren(1)}) {
		t.Errorf("%+v", f)
	}
}

// What is delivered and the electricity are printed of three operators, what
// is captured of the same three and a fourth: each passes every rule, and
// together they are the fourth's to the last digit.
func TestWhatIsDeliveredLessElectricityIsWhatIsCaptured(t *testing.T) {
	territory := func(links ...Link) *Table {
		table := &Table{}
		for operator, h := range []heats{{900, 500, 150, 0}, {900, 450, 140, 0}, {900, 470, 160, 0}, {900, 440, 120, 0}} {
			counts := map[string][]string{"captee": {"captee"}}
			if operator < 3 {
				counts["livree"], counts["electricite"] = []string{"livree"}, []string{"electricite"}
			}
			plant(t, table, operator, h, counts)
			tie(t, table, operator, links...)
		}
		return table
	}
	printed := map[string]Interval{"captee": {1860, 1860}, "livree": {1870, 1870}, "electricite": {450, 450}}
	v, err := Attack(territory(pairwise...), printed, usual)
	if got := whose(t, v, err, 3, "captee"); len(got) != 0 {
		t.Fatalf("one heat at a time says too much already: %v", got)
	}
	together := territory(slices.Concat(pairwise, sums)...)
	v, err = Attack(together, printed, usual)
	got := whose(t, v, err, 3, "captee")
	if len(got) == 0 || got[0].Low != 440 || got[0].High != 440 {
		t.Fatalf("captee - livree + electricite is the fourth's: %v", got)
	}
	t.Log(got[0])
	p := protect(t, together, Public)
	if p.Why["captee"] != Secondary && p.Why["livree"] != Secondary && p.Why["electricite"] != Secondary {
		t.Errorf("all three are printed: %v", p.Why)
	}
	for _, f := range (oracle{together, p.Printed(1), usual}).attack([]string{"", siren(0), siren(1)}) {
		t.Errorf("%+v", f)
	}
}

// randomHeats draws a territory with the heats of its sites in tables of any
// shape, and the sums that hold between them.
func randomHeats(t testing.TB, seed uint64) *Table {
	t.Helper()
	random := rand.New(rand.NewPCG(seed, 47))
	table := &Table{}
	cells := func(heat string) (of []string) {
		for place := range 1 + random.IntN(2) {
			if random.IntN(5) > 0 {
				of = append(of, fmt.Sprint(heat, " in ", place))
			}
		}
		return append(of, heat)
	}
	for operator := range 2 + random.IntN(3) {
		h := heats{captured: Amount(random.IntN(60)), handedOver: Amount(random.IntN(30))}
		h.electricity = h.captured * Amount(random.IntN(100)) / 100
		h.rejected = h.captured + h.handedOver + Amount(random.IntN(3)*random.IntN(20))
		counts := map[string][]string{}
		for _, heat := range kinds {
			counts[heat] = cells(heat)
		}
		plant(t, table, operator, h, counts)
		tie(t, table, operator, slices.Concat(pairwise, sums)...)
	}
	return table
}

// The oracle knows the same sums; what it cannot narrow down, nobody can.
func TestRandomHeatsStand(t *testing.T) {
	for seed := range uint64(12) {
		checkHeats(t, seed)
	}
}

func FuzzProtectedHeatsStand(f *testing.F) {
	f.Add(uint64(1000))
	f.Fuzz(func(t *testing.T, seed uint64) { checkHeats(t, seed) })
}

func checkHeats(t *testing.T, seed uint64) {
	table := randomHeats(t, seed)
	p, err := Protect(table, Public, usual)
	if err != nil {
		t.Fatalf("seed %d: %v", seed, err)
	}
	o := oracle{table, p.Printed(1), usual}
	for _, f := range o.attack([]string{"", siren(0)}) {
		t.Errorf("seed %d: %+v", seed, f)
	}
}
