package press_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"thermie/collector"
	"thermie/collector/registry"
	"thermie/reports/press"
)

// dayOne is an authority with a spreadsheet, a SIREN and nothing else.
type dayOne struct {
	*testing.T
	dir, config string
}

func newDayOne(t *testing.T) dayOne {
	d := dayOne{T: t, dir: t.TempDir()}
	d.config = filepath.Join(d.dir, "collector.yaml")
	d.write("collector.yaml", fmt.Sprintf("data: %s\n", filepath.Join(d.dir, "data")))
	d.take(d.write("territory.yaml", "territories:\n  - siren: \"200056232\"\n"))
	return d
}

func (d dayOne) write(name, text string) string {
	d.Helper()
	path := filepath.Join(d.dir, name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		d.Fatal(err)
	}
	return path
}

// list imports a list of sites.
func (d dayOne) list(rows ...string) {
	d.Helper()
	d.take(d.write("sites.csv", "nom;exploitant;siren;commune;departement;puissance_it_kw;consommation_mwh\n"+strings.Join(rows, "\n")+"\n"))
}

// take imports a file into the registry.
func (d dayOne) take(file string) {
	d.Helper()
	var out, errOut bytes.Buffer
	if err := registry.CmdRegistry(d.Context(), []string{"import", file, "-config", d.config}, &out, &errOut); err != nil {
		d.Fatalf("%v\n%s%s", err, out.String(), errOut.String())
	}
}

// report writes one and returns what it prints.
func (d dayOne) report(args ...string) string {
	d.Helper()
	var out, errOut bytes.Buffer
	args = append(args, "-config", d.config, "-territory", "200056232", "-year", "2025", "-date", "2026-03-01", "-out", filepath.Join(d.dir, "out"))
	if err := press.Command(collector.OpenSource, "test")(d.Context(), args, &out, &errOut); err != nil {
		d.Fatalf("%v\n%s", err, errOut.String())
	}
	return out.String()
}

// gisement is the territory's heat and its band, of a digest.
func (d dayOne) gisement(digest string) (mwh, u float64) {
	d.Helper()
	var s struct {
		Territory struct {
			Gisement struct {
				Value    float64 `json:"value"`
				Expanded float64 `json:"U"`
			} `json:"gisement_mwh"`
		} `json:"territory"`
	}
	if err := json.Unmarshal([]byte(digest), &s); err != nil {
		d.Fatal(err)
	}
	return s.Territory.Gisement.Value, s.Territory.Gisement.Expanded
}

func (d dayOne) read(name string) string {
	d.Helper()
	data, err := os.ReadFile(filepath.Join(d.dir, "out", name))
	if err != nil {
		d.Fatal(err)
	}
	return string(data)
}

// The list that somebody typed, then the first answer to a letter: the band
// narrows, and the dossier says by how much.
func TestTheFirstDayNeedsAListAndNoAgent(t *testing.T) {
	d := newDayOne(t)
	d.list("Centre Nord;Alpha;111111118;Palaiseau;91;1200;", "Centre Sud;Bêta;222222226;Massy;91;4200;")
	mwh, wide := d.gisement(d.report("pcaet", "-json"))
	if mwh <= 0 || wide < mwh/5 {
		t.Fatalf("a list alone gives %v ± %v MWh: too sure of itself", mwh, wide)
	}
	page := d.read("pcaet.html")
	for _, want := range []string{"T5", "déclarées, sans compteur", "liste importée", "consommation électrique annuelle (page publique ou déclaration)"} {
		if !strings.Contains(page, want) {
			t.Errorf("the first dossier does not say %q", want)
		}
	}

	letters := strings.Fields(d.report("letters"))
	for _, want := range []string{"courrier-exploitant-111111118.docx", "courrier-exploitant-222222226.odt", "courrier-prefecture-91.docx"} {
		if !slices.Contains(letters, want) {
			t.Errorf("no %s among the letters %v", want, letters)
		}
	}

	d.list("Centre Nord;Alpha;111111118;Palaiseau;91;1200;", "Centre Sud;Bêta;222222226;Massy;91;4200;21 500,5")
	answered, narrow := d.gisement(d.report("pcaet", "-json"))
	if narrow/answered >= wide/mwh {
		t.Errorf("an answer does not narrow the band: ± %.0f %% before, ± %.0f %% after", 100*wide/mwh, 100*narrow/answered)
	}
	if page := d.read("pcaet.html"); !strings.Contains(page, "T4") || !strings.Contains(page, "relevés de l’électricité informatique") {
		t.Error("the second dossier does not say what the answer brought, nor what to ask next")
	}
}
