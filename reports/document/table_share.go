package document

import "slices"

// share divides width: every column gets its least, and the rest goes by the
// columns' weights where given, else to where it makes the table shortest.
func (t Table) share(n tableNeeds, width float64) []float64 {
	widths := make([]float64, len(n.least))
	weights := 0.0
	for _, c := range t.Columns {
		weights += c.Weight
	}
	wanted, room := total(n.whole)-total(n.least), width-total(n.least)
	if room >= 0 && weights == 0 && wanted > room {
		return t.grant(n, room)
	}
	for i := range widths {
		switch {
		case room < 0:
			widths[i] = n.least[i] * width / total(n.least)
		case weights > 0:
			widths[i] = n.least[i] + room*t.Columns[i].Weight/weights
		default:
			widths[i] = n.whole[i] + (room-wanted)*n.whole[i]/total(n.whole)
		}
	}
	return widths
}

// grants is in how many parts the room is handed out.
const grants = 64

// nameClaim is how much sooner than another column that of the rows' names
// gets the width that it wants: a name is what a reader looks for.
const nameClaim = 1.3

// grant hands out room that is not enough for all, part by part, each to the
// column where it takes most from what is tall.
func (t Table) grant(n tableNeeds, room float64) []float64 {
	widths, saved := slices.Clone(n.least), make([]float64, len(n.least))
	part := room / grants
	ask := func(i int) {
		saved[i] = -1
		if widths[i] < n.whole[i] {
			saved[i] = t.height(n, i, widths[i]) - t.height(n, i, widths[i]+part)
		}
	}
	for i := range saved {
		ask(i)
	}
	for range grants {
		best := slices.Index(saved, slices.Max(saved))
		widths[best] += part
		ask(best)
	}
	return widths
}

// height is how tall column i stands at a width: the sum of its cells' lines,
// cubed, so that one tall cell counts for more than many low ones.
func (t Table) height(n tableNeeds, i int, width float64) float64 {
	sum := 0.0
	for _, row := range n.rows {
		lines := (row[i] - n.clear) / (width - n.clear)
		if t.names(i) {
			lines *= nameClaim
		}
		lines = max(lines, 1)
		sum += lines * lines * lines
	}
	return sum
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
