package document

import (
	"fmt"
	"math"
	"strings"
	"unicode/utf8"
)

// gridSheet is one tab of a spreadsheet: rows of cells from A1 on, and
// perhaps a chart drawn from them.
type gridSheet struct {
	name   string
	rows   [][]gridCell
	widths []float64 // in characters
	head   int       // number of the row with the column heads; 0 without
	chart  *Chart
	series []gridSeries // ranges of the chart's data
	place  string       // cell at which the chart is drawn
	// printArea limits printing, e.g. to the chart of a long series; empty
	// prints all.
	printArea string
}

// gridCell is a text, a number or a formula with the number that it yields.
type gridCell struct {
	text    string
	number  float64
	numeric bool
	formula string
	style   gridStyle
	name    string  // defined name; may be empty
	limits  *Limits // of what may be entered; nil where nothing may
}

// gridStyle is how a cell is set. It is comparable: cells of one look share
// one style of the workbook.
type gridStyle struct {
	look   gridLook
	align  Align
	format string // number format
	code   bool
}

// gridLook is a cell's place on the sheet.
type gridLook uint8

const (
	lookBody gridLook = iota
	lookTitle
	lookBanner
	lookRemark
	lookHead
	lookStrong
	lookTotal
	lookLink
	lookInput
)

// gridSeries is one series of a chart as ranges of its sheet.
type gridSeries struct{ name, x, y string }

// sheets lays out a document as tabs: a front page that lists the others,
// one tab a table, one tab a chart with its data.
func (d *Document) sheets() []gridSheet {
	names := map[string]bool{}
	front := gridSheet{name: sheetName(LabelsOf(d.Lang).readMe, names)}
	var tabs []gridSheet
	var count counter
	for _, b := range d.Blocks {
		switch v := b.(type) {
		case Table:
			tab := d.tableSheet(v, count.nextTable())
			tab.name = sheetName(firstOf(v.Sheet, v.Caption), names)
			tabs = append(tabs, tab)
		case Chart:
			tab := d.chartSheet(v, sheetName(firstOf(v.Sheet, v.Caption), names), count.nextChart())
			tabs = append(tabs, tab)
		case Map:
			count.nextChart() // drawn in the documents; its places are a table
		}
	}
	front.rows, front.widths = d.frontRows(tabs), []float64{28, 90}
	return append([]gridSheet{front}, tabs...)
}

// firstOf returns the first of its arguments that is not empty.
func firstOf(texts ...string) string {
	for _, t := range texts {
		if t != "" {
			return t
		}
	}
	return ""
}

