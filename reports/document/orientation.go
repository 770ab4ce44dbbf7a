package document

// tallestRow is how many lines a row of a portrait page may take before its
// table is turned.
const tallestRow = 9

// tallestName is the same for the cell that names the row, where it is what
// makes the row tall.
const tallestName = 4

// fewestRows is how many rows a table needs for its looks alone to turn a
// page; a shorter one is easily read in small letters.
const fewestRows = 3

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
		for j := d.leadOf(i); j < i; j++ {
			turned[j] = true
		}
	}
	return turned
}

// longestLead is how many blocks may come before a table on its page.
const longestLead = 8

// leadOf returns the first block of what leads to the table at block i: from
// the nearest heading on, or from its chapter's where only text lies between,
// so that no page holds but the first lines of a chapter.
func (d *Document) leadOf(i int) int {
	lead := i
	for start := i - 1; start >= max(0, i-longestLead) && leadsOn(d.Blocks[start]); start-- {
		heading, ok := d.Blocks[start].(Heading)
		if ok && (lead == i || heading.Level == 1) {
			lead = start
		}
		if ok && heading.Level == 1 {
			break
		}
	}
	return lead
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

// tooWide reports whether the table, fitted to width, would break words, need
// the smallest letters, or stack a row's text into a tower.
func (t Table) tooWide(lang string, width, padding float64) bool {
	widths, size := t.fit(lang, width, padding)
	if size == tableSizes[len(tableSizes)-1] && len(t.Rows) >= fewestRows {
		return true
	}
	least, _ := t.measure(lang, size)
	for i := range widths {
		if widths[i]+0.1 < least[i]+padding {
			return true
		}
	}
	for _, r := range t.Rows {
		name, rest := 0, 0
		for i, c := range r.Cells {
			lines := len(wrapWords(c.text(lang, t.Columns[i]), size, widths[i]-padding))
			if c.Head {
				name = max(name, lines)
			} else {
				rest = max(rest, lines)
			}
		}
		if max(name, rest) > tallestRow || name > tallestName && name > rest && len(t.Rows) >= fewestRows {
			return true
		}
	}
	return false
}
