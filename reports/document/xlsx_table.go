package document

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// tableSheet lays out a table. An uncertain column takes two: value and ±,
// so that both stay numbers.
func (d *Document) tableSheet(t Table, number int) gridSheet {
	l := LabelsOf(d.Lang)
	tab := gridSheet{rows: d.sheetHead(fmt.Sprintf("%s%s%d%s%s", l.table, Nbsp, number, l.captionSep, Typeset(d.Lang, t.Caption)))}
	tab.head = len(tab.rows) + 1
	var heads []gridCell
	for _, c := range t.Columns {
		heads = append(heads, gridCell{text: c.head(d.Lang), style: gridStyle{look: lookHead, align: c.Align}})
		if c.Uncertain {
			u := Column{Head: l.uncertainty, Unit: c.Unit}
			heads = append(heads, gridCell{text: u.head(d.Lang), style: gridStyle{look: lookHead, align: c.Align}})
		}
	}
	tab.rows = append(tab.rows, heads)
	for _, r := range t.Rows {
		look := lookBody
		if r.Strong {
			look = lookStrong
		}
		tab.rows = append(tab.rows, t.gridRow(d.Lang, r.Cells, look))
	}
	if t.Total != nil {
		tab.rows = append(tab.rows, t.totalRow(d.Lang, tab.head))
	}
	tab.widths = gridWidths(d.Lang, tab.rows[tab.head-1:])
	tab.rows = append(tab.rows, nil)
	for _, line := range t.legend(d.Lang) {
		tab.rows = append(tab.rows, []gridCell{{text: line, style: gridStyle{look: lookRemark}}})
	}
	if len(t.Notes) > 0 {
		tab.rows = append(tab.rows, []gridCell{{text: runsText(d.Lang, t.Notes), style: gridStyle{look: lookRemark}}})
	}
	return tab
}

// gridRow turns a row of cells into cells of the grid.
func (t Table) gridRow(lang string, cells []Cell, look gridLook) []gridCell {
	var row []gridCell
	for i, c := range cells {
		column := t.Columns[i]
		style := gridStyle{look: look, align: column.Align, code: c.Code}
		if c.Limits != nil {
			style.look = lookInput
		}
		cell := c.gridCell(lang, column, style)
		cell.name, cell.limits = c.Name, c.Limits
		row = append(row, cell)
		if column.Uncertain {
			row = append(row, c.uncertaintyCell(lang, column, style))
		}
	}
	return row
}

// gridCell returns the cell's text or number.
func (c Cell) gridCell(lang string, column Column, style gridStyle) gridCell {
	if c.Figure == nil || c.Figure.Mark != Known {
		return gridCell{text: c.text(lang, column), style: style}
	}
	f := *c.Figure
	suffix := ""
	if column.Unit == "" && f.Unit != "" {
		suffix = strings.TrimPrefix(f.valueUnit(lang), f.Text(lang))
	}
	if f.Marked() {
		suffix += Nbsp + LabelsOf(lang).Simulated
	}
	if style.format = numberFormat(lang, f.Decimals, suffix); c.Limits != nil {
		style.format = "" // what a reader enters shows all its digits
	}
	return gridCell{number: f.Value, numeric: true, style: style}
}

// uncertaintyCell returns what stands in the ± column beside the cell.
func (c Cell) uncertaintyCell(lang string, column Column, style gridStyle) gridCell {
	if c.Figure == nil {
		return gridCell{style: style}
	}
	u := c.Figure.Uncertainty(lang)
	if u == "" || c.Figure.Unbudgeted {
		return gridCell{text: u, style: style}
	}
	f := *c.Figure
	f.Value, f.Simulated = f.U, false
	return Cell{Figure: &f}.gridCell(lang, column, style)
}

// totalRow returns the total: a formula over the printed rows where the
// total is their sum, with the sum as its stored result.
func (t Table) totalRow(lang string, head int) []gridCell {
	row := t.gridRow(lang, t.Total, lookTotal)
	at := 0
	for i, c := range t.Columns {
		if _, ok := t.sum(i); ok {
			row[at].formula = "SUM(" + t.summedRanges(at, head) + ")"
		}
		at++
		if c.Uncertain {
			at++
		}
	}
	return row
}

// summedRanges lists the cells of a column that are not subtotals.
func (t Table) summedRanges(column, head int) string {
	var ranges []string
	for first := 0; first < len(t.Rows); first++ {
		if t.Rows[first].Strong {
			continue
		}
		last := first
		for last+1 < len(t.Rows) && !t.Rows[last+1].Strong {
			last++
		}
		ranges = append(ranges, cellName(column, head+first)+":"+cellName(column, head+last))
		first = last
	}
	return strings.Join(ranges, ",")
}

// widestColumn is the widest that a column gets, in characters: about as
// much as is easily read; longer texts wrap.
const widestColumn = 42

// gridWidths chooses widths in characters: what the body needs, at least the
// head's longest word, at most a readable line.
func gridWidths(lang string, rows [][]gridCell) []float64 {
	widths := make([]float64, len(rows[0]))
	for _, row := range rows {
		for i, c := range row {
			texts := []string{c.text}
			if c.style.look == lookHead {
				texts = splitWords(c.text)
			}
			if c.numeric {
				texts = []string{printed(lang, c)}
			}
			for _, text := range texts {
				widths[i] = max(widths[i], min(widestColumn, float64(utf8.RuneCountInString(text))*1.1+2.5))
			}
		}
	}
	return widths
}

// rowHeight returns the height in points that a row's wrapped texts need; 0
// leaves a single line to the program.
func (s gridSheet) rowHeight(row int) float64 {
	lines := 1
	for i, c := range s.rows[row] {
		width := total(s.widths)
		if !s.spans(row) && i < len(s.widths) {
			width = s.widths[i]
		}
		if c.style.wraps() {
			lines = max(lines, len(wrapWords(c.text, 10.2, width*5.4)))
		}
	}
	if lines == 1 {
		return 0
	}
	return float64(lines)*13 + 4
}

// spans reports whether a row is a remark under the data, set across all
// columns.
func (s gridSheet) spans(row int) bool {
	cells := s.rows[row]
	return row >= s.head && s.head > 0 && len(cells) == 1 && cells[0].style.look == lookRemark
}

// wraps reports whether a cell's text may take several lines.
func (s gridStyle) wraps() bool {
	return s.format == "" && s.look != lookTitle && s.look != lookBanner && s.look != lookLink
}

// printed returns about what a number shows in its format.
func printed(lang string, c gridCell) string {
	first, _, _ := strings.Cut(c.style.format, ";")
	decimals := strings.Count(strings.TrimPrefix(strings.TrimPrefix(first, "[$-40C]"), "[$-809]"), "0") - 1
	_, suffix, _ := strings.Cut(first, `"`)
	return FormatNumber(lang, c.number, decimals) + strings.TrimSuffix(suffix, `"`)
}
