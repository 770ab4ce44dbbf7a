package document

import (
	"bytes"
	"html"
	"regexp"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// One figure, printed by every format, must be read as the same digits.
func TestSameFigureEverywhere(t *testing.T) {
	figures := map[string]Figure{
		"12 573":    {Value: 12573, Unit: "MWh"},
		"595,87":    {Value: 595.87, Decimals: 2, Unit: "kWh"},
		"1,1059":    {Value: 1.1059, Decimals: 4},
		"0":         {Value: 0, Unit: "MWh"},
		"−1 234,5":  {Value: -1234.5, Decimals: 1, Unit: "MWh"},
		"0,10":      {Value: 0.1, Decimals: 2, Unit: "GWh"},
		"7 000 000": {Value: 7e6, Unit: "kWh", Simulated: true},
		"non connu": {Mark: Unknown, Value: 99},
		"s":         {Mark: Secret, Value: 99},
	}
	for want, f := range figures {
		if f.Mark == Known {
			want = strings.ReplaceAll(want, " ", narrowNbsp)
		}
		f.Code = "MFZWIZLT"
		table := Table{Caption: "Essai", Sheet: "Essai", Columns: []Column{{Head: "Nom"}, {Head: "Valeur", Unit: "u", Align: AlignRight}},
			Rows: []Row{{Cells: []Cell{HeadCell("ligne"), FigureCell(f)}}}}
		d := &Document{Title: "Essai", Lang: "fr", Date: sampleDate, Blocks: []Block{table}}
		inHTML := regexp.MustCompile(`data-code="MFZWIZLT">([^<]*)</data>`).FindSubmatch(render(t, WriteHTML, d))
		if got := html.UnescapeString(string(inHTML[1])); got != want {
			t.Errorf("HTML prints %q, want %q", got, want)
		}
		if text := plainDOCX(t, d); !strings.Contains(text, "\n"+want+"\n") {
			t.Errorf("DOCX does not print %q:\n%s", want, text)
		}
		if got := digitsXLSX(t, d, "B5"); got != strings.ReplaceAll(want, narrowNbsp, "") {
			t.Errorf("XLSX shows %q for %q", got, want)
		}
		var b bytes.Buffer
		c := NewCSVWriter(&b, frenchCSV)
		c.Row("ligne", f)
		if err := c.Close(); err != nil {
			t.Fatal(err)
		}
		plain := strings.NewReplacer(narrowNbsp, "", minus, "-").Replace(want)
		if !strings.Contains(b.String(), "ligne;"+plain) {
			t.Errorf("CSV does not hold %q:\n%s", plain, b.String())
		}
	}
}

// digitsXLSX returns what a cell shows, in French signs and without spaces
// between thousands; excelize formats by the rules of English.
func digitsXLSX(t *testing.T, d *Document, cell string) string {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(render(t, WriteXLSX, d)))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	shown, err := f.GetCellValue("Essai", cell)
	if err != nil {
		t.Fatal(err)
	}
	shown = strings.TrimSuffix(shown, Nbsp+"sim.")
	return strings.NewReplacer(",", "", ".", ",").Replace(shown)
}

func TestSecretNeverLeaksItsValue(t *testing.T) {
	secret := Figure{Value: 424242, U: 4242, Mark: Secret, Unit: "MWh", Code: "MFZWIZLT"}
	table := Table{Caption: "Essai", Columns: []Column{{Head: "Nom"}, {Head: "Valeur", Unit: "MWh", Uncertain: true, Sum: true}},
		Rows:  []Row{{Cells: []Cell{HeadCell("a"), FigureCell(secret)}}},
		Total: []Cell{HeadCell("Total"), FigureCell(secret)}}
	d := &Document{Title: "Essai", Lang: "fr", Date: sampleDate, Blocks: []Block{table, Highlights{Items: []Highlight{{Label: "x", Figure: secret}}}, Paragraph{Runs: []Run{{Figure: &secret}}}}}
	for _, f := range Formats() {
		for name, part := range partsOf(t, f, d) {
			if bytes.Contains(part, []byte("4242")) {
				t.Errorf("%s %s holds the digits of a secret figure", f.Name, name)
			}
		}
	}
	var b bytes.Buffer
	c := NewCSVWriter(&b, DepositCSV)
	c.Row("a", secret)
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(b.String(), "4242") {
		t.Errorf("the CSV holds the digits of a secret figure:\n%s", b.String())
	}
}

// partsOf renders d and returns the files inside the result.
func partsOf(t *testing.T, f Format, d *Document) map[string][]byte {
	t.Helper()
	out := render(t, f.Write, d)
	if bytes.HasPrefix(out, []byte("PK")) {
		return unpack(t, out)
	}
	if bytes.HasPrefix(out, []byte("%PDF")) {
		return pdfParts(t, out)
	}
	return map[string][]byte{"": out}
}

func TestSimulatedFiguresAreMarkedEverywhere(t *testing.T) {
	f := Figure{Value: 12573, Unit: "MWh", Simulated: true}
	d := &Document{Title: "Essai", Lang: "fr", Date: sampleDate, Blocks: []Block{
		Table{Caption: "Essai", Columns: []Column{{Head: "Valeur", Unit: "MWh"}}, Rows: []Row{{Cells: []Cell{FigureCell(f)}}}}}}
	for _, format := range Formats() {
		found := false
		for _, part := range partsOf(t, format, d) {
			found = found || bytes.Contains(part, []byte("sim.</abbr>")) || bytes.Contains(part, []byte(Nbsp+"sim."))
		}
		if !found {
			t.Errorf("%s does not mark a simulated figure", format.Name)
		}
	}
}
