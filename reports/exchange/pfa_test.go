package exchange

import (
	"encoding/csv"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"thermie/proof"
)

func TestThe33ColumnsAndTheirCoordinates(t *testing.T) {
	if len(pfaColumns) != 33+2 {
		t.Fatalf("%d columns, want 33 and the coordinates", len(pfaColumns))
	}
	if pfaColumns[0] != "Unternehmens- ID" || pfaColumns[17] != "Leistungsprofil Januar (in kW)" || pfaColumns[32] != "Weitere Hinweise" {
		t.Errorf("columns %v", pfaColumns)
	}
}

// A month of which too little is known shows no power.
func TestPFAMonths(t *testing.T) {
	s := sampleSeries("fr")
	for h := 48; h < 56; h++ { // a third of what there is of March
		s.Hours[h] = unknownHour()
	}
	p := pfaOf(s)
	if p.months[0] == p.months[0] || p.months[2] == p.months[2] {
		t.Errorf("January %g and March %g are not known", p.months[0], p.months[2])
	}
	if p.months[1] < 1000 || p.months[1] > 1060 {
		t.Errorf("February: %g kW", p.months[1])
	}
}

// LibreOffice opens the record as a German desktop does and gives back the
// same cells.
func TestLibreOfficeOpensTheGermanRecord(t *testing.T) {
	office := proof.Program(t, "libreoffice", proof.DebianOffice)
	dir := t.TempDir()
	name := filepath.Join(dir, "record.csv")
	if err := os.WriteFile(name, seriesFile(t, "pfa", "fr"), 0o644); err != nil {
		t.Fatal(err)
	}
	out, err := exec.CommandContext(t.Context(), office, "-env:UserInstallation=file://"+filepath.Join(dir, "profile"), "--headless",
		"--infilter=CSV:59,34,76,1,,1031", "--convert-to", "csv:Text - txt - csv (StarCalc):9,34,76,1,,0,false,true,false", "--outdir", filepath.Join(dir, "out"), name).CombinedOutput()
	if err != nil {
		t.Fatalf("libreoffice: %v\n%s", err, out)
	}
	f, err := os.Open(filepath.Join(dir, "out", "record.csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	r := csv.NewReader(f)
	r.Comma = '\t'
	rows, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if len(rows) != 2 || len(rows[0]) != 35 || strings.TrimPrefix(rows[0][0], "\ufeff") != pfaColumns[0] {
		t.Fatalf("read back as %q", rows)
	}
	if got := strings.Replace(rows[1][33], ".", ",", 1); !strings.HasPrefix(got, "46,597") {
		t.Errorf("latitude came back as %q", rows[1][33])
	}
	if got := rows[1][2]; !strings.HasSuffix(got, "=Estran") || got == "" {
		t.Errorf("the operator's name came back as %q: it must stay a text", got)
	}
}
