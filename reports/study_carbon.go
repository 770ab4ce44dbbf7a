package reports

import (
	"strconv"

	"thermie/reports/document"
)

// carbon is chapter 7: the CO2 that the delivery spares against the fuel that
// it displaces, by factors of one named set.
func (s *studyDraft) carbon() error {
	s.heading(1, "7", "study.carbon")
	if s.unmatched() {
		return nil
	}
	fuel, electricity, err := s.inputs.carbonFactors()
	if err != nil {
		return err
	}
	s.paragraph("study.carbon_text", "set", s.inputs.Carbon.Set)
	s.figures("study.carbon_caption", []line{
		{s.t("study.avoided"), s.figure("carbon", "avoided", s.c.avoided(fuel, electricity), inTons)},
		{s.t("heats.delivered"), s.c.pair.Delivered.MWh},
		{s.t("columns.pump"), s.c.pair.Pump},
	}, s.t("study.carbon_note"))
	t := document.Table{Caption: s.t("study.factors_caption"), Sheet: s.t("sheets.factors"),
		Columns: []document.Column{s.text("factor"), s.text("value"), s.center("vintage"), s.text("set"), s.text("source"), s.center("status")}}
	for _, f := range []Factor{fuel, electricity} {
		t.Rows = append(t.Rows, document.Row{Cells: []document.Cell{document.HeadCell(s.t("factors." + f.Basis)), document.TextCell(s.digits(f.Value) + document.Nbsp + f.Unit),
			document.TextCell(strconv.Itoa(f.Year)), document.TextCell(f.Set), document.TextCell(f.Source), document.TextCell(s.mark(f.Status))}})
	}
	s.add(t)
	s.note(document.NoteWarning, "study.carbon_confirm")
	return nil
}
