package geography

import (
	"errors"
	"runtime"
	"strings"
	"testing"
)

func open(t testing.TB) *France {
	t.Helper()
	f, err := Open()
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestACommuneIsFoundByItsCode(t *testing.T) {
	f := open(t)
	for code, want := range map[string]Commune{
		"75056": {Code: "75056", Name: "Paris", SIREN: "217500016", Department: "75", DepartmentName: "Paris", Region: "11", EPCI: grandParis},
		"93066": {Code: "93066", Name: "Saint-Denis", SIREN: "929939411", Department: "93", DepartmentName: "Seine-Saint-Denis", Region: "11", EPCI: grandParis, EPT: "200057867"},
		"01001": {Code: "01001", Name: "L'Abergement-Clémenciat", SIREN: "210100012", Department: "01", DepartmentName: "Ain", Region: "84", EPCI: "200069193"},
		"2A004": {Code: "2A004", Name: "Ajaccio", SIREN: "212000046", Department: "2A", DepartmentName: "Corse-du-Sud", Region: "94", EPCI: "242010056"},
		"97411": {Code: "97411", Name: "Saint-Denis", SIREN: "219740115", Department: "974", DepartmentName: "La Réunion", Region: "04", EPCI: "249740119"},
		"98735": {Code: "98735", Name: "Papeete", Department: "987", DepartmentName: "Polynésie française", Region: "987"},
		"85113": {Code: "85113", Name: "L'Île-d'Yeu", SIREN: "218501138", Department: "85", DepartmentName: "Vendée", Region: "52"},
	} {
		got, ok := f.Commune(code)
		got.Population, got.RegionName = 0, ""
		if !ok || got != want {
			t.Errorf("%s is %+v, %v\nwant %+v", code, got, ok, want)
		}
	}
	for _, code := range []string{"", "7", "75001", "93059", "99901", "75056 ", "2A"} {
		if c, ok := f.Commune(code); ok {
			t.Errorf("%q is %s", code, c.Name)
		}
	}
}

func TestACommuneIsFoundByItsNameAndDepartment(t *testing.T) {
	f := open(t)
	for _, c := range []struct{ name, in, want string }{
		{"Saint-Denis", "93", "93066"}, {"saint denis", "Seine-Saint-Denis", "93066"}, {"St Denis", "974", "97411"},
		{"L’Haÿ-les-Roses", "val de marne", "94038"}, {"EPINAY SUR SEINE", "", "93031"}, {"neuilly le dien", "80", "80589"}, {"PŒUILLY", "80", "80629"},
		{"Saint-Denis", "75", ""}, {"Saint-Denis", "nowhere", ""}, {"", "93", ""},
	} {
		var codes []string
		for _, found := range f.CommunesNamed(c.name, c.in) {
			codes = append(codes, found.Code)
		}
		if got := strings.Join(codes, " "); got != c.want {
			t.Errorf("%q in %q: %q, want %q", c.name, c.in, got, c.want)
		}
	}
	if homonyms := f.CommunesNamed("Saint-Denis", ""); len(homonyms) < 3 {
		t.Errorf("%d communes are called Saint-Denis", len(homonyms))
	}
}

func TestABodyIsFoundBySIRENWithItsMembers(t *testing.T) {
	f := open(t)
	for siren, want := range map[string]struct {
		name    string
		kind    Kind
		members int
	}{
		"200056232": {"CA Communauté Paris-Saclay", CA, 27},
		"200057867": {"Plaine Commune", EPT, 8},
		"200054781": {"Métropole du Grand Paris", Metropole, 130},
		"200046977": {"Métropole de Lyon", Metropole, 58},
		"217500016": {"Paris", CommuneKind, 1},
	} {
		b, ok := f.Body(siren)
		if !ok || b.Name != want.name || b.Kind != want.kind || len(b.Members()) != want.members || b.Population == 0 {
			t.Errorf("%s is %q, a %s of %d communes, %v", siren, b.Name, b.Kind, len(b.Members()), ok)
		}
	}
	if b, ok := f.Body("999000012"); ok {
		t.Errorf("nobody's SIREN is %s's", b.Name)
	}
	for number, name := range map[string]string{"T1": "Paris", "t6": "Plaine Commune", "T12": "Grand-Orly Seine Bièvre", "T13": "", "": ""} {
		if b, _ := f.BodyNumbered(number); b.Name != name {
			t.Errorf("%q is %q", number, b.Name)
		}
	}
}

// In Grand Paris the territories make the plans, and Paris its own; the
// metropolis says which they are.
func TestThePlanIsMadeByTheTerritoryInGrandParis(t *testing.T) {
	f := open(t)
	for code, want := range map[string]string{"93066": "Plaine Commune", "75056": "Paris", "75113": "Paris", "91477": "CA Communauté Paris-Saclay", "93059": "Plaine Commune"} {
		if b, err := f.PlanBody(code); b.Name != want {
			t.Errorf("the plan of %s is made by %q, %v; want %q", code, b.Name, err, want)
		}
	}
	for _, code := range []string{"85113", "99901"} { // an island in no EPCI, a place in the sea
		if b, err := f.PlanBody(code); err == nil {
			t.Errorf("the plan of %s is made by %q", code, b.Name)
		}
	}
	metropolis, _ := f.Body(grandParis)
	within := metropolis.Within()
	if len(within) != 12 || within[0].Name != "Paris" || within[5].Name != "Plaine Commune" || within[11].Number != "T12" {
		t.Errorf("within Grand Paris: %+v", within)
	}
	members := map[string]bool{}
	for _, b := range within {
		for _, c := range b.Members() {
			if members[c.Code] {
				t.Errorf("%s is in two territories", c.Name)
			}
			members[c.Code] = true
		}
	}
	if len(members) != len(metropolis.Members()) {
		t.Errorf("the territories have %d communes, the metropolis %d", len(members), len(metropolis.Members()))
	}
}

func TestACommuneThatMergedNamesItsSuccessor(t *testing.T) {
	f := open(t)
	c, err := f.Current("93059")
	var gone *Gone
	if !errors.As(err, &gone) || c.Code != "93066" || gone.Name != "Pierrefitte-sur-Seine" || gone.LastYear != 2024 {
		t.Errorf("93059: %s, %v", c.Name, err)
	}
	if want := "93059 (Pierrefitte-sur-Seine) is no commune since 2025: it lies in 93066 (Saint-Denis)"; err.Error() != want {
		t.Errorf("%v, want %s", err, want)
	}
	if c, err := f.Current("69383"); c.Name != "Lyon" || err == nil || !strings.Contains(err.Error(), "Lyon 3e Arrondissement) is no commune in 2026") {
		t.Errorf("an arrondissement: %s, %v", c.Name, err)
	}
	if c, err := f.Current("93066"); c.Name != "Saint-Denis" || err != nil {
		t.Errorf("a commune of now: %s, %v", c.Name, err)
	}
	if c, err := f.Current("93200"); c.Code != "" || err == nil || !strings.Contains(err.Error(), "postal code") {
		t.Errorf("a postal code: %s, %v", c.Name, err)
	}
}

// What the package is known to hold: a table that lost lines would show.
func TestTheTableIsWhole(t *testing.T) {
	f := open(t)
	if len(f.communes) != 34969 || len(f.bodies) != 1255+11 || len(f.departments) != 109 || f.Origin.Year != 2026 {
		t.Errorf("%d communes, %d bodies, %d departments of %d", len(f.communes), len(f.bodies), len(f.departments), f.Origin.Year)
	}
	over20000 := 0
	for _, b := range f.bodies {
		if b.Kind != EPT && b.TotalPopulation > 20000 {
			over20000++
		}
	}
	if over20000 != 740 {
		t.Errorf("%d EPCI have more than 20,000 inhabitants", over20000)
	}
	for _, c := range f.communes {
		if whole := f.whole(c); whole.DepartmentName == "" || whole.RegionName == "" {
			t.Errorf("%s lies in %+v", c.code, whole)
		}
	}
	for _, old := range f.former {
		if _, ok := f.Commune(old.Into); !ok {
			t.Errorf("%s has gone to %s, which is nowhere", old.Code, old.Into)
		}
	}
}

func TestATableThatIsDamagedIsRefused(t *testing.T) {
	for _, text := range []string{
		"", "x\t1", "o\t2026", "o\tyear\tp\th\tl\n", "o\t2026\tp\th\tl\nc\t01001\tA\t\t-5\t\t\n",
		"o\t2026\tp\th\tl\nc\t01001\tA\t\t5\t0\t\n", "o\t2026\tp\th\tl\nc\t01002\tA\t\t\t\t\nc\t01001\tB\t\t\t\t\n",
	} {
		if _, err := decode(text); err == nil {
			t.Errorf("%q was read", text)
		}
	}
}

func FuzzDecode(f *testing.F) {
	f.Add("o\t2026\tp\th\tl\nr\t11\tÎle-de-France\nd\t75\tParis\t11\nb\t217500016\tCC\t\tX\t1\t2\nc\t75056\tParis\t\t3\t0\t\nf\t75113\tParis 13e\t75056\t\n")
	f.Fuzz(func(_ *testing.T, text string) {
		if table, err := decode(text); err == nil {
			for _, c := range table.communes {
				if len(c.code) >= 5 {
					table.whole(c)
				}
			}
		}
	})
}

func BenchmarkOpen(b *testing.B) {
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	kept := decoded(b)
	runtime.GC()
	runtime.ReadMemStats(&after)
	runtime.KeepAlive(kept)
	for b.Loop() {
		decoded(b)
	}
	b.ReportMetric(float64(after.HeapAlloc-before.HeapAlloc)/1e6, "MB_kept")
}

func decoded(b *testing.B) *France {
	text, err := unpack()
	if err != nil {
		b.Fatal(err)
	}
	f, err := decode(text)
	if err != nil {
		b.Fatal(err)
	}
	return f
}

func BenchmarkCommune(b *testing.B) {
	f := open(b)
	for b.Loop() {
		f.Commune("93066")
	}
}

func BenchmarkCommunesNamed(b *testing.B) {
	f := open(b)
	for b.Loop() {
		f.CommunesNamed("Saint-Denis", "93")
	}
}

func BenchmarkMembers(b *testing.B) {
	body, _ := open(b).Body("200056232")
	for b.Loop() {
		body.Members()
	}
}
