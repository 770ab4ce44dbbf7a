package engineer

import (
	"thermie/heat"
	"thermie/reports"
	"thermie/reports/document"
)

// indicators are those of the data center as it is, and with the connection:
// with the heat pump outside its boundary, and inside.
func (s *studyDraft) indicators() {
	if s.r.Balance == nil {
		return
	}
	columns := [][]heat.KPIs{s.r.Balance.KPIs(s.r.Balance.Measured())}
	names := []string{"as_is"}
	if planned := s.planned(); len(planned) == 2 {
		columns, names = append(columns, planned[:1], planned[1:]), append(names, "pump_outside", "pump_inside")
	}
	t := document.Table{Caption: s.T("study.indicators_caption"), Sheet: s.T("study.indicators_sheet"),
		Columns: []document.Column{s.Text("indicator")}, Notes: document.Text(s.T("study.indicators_note"))}
	for _, name := range names {
		t.Columns = append(t.Columns, s.Uncertain(name, ""))
	}
	t.Columns = append(t.Columns, s.Center("method"))
	for _, row := range []struct {
		id, method string
		of         func(heat.KPIs) heat.Quantity
		as         reports.Step
	}{
		{"pue", "P1, P2", func(k heat.KPIs) heat.Quantity { return k.PUE }, reports.InRatio},
		{"erf", "P3", func(k heat.KPIs) heat.Quantity { return k.ERF }, reports.InRatio},
		{"ere", "P4, P5", func(k heat.KPIs) heat.Quantity { return k.ERE }, reports.InRatio},
		{"ref", "P6", func(k heat.KPIs) heat.Quantity { return k.REF }, reports.InRatio},
		{"wue", "P7", func(k heat.KPIs) heat.Quantity { return k.WUE }, reports.In("L/kWh", heat.LitrePerKWh, 2)},
		{"cer", "P8", func(k heat.KPIs) heat.Quantity { return k.CER }, reports.In("", 1, 1)},
	} {
		cells := []document.Cell{document.HeadCell(s.T("study.indicator_" + row.id))}
		for i, name := range names {
			cells = append(cells, document.FigureCell(s.figure("indicator_"+name, row.id, row.of(columns[i][0]), row.as)))
		}
		t.Rows = append(t.Rows, document.Row{Cells: append(cells, document.Cell{Text: row.method, Code: true})})
	}
	s.Add(t)
}

// planned are the indicators once the captured heat is handed over; nil where
// nothing is captured.
func (s *studyDraft) planned() []heat.KPIs {
	if s.c == nil || !s.c.delivery.CapturedHeat.Known {
		return nil
	}
	with := *s.r.Balance
	captured := s.c.delivery.CapturedHeat
	if with.HandedOver.Known {
		captured.Value += with.HandedOver.Value
	}
	with.HandedOver = captured
	inputs := with.Measured()
	inputs.PumpEnergy = s.c.delivery.PumpEnergy
	return with.KPIs(inputs)
}
