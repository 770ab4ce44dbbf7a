package document

import (
	"io"
	"strings"
	"testing"
)

func TestFaultyDocumentsAreRefusedByEveryFormat(t *testing.T) {
	number := func(v float64) Cell { return FigureCell(Figure{Value: v}) }
	columns := []Column{{Head: "a"}, {Head: "b", Sum: true}}
	for want, blocks := range map[string][]Block{
		"level 3 after level 1":               {Heading{Level: 1, Text: "x"}, Heading{Level: 3, Text: "y"}},
		"row 1 has 1 cells for 2 columns":     {Table{Caption: "c", Columns: columns, Rows: []Row{{Cells: []Cell{number(1)}}}}},
		"no caption":                          {Table{}},
		"the total prints 4, its rows add up": {Table{Caption: "c", Columns: columns, Rows: []Row{{Cells: []Cell{TextCell(""), number(3)}}}, Total: []Cell{TextCell(""), number(4)}}},
		"text alternative":                    {Chart{Caption: "c"}},
		"has 1 values for 0 positions":        {Chart{Caption: "c", Alt: "a", Series: []Series{{Name: "s", Y: []float64{1}}}}},
	} {
		d := &Document{Title: "Essai", Lang: "fr", Date: sampleDate, Blocks: blocks}
		for _, f := range Formats() {
			if err := f.Write(io.Discard, d); err == nil || !strings.Contains(err.Error(), want) {
				t.Errorf("%s: got %v, want an error that says %q", f.Name, err, want)
			}
		}
	}
	if err := (&Document{Title: "x", Lang: "de", Date: sampleDate}).Check(); err == nil {
		t.Error("a language without words was accepted")
	}
}

func TestTotalsSkipSubtotalsAndUnknowns(t *testing.T) {
	number := func(v float64) Cell { return FigureCell(Figure{Value: v, Decimals: 1}) }
	table := Table{Caption: "c", Columns: []Column{{Head: "b", Sum: true}}, Total: []Cell{number(0.3)},
		Rows: []Row{{Cells: []Cell{number(0.1)}}, {Cells: []Cell{number(0.2)}}, {Cells: []Cell{number(0.3)}, Strong: true}, {Cells: []Cell{FigureCell(Figure{Mark: Unknown})}}}}
	if faults := table.check(); faults != nil {
		t.Errorf("a right total was refused: %v", faults)
	}
}
