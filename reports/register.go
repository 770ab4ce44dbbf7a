package reports

// placed is a figure with the names of the table, row and column in which it
// is printed.
type placed struct {
	figure             Figure
	table, row, column string
}

// figuresOf returns every figure of a document's tables, in the order of
// print. Figures shown large stand in a table as well.
func figuresOf(blocks []Block) []placed {
	var all []placed
	for _, b := range blocks {
		if t, ok := b.(Table); ok {
			all = append(all, t.figures()...)
		}
	}
	return all
}

// figures returns a table's figures, the total's last.
func (t Table) figures() []placed {
	var all []placed
	each := func(cells []Cell) {
		name := ""
		for i, c := range cells {
			if c.Head && name == "" {
				name = c.Text
			}
			if c.Figure != nil {
				all = append(all, placed{*c.Figure, t.Caption, name, t.Columns[i].Head})
			}
		}
	}
	for _, r := range t.Rows {
		each(r.Cells)
	}
	each(t.Total)
	return all
}
