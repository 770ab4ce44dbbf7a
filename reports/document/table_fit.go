package document

// tableSizes are the font sizes of tables in points, tried in turn.
var tableSizes = [...]float64{9, 8, 7}

// fit shares width (points) among the columns so that no word is broken, and
// returns the widths with the largest font size at which that works. padding
// is what a cell's text keeps clear of, both sides together.
func (t Table) fit(lang string, width, padding float64) (widths []float64, size float64) {
	for _, size = range tableSizes {
		least, whole := t.measure(lang, size)
		for i := range least {
			least[i] += padding + 1
			whole[i] += padding + 1
		}
		if total(least) <= width || size == tableSizes[len(tableSizes)-1] {
			return t.share(least, whole, width), size
		}
	}
	return nil, 0
}

// measure returns, for each column, the width of its widest unbreakable
// piece and that of its widest cell on one line.
func (t Table) measure(lang string, size float64) (least, whole []float64) {
	least, whole = make([]float64, len(t.Columns)), make([]float64, len(t.Columns))
	see := func(i int, text string, size float64) {
		for _, word := range splitWords(text) {
			least[i] = max(least[i], textWidth(word, size))
		}
		whole[i] = max(whole[i], textWidth(text, size))
	}
	rows := t.Rows
	if t.Total != nil {
		rows = append(rows[:len(rows):len(rows)], Row{Cells: t.Total, Strong: true})
	}
	for i, c := range t.Columns {
		for _, word := range splitWords(c.head(lang)) {
			see(i, word, size*1.08)
		}
		for _, r := range rows {
			face := size
			if r.Strong {
				face *= 1.08 // bold
			}
			if r.Cells[i].Code {
				face *= 1.12 // fixed width, narrow letters as wide as the others
			}
			text := r.Cells[i].text(lang, c)
			if r.Cells[i].simulated() {
				text += Nbsp + LabelsOf(lang).Simulated
			}
			see(i, text, face)
		}
	}
	return least, whole
}

// share divides width: every column gets its least, and the rest goes by the
// columns' weights where given, else where text would wrap most.
func (t Table) share(least, whole []float64, width float64) []float64 {
	widths := make([]float64, len(least))
	weights := 0.0
	for _, c := range t.Columns {
		weights += c.Weight
	}
	wanted := total(whole) - total(least)
	room := width - total(least)
	var granted []float64
	if wanted > room {
		granted = t.grant(least, whole, room)
	}
	for i := range widths {
		switch {
		case room < 0:
			widths[i] = least[i] * width / total(least)
		case weights > 0:
			widths[i] = least[i] + room*t.Columns[i].Weight/weights
		case wanted > room:
			widths[i] = least[i] + granted[i]
		default:
			widths[i] = whole[i] + (room-wanted)*whole[i]/total(whole)
		}
	}
	return widths
}

// nameClaim is how much sooner than another column that of the rows' names
// gets the width that it wants: a name is what a reader looks for.
const nameClaim = 2

// grant shares room that is not enough among the columns by what each wants
// beyond its least. No column gets more than that.
func (t Table) grant(least, whole []float64, room float64) []float64 {
	granted, open := make([]float64, len(least)), make([]float64, len(least))
	for i := range open {
		open[i] = whole[i] - least[i]
		if t.names(i) {
			open[i] *= nameClaim
		}
	}
	for settled := true; settled; {
		settled = false
		part := room / total(open)
		for i, wants := range open {
			if need := whole[i] - least[i]; wants > 0 && wants*part >= need {
				granted[i], open[i], room, settled = need, 0, room-need, true
				break
			}
		}
	}
	for i, wants := range open {
		if wants > 0 {
			granted[i] = room * wants / total(open)
		}
	}
	return granted
}

// names reports whether column i holds the names of the rows.
func (t Table) names(i int) bool { return len(t.Rows) > 0 && t.Rows[0].Cells[i].Head }

func total(values []float64) float64 {
	sum := 0.0
	for _, v := range values {
		sum += v
	}
	return sum
}
