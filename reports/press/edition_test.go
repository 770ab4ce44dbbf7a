package press

import (
	"encoding/json"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"

	"thermie/configs"
	"thermie/proof"
	"thermie/reports"
	"thermie/reports/document"
	"thermie/reports/fixture"
	"thermie/reports/pcaet"
)

// edition is one edition of a whole dossier: the report, and the files that an
// official opens.
type edition struct {
	profile string
	report  *pcaet.Report
	dir     string
	text    map[string][][][]string // the tables of HTML, DOCX and ODT, cell by cell
	sheets  map[string][][]string   // those of the workbook, as LibreOffice shows them once it has computed the formulas anew
	pdf     string                  // as it is read aloud
}

// editions are those of the demonstration's measured and simulated sites
// together with a town of declared ones, with a plan: for the authority, who
// sees every value, and for the public, to whom many are « s ».
func editions(t *testing.T) []*edition {
	t.Helper()
	var all []*edition
	for _, profile := range []string{"authority", "public"} {
		e := &edition{profile: profile, dir: t.TempDir(), text: map[string][][][]string{}}
		d := whole(t, profile, e.dir)
		var err error
		if e.report, err = pcaet.Write(d); err != nil {
			t.Fatal(err)
		}
		if _, err := WriteDossier(d); err != nil {
			t.Fatal(err)
		}
		for name, tables := range map[string]func(*testing.T, string) [][][]string{"html": htmlTables, "docx": docxTables, "odt": odtTables} {
			e.text[name] = tables(t, e.file("pcaet."+name))
		}
		e.sheets = recomputed(t, e.file("pcaet.xlsx"))
		text, err := exec.Command(proof.Program(t, "pdftotext", proof.DebianPoppler), "-layout", e.file("pcaet.pdf"), "-").Output()
		if err != nil {
			t.Fatal(err)
		}
		e.pdf = string(text)
		all = append(all, e)
	}
	return all
}

// whole is the dossier of all of them.
func whole(t *testing.T, profile, out string) *reports.Dossier {
	t.Helper()
	entries := town{operators: 4}.sites()
	area, o := fixture.Area(t), fixture.Options(out)
	for _, s := range entries {
		area.Territory.Sites = append(area.Territory.Sites, s.ID)
	}
	area.Plan = configs.Plan{Territory: area.Territory.SIREN, Needs: configs.PlanNeeds{MWh: 610000, Source: "Cerema"},
		Hypotheses: []configs.Hypothesis{
			{ID: "renovation", Kind: configs.Renovation, Scenario: "trend", From: 2026, PercentPerYear: 1, Source: "schéma directeur"},
			{ID: "grid", Kind: configs.GridFactor, Scenario: "trend", From: 2030, KgPerKWh: 0.03, Source: "gestionnaire du réseau"},
			{ID: "closure", Kind: configs.Closure, Scenario: "committed", From: 2032, Site: "dlc-2mw", State: "announced", Source: "presse locale"},
		}}
	o.Disclosure, o.OtherThermal = profile, true
	d, err := reports.Build(t.Context(), reports.Declare(fixture.Source(t), entries), area, o)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func (e *edition) file(name string) string { return filepath.Join(e.dir, name) }

// tables are those of the report, in the order of print.
func (e *edition) tables() (all []document.Table) {
	for _, b := range e.report.Document().Blocks {
		if table, ok := b.(document.Table); ok {
			all = append(all, table)
		}
	}
	return all
}

// sheetOf is the shown sheet of a table.
func (e *edition) sheetOf(table document.Table) [][]string {
	i := slices.IndexFunc(e.tables(), func(x document.Table) bool { return x.Caption == table.Caption })
	for _, rows := range e.sheets {
		if len(rows) > 0 && len(rows[0]) > 0 && isTable(rows[0][0], i+1) {
			return rows
		}
	}
	return nil
}

// deposit are the lines of depot.csv by column.
func (e *edition) deposit(t *testing.T) (lines []map[string]string) {
	all := separated(t, mustRead(t, e.file("depot.csv")), ';')
	for _, row := range all[1:] {
		line := map[string]string{}
		for i, head := range all[0] {
			line[head] = row[i]
		}
		lines = append(lines, line)
	}
	return lines
}

// indicator is one of indicateurs.json.
type indicator struct {
	ID            string      `json:"indicateur"`
	Status        string      `json:"statut"`
	Date          string      `json:"dateValeur"`
	Result        json.Number `json:"resultat"`
	ResultComment string      `json:"resultatCommentaire"`
	TargetComment string      `json:"objectifCommentaire"`
}

func (e *edition) indicators(t *testing.T) []indicator {
	var v struct {
		Indicators []indicator `json:"indicateurs"`
	}
	if err := json.Unmarshal(mustRead(t, e.file(valuesFile)), &v); err != nil {
		t.Fatal(err)
	}
	return v.Indicators
}
