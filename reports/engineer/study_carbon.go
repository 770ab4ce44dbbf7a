package engineer

import (
	"strconv"

	"thermie/reports"
	"thermie/reports/document"
)

// carbon is chapter 7: the CO2 that the delivery spares against the fuel that
// it displaces, by factors of one named set.
func (s *studyDraft) carbon() error {
	s.Heading(1, "7", "study.carbon")
	if s.unmatched() {
		return nil
	}
	by, err := s.inputs.CarbonFactors(s.c.area, s.d.Options.Year)
	if err != nil {
		return err
	}
	s.Paragraph("study.carbon_text", "set", s.inputs.Carbon.Set)
	if !by.Known() {
		s.Note(document.NoteWarning, "words.no_factors", "set", s.inputs.Carbon.Set, "year", strconv.Itoa(s.d.Options.Year))
		return nil
	}
	s.figures("study.carbon_caption", []line{
		{s.T("study.avoided"), s.figure("carbon", "avoided", s.c.pair.Avoided(s.inputs, by), reports.InTons)},
		{s.T("heats.delivered"), s.c.pair.Delivered.MWh},
		{s.T("columns.pump"), s.c.pair.Pump},
	}, s.T("study.carbon_note"))
	t := document.Table{Caption: s.T("study.factors_caption"), Sheet: s.T("sheets.factors"),
		Columns: []document.Column{s.Text("factor"), s.Text("value"), s.Center("vintage"), s.Text("set"), s.Text("source"), s.Center("status")}}
	for _, f := range []reports.Factor{by.Fuel, by.Electricity} {
		t.Rows = append(t.Rows, document.Row{Cells: []document.Cell{document.HeadCell(s.T("factors." + f.Basis)), document.TextCell(s.Digits(f.Value) + document.Nbsp + f.Unit),
			document.TextCell(strconv.Itoa(f.Year)), document.TextCell(f.Set), document.TextCell(f.Source), document.TextCell(s.mark(f.Status))}})
	}
	s.Add(t)
	s.Note(document.NoteWarning, "study.carbon_confirm")
	return nil
}
