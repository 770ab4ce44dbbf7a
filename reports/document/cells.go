package document

// The functions of this file decide what a cell prints, once for all formats.

// text returns what the cell prints in a page or a document, without the
// mark of simulated data, which each format sets in its own way.
func (c Cell) text(lang string, column Column) string {
	if c.Figure == nil {
		return Typeset(lang, c.Text)
	}
	f := *c.Figure
	switch {
	case column.Unit == "" && column.Uncertain:
		return f.Full(lang)
	case column.Unit == "":
		f.U, f.Unbudgeted = 0, false
		return f.Full(lang)
	case column.Uncertain:
		return f.WithU(lang)
	}
	return f.Text(lang)
}

// simulated reports whether the cell must carry the mark.
func (c Cell) simulated() bool { return c.Figure != nil && c.Figure.Marked() }

// Marked reports whether the figure prints the mark of simulated data: there
// is a number that could be taken for a measured one.
func (f Figure) Marked() bool { return f.Simulated && f.Mark == Known }

// text returns what the run prints, again without the simulated mark.
func (r Run) text(lang string) string {
	if r.Figure != nil {
		return r.Figure.Full(lang)
	}
	if r.Code {
		return r.Text
	}
	return Typeset(lang, r.Text)
}

func (r Run) simulated() bool { return r.Figure != nil && r.Figure.Marked() }

// runsText returns the plain text of a paragraph.
func runsText(lang string, runs []Run) string {
	text := ""
	for _, r := range runs {
		text += r.text(lang)
		if r.simulated() {
			text += Nbsp + LabelsOf(lang).Simulated
		}
	}
	return text
}

// head returns the column's head with its unit: "Gisement (MWh)".
func (c Column) head(lang string) string {
	if c.Unit == "" {
		return Typeset(lang, c.Head)
	}
	if c.Head == "" {
		return c.Unit
	}
	return Typeset(lang, c.Head) + " (" + c.Unit + ")"
}

// heading returns the heading with its number.
func (h Heading) heading(lang string) string {
	if h.Number == "" {
		return Typeset(lang, h.Text)
	}
	return h.Number + Nbsp + Nbsp + Typeset(lang, h.Text)
}

// short reports whether the table should stay on one page.
func (t Table) short() bool { return len(t.Rows) <= 12 }

// legend lists the marks that the table's cells print and what they mean.
func (t Table) legend(lang string) []string {
	var simulated, secret, unknown bool
	each := func(cells []Cell) {
		for _, c := range cells {
			if c.Figure != nil {
				simulated = simulated || c.simulated()
				secret = secret || c.Figure.Mark == Secret
				unknown = unknown || c.Figure.Mark == Unknown
			}
		}
	}
	for _, r := range t.Rows {
		each(r.Cells)
	}
	each(t.Total)
	l := LabelsOf(lang)
	var notes []string
	if simulated {
		notes = append(notes, Typeset(lang, l.simulatedNote))
	}
	if secret {
		notes = append(notes, Typeset(lang, l.secretNote))
	}
	if unknown {
		notes = append(notes, Typeset(lang, l.unknownNote))
	}
	return notes
}
