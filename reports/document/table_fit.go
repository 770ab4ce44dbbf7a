package document

// tableSizes are the font sizes of tables in points, tried in turn.
var tableSizes = [...]float64{9, 8, 7.5, 7}

// tableSetting is how a table is set: the widths of its columns and the size
// of its letters in points, and whether that leaves each word whole and each
// row easy to read.
type tableSetting struct {
	widths []float64
	size   float64
	sound  bool
}

// fit shares width (points) among the columns in the largest letters in which
// no word is broken and no row becomes a tower; where there are none, in the
// largest that break no word, or else in the smallest. padding is what a
// cell's text keeps clear of, both sides together.
func (t Table) fit(lang string, width, padding float64) tableSetting {
	var readable tableSetting
	for _, size := range tableSizes {
		needs := t.measure(lang, size, padding+1)
		s := tableSetting{widths: t.share(needs, width), size: size}
		unbroken := total(needs.least) <= width
		if s.sound = unbroken && !t.towers(lang, s, padding); s.sound {
			return s
		}
		if readable.size == 0 && (unbroken || size == tableSizes[len(tableSizes)-1]) {
			readable = s
		}
	}
	return readable
}

// tallestRow is how many lines a row may take before it is a tower.
const tallestRow = 9

// tallestName is the same for the cell that names the row, where it is what
// makes the row tall.
const tallestName = 4

// fewestRows is how many rows a table needs for long names to matter; a
// shorter one is easily read.
const fewestRows = 3

// towers reports whether a row's text stacks into a tower.
func (t Table) towers(lang string, s tableSetting, padding float64) bool {
	for _, r := range t.Rows {
		name, rest := 0, 0
		for i, c := range r.Cells {
			lines := len(wrapWords(c.text(lang, t.Columns[i]), s.size, s.widths[i]-padding))
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
