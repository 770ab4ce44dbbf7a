package pcaet

import (
	"thermie/reports"
	"thermie/reports/document"
)

// byClass prints the four heats of each class of the temperature at which
// heat is rejected, in both units.
func (p *Report) byClass() {
	classes := p.d.ByClass(p.f)
	p.Add(p.classTable(classes, "MWh"))
	p.Add(p.classTable(classes, "GWh"))
}

// classTable is the table in one unit.
func (p *Report) classTable(classes []reports.ClassHeats, unit string) document.Table {
	t := document.Table{Caption: p.T("diagnosis.classes_caption", "year", p.year(), "unit", unit), Sheet: p.T("sheets.classes") + " " + unit,
		Columns: append([]document.Column{p.Text("class")}, p.heatColumns(unit)...)}
	if unit == "MWh" { // the same table in GWh follows it
		t.Notes = document.Text(p.T("diagnosis.classes_note"))
	}
	names := reports.ClassesOf(p.d.Options.Year)
	for _, c := range classes {
		t.Rows = append(t.Rows, document.Row{Cells: append([]document.Cell{document.HeadCell(names.Name(p.Words, c.ID))}, heatCells(c.FourHeats, unit)...)})
	}
	t.Total = append([]document.Cell{document.HeadCell(p.T("words.territory_total"))}, heatCells(p.f.FourHeats, unit)...)
	return t
}

// heatColumns are those of the four heats in one unit, with ± in MWh.
func (p *Report) heatColumns(unit string) (columns []document.Column) {
	for _, heat := range []string{"rejected", "captured", "delivered", "supplied"} {
		column := reports.Summed(p.Number(heat, unit))
		column.Uncertain = unit == "MWh"
		columns = append(columns, column)
	}
	return columns
}

// heatCells are the cells under heatColumns.
func heatCells(f reports.FourHeats, unit string) (cells []document.Cell) {
	for _, h := range []reports.HeatFigure{f.Rejected, f.Captured, f.Delivered, f.Supplied} {
		if unit == "MWh" {
			cells = append(cells, document.FigureCell(h.MWh))
		} else {
			cells = append(cells, document.FigureCell(h.GWh))
		}
	}
	return cells
}
