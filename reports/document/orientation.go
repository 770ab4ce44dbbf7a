package document

// tallestRow is how many lines a row of a portrait page may take before its
// table is turned.
const tallestRow = 9

// turned tells for each block whether it stands on a landscape page: a table
// too wide for a portrait one, with the heading and the text that lead to it.
func (d *Document) turned(width, padding float64) []bool {
	turned := make([]bool, len(d.Blocks))
	for i, b := range d.Blocks {
		table, ok := b.(Table)
		if !ok || !table.tooWide(d.Lang, width, padding) {
			continue
		}
		turned[i] = true
		for start := i - 1; start >= 0 && leadsOn(d.Blocks[start]); start-- {
			if _, isHeading := d.Blocks[start].(Heading); isHeading {
				for j := start; j < i; j++ {
					turned[j] = true
				}
				break
			}
		}
	}
	return turned
}

// leadsOn reports whether a block may stand between a heading and the table
// that it leads to.
func leadsOn(b Block) bool {
	switch b.(type) {
	case Heading, Paragraph, Note, List:
		return true
	}
	return false
}

// tooWide reports whether the table, fitted to width, would break words or
// stack a row's text into a tower.
func (t Table) tooWide(lang string, width, padding float64) bool {
	widths, size := t.fit(lang, width, padding)
	least, _ := t.measure(lang, size)
	for i := range widths {
		if widths[i]+0.1 < least[i]+padding {
			return true
		}
	}
	for _, r := range t.Rows {
		for i, c := range r.Cells {
			if len(wrapWords(c.text(lang, t.Columns[i]), size, widths[i]-padding)) > tallestRow {
				return true
			}
		}
	}
	return false
}
