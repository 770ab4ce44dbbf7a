package document

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"
)

// WriteXLSX writes the tables and the charts' data of d as a workbook: one
// tab a table, units in the heads, numbers as numbers with the digits of the
// printed page, totals as formulas, native charts.
func WriteXLSX(w io.Writer, d *Document) (err error) {
	if err := d.Check(); err != nil {
		return err
	}
	b := &workbook{File: excelize.NewFile(), doc: d, styles: map[gridStyle]int{}}
	defer func() {
		if closing := b.Close(); err == nil {
			err = closing
		}
	}()
	for i, tab := range d.sheets() {
		if err := b.sheet(i, tab); err != nil {
			return fmt.Errorf("sheet %q: %w", tab.name, err)
		}
	}
	if err := b.properties(); err != nil {
		return fmt.Errorf("workbook properties: %w", err)
	}
	return b.write(w)
}

// workbook is a workbook being written.
type workbook struct {
	*excelize.File
	doc    *Document
	styles map[gridStyle]int
	xSteps []float64 // between the X ticks of each chart; 0 lets the program choose
}

// sheet writes one tab. Rows are streamed: that is the only way by which
// excelize keeps a formula together with its result.
func (b *workbook) sheet(i int, tab gridSheet) error {
	if i == 0 {
		if err := b.SetSheetName("Sheet1", tab.name); err != nil {
			return err
		}
	} else if _, err := b.NewSheet(tab.name); err != nil {
		return err
	}
	if err := b.page(tab); err != nil {
		return err
	}
	if err := b.entries(tab); err != nil {
		return err
	}
	if tab.chart != nil && len(tab.series) > 0 {
		if err := b.AddChart(tab.name, tab.place, b.chart(tab)); err != nil {
			return err
		}
	}
	stream, err := b.NewStreamWriter(tab.name)
	if err != nil {
		return err
	}
	for column, width := range tab.widths {
		if err := stream.SetColWidth(column+1, column+1, width); err != nil {
			return err
		}
	}
	if tab.head > 0 {
		if err := stream.SetPanes(&excelize.Panes{Freeze: true, XSplit: 1, YSplit: tab.head,
			TopLeftCell: cellName(1, tab.head), ActivePane: "bottomRight"}); err != nil {
			return err
		}
	}
	for row, cells := range tab.rows {
		values, err := b.values(cells)
		if err != nil {
			return err
		}
		if err := stream.SetRow(cellName(0, row), values, excelize.RowOpts{Height: min(tab.rowHeight(row), excelize.MaxRowHeight)}); err != nil {
			return err
		}
		if last := len(tab.widths) - 1; last > 0 && tab.spans(row) {
			if err := stream.MergeCell(cellName(0, row), cellName(last, row)); err != nil {
				return err
			}
		}
	}
	return stream.Flush()
}

// page sets up printing: A4 landscape, as many pages high as needed, heads
// repeated, title and page number on each page.
func (b *workbook) page(tab gridSheet) error {
	size, orientation, wide, high, fit := 9, "landscape", 1, 0, true
	if err := b.SetPageLayout(tab.name, &excelize.PageLayoutOptions{Size: &size, Orientation: &orientation, FitToWidth: &wide, FitToHeight: &high}); err != nil {
		return err
	}
	if err := b.SetSheetProps(tab.name, &excelize.SheetPropsOptions{FitToPage: &fit}); err != nil {
		return err
	}
	escape := func(s string) string { return strings.ReplaceAll(cutRunes(s, 90), "&", "&&") }
	l := LabelsOf(b.doc.Lang)
	if err := b.SetHeaderFooter(tab.name, &excelize.HeaderFooterOptions{
		OddHeader: "&L&8" + escape(b.doc.Title) + "&R&8" + escape(b.doc.Banner),
		OddFooter: "&L&8" + escape(l.madeWith+" "+b.doc.Version) + "&R&8" + l.page + " &P / &N"}); err != nil {
		return err
	}
	if tab.head == 0 {
		return nil
	}
	if tab.printArea != "" {
		return b.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Area", Scope: tab.name, RefersTo: quoteSheet(tab.name) + "!" + tab.printArea})
	}
	return b.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", Scope: tab.name,
		RefersTo: fmt.Sprintf("%s!$%d:$%d", quoteSheet(tab.name), tab.head, tab.head)})
}

