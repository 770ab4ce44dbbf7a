package reports

import "thermie/reports/document"

// Placed is a figure with the names of the table, row and column in which it
// is printed; a row is named by all its heads.
type Placed struct {
	Figure             document.Figure
	Table, Row, Column string
}

// FiguresOf returns every figure of a document's tables, in the order of
// print. Figures shown large stand in a table as well.
func FiguresOf(blocks []document.Block) []Placed {
	var all []Placed
	for _, b := range blocks {
		if t, ok := b.(document.Table); ok {
			all = append(all, figuresOfTable(t)...)
		}
	}
	return all
}

// figuresOfTable returns a table's figures, the total's last.
func figuresOfTable(t document.Table) []Placed {
	var all []Placed
	each := func(cells []document.Cell) {
		name := ""
		for i, c := range cells {
			switch {
			case c.Head && name == "":
				name = c.Text
			case c.Head && c.Text != "":
				name += ", " + c.Text
			}
			if c.Figure != nil {
				all = append(all, Placed{*c.Figure, t.Caption, name, t.Columns[i].Head})
			}
		}
	}
	for _, r := range t.Rows {
		each(r.Cells)
	}
	each(t.Total)
	return all
}
