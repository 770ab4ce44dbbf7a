package inputs

import (
	"fmt"
	"slices"

	"thermie/configs"
	"thermie/reports/document"
)

// sheetPoints is how many points of a maker's sheet have a line.
const sheetPoints = 6

// pointColumns are what a maker says of one point.
var pointColumns = []struct {
	key, unit string
	low, high float64
	field     func(*configs.HeatPumpPoint) *float64
}{
	{"source_in", "°C", -20, 100, func(p *configs.HeatPumpPoint) *float64 { return &p.SourceInC }},
	{"source_out", "°C", -20, 100, func(p *configs.HeatPumpPoint) *float64 { return &p.SourceOutC }},
	{"sink_in", "°C", 0, 160, func(p *configs.HeatPumpPoint) *float64 { return &p.SinkInC }},
	{"sink_out", "°C", 0, 160, func(p *configs.HeatPumpPoint) *float64 { return &p.SinkOutC }},
	{"cop", "1", 1, 20, func(p *configs.HeatPumpPoint) *float64 { return &p.COP }},
}

// pointName is the defined name of one cell.
func pointName(row int, key string) string { return fmt.Sprintf("%spoint_%d_%s", prefix, row+1, key) }

// points is the tab of the maker's points: where it has any, they stand in
// the place of the Lorenz efficiency.
func (s *sheet) points() document.Table {
	t := document.Table{Caption: s.T("inputs.points_caption"), Sheet: s.T("inputs.points_sheet"),
		Columns: []document.Column{s.Text("line")}, Notes: document.Text(s.T("inputs.points_note"))}
	for _, column := range pointColumns {
		t.Columns = append(t.Columns, document.Column{Head: s.T("inputs." + column.key), Unit: unitHead(column.unit), Align: document.AlignRight})
	}
	known := s.c.Network.HeatPump
	for row := range max(sheetPoints, len(known)) {
		cells := []document.Cell{document.HeadCell(s.Whole(row + 1))}
		for _, column := range pointColumns {
			entry := document.Cell{}
			if row < len(known) {
				entry = cell(number(*column.field(&known[row])))
			}
			entry.Name, entry.Limits = pointName(row, column.key), &document.Limits{Low: column.low, High: column.high}
			cells = append(cells, entry)
		}
		t.Rows = append(t.Rows, document.Row{Cells: cells})
	}
	return t
}

// unitHead hides the unit of a pure number.
func unitHead(unit string) string {
	if unit == "1" {
		return ""
	}
	return unit
}

// pointText shows a list of points, for what was changed.
func pointText(points []configs.HeatPumpPoint) string {
	text := ""
	for i, p := range points {
		if i > 0 {
			text += " ; "
		}
		text += fmt.Sprintf("%g/%g → %g/%g : %g", p.SourceInC, p.SourceOutC, p.SinkInC, p.SinkOutC, p.COP)
	}
	return text
}

// samePoints reports whether two lists are one.
func samePoints(a, b []configs.HeatPumpPoint) bool { return slices.Equal(a, b) }