// entries names the cells that have a name, and limits those that a reader
// may change.
func (b *workbook) entries(tab gridSheet) error {
	for row, cells := range tab.rows {
		for column, c := range cells {
			if c.name == "" {
				continue
			}
			if err := b.SetDefinedName(&excelize.DefinedName{Name: c.name, RefersTo: quoteSheet(tab.name) + "!" + absolute(column, row)}); err != nil {
				return fmt.Errorf("the name %s: %w", c.name, err)
			}
			if c.limits == nil {
				continue
			}
			validation := excelize.NewDataValidation(true)
			validation.SetSqref(cellName(column, row))
			if err := c.limits.enter(validation, LabelsOf(b.doc.Lang)); err != nil {
				return fmt.Errorf("the limits of %s: %w", c.name, err)
			}
			if err := b.AddDataValidation(tab.name, validation); err != nil {
				return err
			}
		}
	}
	return nil
}

// enter makes limits the rule of a cell.
func (l Limits) enter(validation *excelize.DataValidation, labels *Labels) error {
	if len(l.Words) > 0 {
		return validation.SetDropList(l.Words)
	}
	validation.SetError(excelize.DataValidationErrorStyleStop, labels.outside, fmt.Sprintf("%g – %g", l.Low, l.High))
	return validation.SetRange(l.Low, l.High, excelize.DataValidationTypeDecimal, excelize.DataValidationOperatorBetween)
}

// values turns a row into what excelize writes.
func (b *workbook) values(cells []gridCell) ([]any, error) {
	row := make([]any, len(cells))
	for i, c := range cells {
		style, err := b.style(c.style)
		if err != nil {
			return nil, err
		}
		cell := excelize.Cell{StyleID: style, Formula: c.formula, Value: c.text}
		if c.numeric {
			cell.Value = c.number
		}
		if c.text != "" || c.numeric || c.style.look != lookBody {
			row[i] = cell
		}
	}
	return row, nil
}

// style returns the workbook's style for a look.
func (b *workbook) style(s gridStyle) (int, error) {
	if id, known := b.styles[s]; known {
		return id, nil
	}
	font := &excelize.Font{Family: "Arial", Size: 10, Color: ink}
	style := &excelize.Style{Font: font, Alignment: &excelize.Alignment{Vertical: "top", WrapText: s.wraps(),
		Horizontal: [...]string{AlignLeft: "left", AlignRight: "right", AlignCenter: "center"}[s.align]}}
	if s.code {
		font.Family = "Courier New"
	}
	if s.format != "" {
		style.CustomNumFmt = &s.format
	}
	fill := func(colour string) { style.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{colour}} }
	rule := func(side string, weight int) {
		style.Border = append(style.Border, excelize.Border{Type: side, Color: navy, Style: weight})
	}
	switch s.look {
	case lookTitle:
		font.Bold, font.Size, font.Color = true, 13, navy
	case lookBanner:
		font.Bold, font.Color = true, warnInk
	case lookRemark:
		font.Size, font.Color = 9, grey
	case lookLink:
		font.Underline, font.Color = "single", "#1f4e79"
	case lookHead:
		font.Bold, font.Color = true, "#ffffff"
		style.Alignment.Vertical = "bottom"
		fill(navy)
	case lookStrong:
		font.Bold = true
		fill(tint)
	case lookInput:
		fill(inputTint)
	case lookTotal:
		font.Bold = true
		fill(tint)
		rule("top", 2)
		rule("bottom", 2)
	}
	id, err := b.NewStyle(style)
	b.styles[s] = id
	return id, err
}