// sheetName makes a name that spreadsheets accept: at most 31 characters,
// none of []:*?/\, no apostrophe at the ends, and not yet used.
func sheetName(wanted string, used map[string]bool) string {
	clean := strings.Map(func(r rune) rune {
		if strings.ContainsRune(`[]:*?/\`, r) || r < ' ' {
			return ' '
		}
		return r
	}, wanted)
	clean = strings.Join(strings.Fields(strings.Trim(clean, "' ")), " ")
	name := cutRunes(clean, 31)
	for i := 2; name == "" || used[strings.ToLower(name)]; i++ {
		suffix := fmt.Sprintf(" (%d)", i)
		name = cutRunes(clean, 31-utf8.RuneCountInString(suffix)) + suffix
	}
	used[strings.ToLower(name)] = true
	return name
}

// cutRunes returns at most n runes of s.
func cutRunes(s string, n int) string {
	runes := []rune(s)
	return strings.TrimSpace(string(runes[:min(n, len(runes))]))
}

// frontRows says what the workbook is and where to find what.
func (d *Document) frontRows(tabs []gridSheet) [][]gridCell {
	text := func(look gridLook, s string) gridCell {
		return gridCell{text: Typeset(d.Lang, s), style: gridStyle{look: look}}
	}
	l := LabelsOf(d.Lang)
	rows := [][]gridCell{{text(lookTitle, d.Title)}, {text(lookBody, d.Subtitle)}, {text(lookRemark, d.imprint())},
		{text(lookRemark, l.madeWith+" "+d.Version)}}
	if d.Banner != "" {
		rows = append(rows, []gridCell{text(lookBanner, d.Banner)})
	}
	rows = append(rows, nil, []gridCell{text(lookHead, l.sheet), text(lookHead, l.contents)})
	for _, tab := range tabs {
		link := gridCell{text: tab.name, style: gridStyle{look: lookLink},
			formula: fmt.Sprintf(`HYPERLINK("#%s!A1","%s")`, quoteSheet(tab.name), strings.ReplaceAll(tab.name, `"`, `""`))}
		rows = append(rows, []gridCell{link, {text: tab.rows[0][0].text}})
	}
	rows = append(rows, nil)
	for _, note := range []string{l.simulatedNote, l.secretNote, l.unknownNote} {
		rows = append(rows, []gridCell{text(lookRemark, note)})
	}
	return rows
}

// quoteSheet quotes a sheet's name for a formula.
func quoteSheet(name string) string { return "'" + strings.ReplaceAll(name, "'", "''") + "'" }

// sheetHead returns the rows above the data: caption, document, an empty one.
func (d *Document) sheetHead(caption string) [][]gridCell {
	rows := [][]gridCell{{{text: caption, style: gridStyle{look: lookTitle}}},
		{{text: Typeset(d.Lang, firstOf(d.Banner, d.Title)), style: gridStyle{look: lookRemark}}}, nil}
	if d.Banner != "" {
		rows[1][0].style.look = lookBanner
	}
	return rows
}

// chartSheet lays out a chart's data beside the chart.
func (d *Document) chartSheet(c Chart, name string, number int) gridSheet {
	l := LabelsOf(d.Lang)
	caption := fmt.Sprintf("%s%s%d%s%s", l.figure, Nbsp, number, l.captionSep, Typeset(d.Lang, c.Caption))
	if c.Simulated {
		caption += " (" + l.simulatedData + ")"
	}
	tab := gridSheet{name: name, rows: d.sheetHead(caption), chart: &c}
	tab.head = len(tab.rows) + 1
	columns := c.dataColumns(d.Lang)
	for row := -1; row < columns.length(); row++ {
		var cells []gridCell
		for _, column := range columns {
			cells = append(cells, column.cell(row))
		}
		tab.rows = append(tab.rows, cells)
	}
	for _, column := range columns {
		tab.widths = append(tab.widths, column.width)
	}
	tab.series = columns.series(name, tab.head)
	tab.place = cellName(len(columns)+1, tab.head-1)
	if columns.length() > printedRows {
		tab.printArea = absolute(len(columns)+1, tab.head-1) + ":" + absolute(len(columns)+13, tab.head+23)
	}
	return tab
}

// printedRows is how many rows of a chart's data are worth paper.
const printedRows = 60

// cellName returns the name of a cell: column and row count from zero.
func cellName(column, row int) string {
	letters := ""
	for column++; column > 0; column = (column - 1) / 26 {
		letters = string(rune('A'+(column-1)%26)) + letters
	}
	return fmt.Sprintf("%s%d", letters, row+1)
}

// numberFormat returns the spreadsheet format that prints a number with the
// digits of FormatNumber. French is stated, so that a program set to another
// language still groups and points as the printed page does.
func numberFormat(lang string, decimals int, suffix string) string {
	format := "#,##0"
	if decimals > 0 {
		format += "." + strings.Repeat("0", decimals)
	}
	if suffix != "" {
		format += `"` + strings.ReplaceAll(suffix, `"`, "") + `"`
	}
	locale := "[$-40C]"
	if lang == "en" {
		locale = "[$-809]"
	}
	return locale + format + ";" + locale + `"` + minus + `"` + format
}

// magnitudeDecimals returns the decimals that a chart's data need: four
// significant digits of the largest.
func magnitudeDecimals(largest float64) int {
	if largest <= 0 {
		return 0
	}
	return max(0, min(6, 3-int(math.Floor(math.Log10(largest)))))
}
