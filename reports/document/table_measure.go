package document

// tableNeeds is the room that a table's columns need at a font size, in
// points, with what their cells keep clear of.
type tableNeeds struct {
	least, whole []float64   // by column: its widest unbreakable piece, its widest cell on one line
	rows         [][]float64 // each cell on one line, the total's row last
	clear        float64     // of a cell's width, what no text stands on
}

// How much wider than the regular face the bold one is.
const (
	boldHead   = 1.12 // letters
	boldFigure = 1.08 // rows that hold figures for the most part
)

// measure returns what the columns need at a font size.
func (t Table) measure(lang string, size, clear float64) tableNeeds {
	n := tableNeeds{least: make([]float64, len(t.Columns)), whole: make([]float64, len(t.Columns)), clear: clear}
	see := func(i int, text string, size float64, widthOf func(string, float64) float64) (width float64) {
		for _, word := range splitWords(text) {
			n.least[i] = max(n.least[i], clear+widthOf(word, size))
		}
		width = clear + widthOf(text, size)
		n.whole[i] = max(n.whole[i], width)
		return width
	}
	for i, c := range t.Columns {
		for _, word := range splitWords(c.head(lang)) {
			see(i, word, size*boldHead, textWidth)
		}
	}
	rows := t.Rows
	if t.Total != nil {
		rows = append(rows[:len(rows):len(rows)], Row{Cells: t.Total, Strong: true})
	}
	for _, r := range rows {
		widths := make([]float64, len(t.Columns))
		for i, c := range r.Cells {
			face, widthOf := size, textWidth
			if r.Strong {
				face *= boldFigure
			}
			if c.Code {
				widthOf = codeWidth
			}
			text := c.text(lang, t.Columns[i])
			if c.simulated() {
				text += Nbsp + LabelsOf(lang).Simulated
			}
			widths[i] = see(i, text, face, widthOf)
		}
		n.rows = append(n.rows, widths)
	}
	return n
}