// chart describes the native chart of a tab, with the ranges and looks of
// the printed one.
func (b *workbook) chart(tab gridSheet) *excelize.Chart {
	c := tab.chart
	low, high := c.yExtent()
	y := spanOf(low, high, c.fits(), 5)
	text := func(s string) excelize.ChartTitle {
		return excelize.ChartTitle{Paragraph: []excelize.RichTextRun{{Text: Typeset(b.doc.Lang, s), Font: &excelize.Font{Size: 10, Bold: true}}}}
	}
	small := excelize.Font{Size: 9, Color: grey}
	caption := c.Caption
	if c.Simulated {
		caption += " (" + LabelsOf(b.doc.Lang).simulatedData + ")"
	}
	chart := &excelize.Chart{
		Type:      map[ChartKind]excelize.ChartType{LineChart: excelize.Scatter, DurationLine: excelize.Scatter, ScatterChart: excelize.Scatter, BarChart: excelize.Col, StackedBars: excelize.ColStacked}[c.Kind],
		Title:     text(caption),
		Dimension: excelize.ChartDimension{Width: 760, Height: 400},
		Legend:    excelize.ChartLegend{Position: "bottom"},
		Format:    excelize.GraphicOptions{AltText: Typeset(b.doc.Lang, c.Alt), Name: tab.name},
		XAxis:     excelize.ChartAxis{Title: text(c.X.Title), Font: small},
		YAxis: excelize.ChartAxis{Title: text(c.Y.Title), Font: small, MajorGridLines: true, Minimum: &y.low, Maximum: &y.high, MajorUnit: y.step,
			NumFmt: excelize.ChartNumFmt{CustomNumFmt: numberFormat(b.doc.Lang, y.decimals(), "")}},
		ShowBlanksAs: "gap",
	}
	if !c.bars() {
		low, high := c.xExtent()
		chart.XAxis.Minimum, chart.XAxis.Maximum = &low, &high
		chart.XAxis.NumFmt.CustomNumFmt = numberFormat(b.doc.Lang, 0, "")
	}
	b.xSteps = append(b.xSteps, c.xStep())
	for i, s := range tab.series {
		look := lookOf(i)
		line := excelize.LineOptions{Type: excelize.LineSolid, Width: 1.75, Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{look.colour}}}
		if look.dash != nil {
			line.Dash = excelize.LineDashDash
		}
		series := excelize.ChartSeries{Name: s.name, Categories: s.x, Values: s.y, Fill: line.Fill, Marker: excelize.ChartMarker{Symbol: "none"}}
		switch {
		case c.Kind == ScatterChart:
			series.Line = excelize.LineOptions{Type: excelize.LineNone}
			series.Marker = excelize.ChartMarker{Symbol: "circle", Size: 3, Fill: line.Fill}
		case !c.bars():
			series.Line = line
		}
		chart.Series = append(chart.Series, series)
	}
	return chart
}

func (b *workbook) properties() error {
	d := b.doc
	date := d.Date.UTC().Format(time.RFC3339)
	if err := b.SetDocProps(&excelize.DocProperties{Title: d.Title, Subject: d.Subject, Creator: d.Author, LastModifiedBy: d.Author,
		Description: LabelsOf(d.Lang).madeWith + " " + d.Version, Language: LabelsOf(d.Lang).locale, Created: date, Modified: date}); err != nil {
		return err
	}
	return b.SetAppProps(&excelize.AppProperties{Application: "Thermie"})
}

// write packs the workbook.
func (b *workbook) write(w io.Writer) error {
	var packed bytes.Buffer
	if err := b.Write(&packed); err != nil {
		return fmt.Errorf("write workbook: %w", err)
	}
	return repack(w, packed.Bytes(), b.xSteps)
}
