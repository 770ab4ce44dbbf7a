package registry

import (
	"errors"
	"strings"
	"testing"

	"thermie/configs"
)

// windows1252 writes text as a French spreadsheet does.
func windows1252(text string) []byte {
	var b []byte
	for _, r := range strings.ReplaceAll(text, "\n", "\r\n") {
		if i := strings.IndexRune(string(upperHalf[:]), r); i >= 0 && r > 0xff {
			for j, u := range upperHalf {
				if u == r {
					b = append(b, byte(0x80+j))
				}
			}
			continue
		}
		b = append(b, byte(r))
	}
	return b
}

const frenchList = "Nom du site;Exploitant;SIRET;Commune;Département;Puissance IT (kW);Consommation (MWh);PUE;Latitude;Longitude\n"

// The same list as a French spreadsheet and as a program writes it.
func TestAFrenchListIsRead(t *testing.T) {
	text := "Nom;Exploitant;Commune;Département;Puissance IT (kW);Consommation_MWh;PUE;ne pas lister\n" +
		"\"Hall \"\"Cœur\"\" ; nord\";Société d’Exemple;Saint-Denis;93;1\u00a0200,5;8 200,25;1,4;\n" +
		";;;;;;;\n" +
		"Tour;Exemple;Épinay-sur-Seine;Seine-Saint-Denis;900;;;oui\n"
	for name, data := range map[string][]byte{
		"windows-1252": windows1252(text), "utf-8": []byte(text), "with its mark": []byte("\ufeff" + text),
		"pasted from both": append([]byte(text[:strings.Index(text, "Tour")]), windows1252(text[strings.Index(text, "Tour"):])...),
		"tabs":             []byte(strings.ReplaceAll(strings.ReplaceAll(text, " ; nord", " , nord"), ";", "\t")),
	} {
		sites, err := ReadSiteList("liste.csv", data)
		if err != nil || len(sites) != 2 {
			t.Errorf("%s: %v, %v", name, sites, err)
			continue
		}
		s := sites[0]
		if !strings.HasPrefix(s.Name, `Hall "Cœur"`) || s.Operator != "Société d’Exemple" || s.Commune != "93066" || s.RatedITKW != 1200.5 ||
			s.TotalKWh != 8200250 || s.PUE != 1.4 || s.NeverListed || s.Where != "liste.csv:2" || s.ID != "hall-coeur-nord-saint-denis" {
			t.Errorf("%s: %+v", name, s)
		}
		if s := sites[1]; s.Commune != "93031" || !s.NeverListed || s.Where != "liste.csv:4" {
			t.Errorf("%s: %+v", name, s)
		}
	}
}

// Every faulty line is named, all at once, with what to do.
func TestEveryFaultyLineIsNamed(t *testing.T) {
	text := "id;nom;code_insee;commune;puissance_it_kw;siret;latitude\n" +
		"a;A;93066;;12x;;\n" + // no number
		"b;B;;Saint-Denis;5;;\n" + // which one?
		"b2;B;;Nulle-Part;5;;\n" +
		"c;;93066;;5;;\n" + // no name
		"d;D;93066;;5;123;\n" + // no SIRET
		"e;E;93066;;5;;\n" +
		"e;E again;93066;;5;;\n" +
		"f;F;93066;;5;;;;surplus\n" +
		"G g;G;93066;;5;;999\n"
	_, err := ReadSiteList("liste.csv", []byte(text))
	var faults configs.Faults
	if !errors.As(err, &faults) {
		t.Fatalf("the error is %v", err)
	}
	for line, part := range map[int]string{2: `"12x" is not a number`, 3: "communes are called", 4: `no commune is called "Nulle-Part"`, 5: "name is missing",
		6: "SIRET has fourteen digits", 8: "stands in line 7 already", 9: `"surplus" stands behind`, 10: "cannot be an id"} {
		found := false
		for _, f := range faults {
			found = found || f.Line == line && strings.Contains(f.String(), part)
		}
		if !found {
			t.Errorf("line %d: nothing says %q in\n%v", line, part, err)
		}
	}
}

func TestAListThatIsNoListIsRefused(t *testing.T) {
	for name, c := range map[string]struct{ text, says string }{
		"empty":           {"", "holds no site"},
		"head alone":      {"nom;commune\n", "holds no site"},
		"unknown column":  {"nom;couleur\nA;bleu\n", `no column is called "couleur"`},
		"twice":           {"nom;name\nA;B\n", "two columns are name"},
		"without a name":  {"commune;pue\nParis;1\n", "no column holds the sites' names"},
		"quotation marks": {"nom;pue\n\"A;1\n", "line 2: a cell begins with a quotation mark"},
		"behind a mark":   {"nom;pue\n\"A\"x;1\n", "text follows the quotation mark"},
		"a workbook":      {"PK\x03\x04\x14\x00\x06\x00", "holds no site"},
	} {
		if _, err := ReadSiteList("l.csv", []byte(c.text)); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v, want %q", name, err, c.says)
		}
	}
}

func FuzzReadSiteList(f *testing.F) {
	f.Add([]byte(frenchList + "A;B;;Paris;75;1;2;1,4;48,8;2,3\n"))
	f.Add(windows1252("nom;exploitant\né;\"œ\"\"\"\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		sites, err := ReadSiteList("l.csv", data)
		for _, s := range sites {
			if err != nil || s.ID == "" || s.Name == "" {
				t.Errorf("%+v, %v", s, err)
			}
		}
	})
}
