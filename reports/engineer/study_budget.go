package engineer

import (
	"strings"

	"thermie/heat"
	"thermie/reports"
	"thermie/reports/document"
)

// shownCauses is how many causes and sensors the budget lists.
const shownCauses = 8

// budget is chapter 9: what makes the heat uncertain, and which sensor would
// help most.
func (s *studyDraft) budget() error {
	s.Heading(1, "9", "study.budget")
	if s.r.Estimate == nil || !s.r.Heat().Known {
		s.Note(document.NoteWarning, "study.no_budget")
		return nil
	}
	s.Paragraph("study.budget_text")
	s.causes()
	better, err := s.r.Balance.NextSensor(s.r.Estimate, heat.Offers())
	if err != nil {
		return err
	}
	s.indications(better)
	s.sensors(better)
	return nil
}

// causes lists the contributions, the greatest first; their squares add up.
func (s *studyDraft) causes() {
	list, in := s.r.Estimate.Budget, reports.In(s.f.Heat.Unit, 3.6e6, s.f.Heat.Decimals)
	if s.r.Annual() {
		in = reports.InMWh
	}
	t := document.Table{Caption: s.T("study.causes_caption"), Sheet: s.T("study.causes_sheet"),
		Columns: []document.Column{s.Text("cause"), s.Number("u_energy", in.Unit), s.Number("u_share", "%"), s.Center("method")}, Notes: document.Text(s.T("study.causes_note"))}
	var squares float64
	for _, c := range list {
		squares += c.U * c.U
	}
	for _, c := range list[:min(shownCauses, len(list))] {
		t.Rows = append(t.Rows, document.Row{Cells: []document.Cell{document.HeadCell(s.cause(c.Cause)),
			document.FigureCell(s.design("cause_u", c.Cause, 2*c.U, in, "U5")), document.FigureCell(s.design("cause_share", c.Cause, c.U*c.U/squares, inShare, "U5")), {Text: "U5", Code: true}}})
	}
	if len(t.Rows) == 0 {
		s.Note(document.NoteWarning, "study.no_budget")
		return
	}
	s.Add(t)
}

// cause names a device, an assumption or the random part of a point.
func (s *studyDraft) cause(id string) string {
	kind, name, found := strings.Cut(id, ":")
	switch {
	case found && kind == "assumption":
		return s.T("study.cause_assumption", "name", s.Name("assumptions", name))
	case found && kind == "random":
		return s.T("study.cause_random", "name", name)
	}
	return s.T("study.cause_device", "name", id)
}

// sensors lists what a better meter would bring, the best gain first.
func (s *studyDraft) sensors(better []heat.Improvement) {
	if len(better) == 0 {
		s.Paragraph("study.no_sensor")
		return
	}
	t := document.Table{Caption: s.T("study.sensors_caption"), Sheet: s.T("study.sensors_sheet"),
		Columns: []document.Column{s.Text("point"), s.Text("accuracy"), s.Number("u_before", "%"), s.Number("u_after", "%"), s.Center("method")}, Notes: document.Text(s.T("study.sensors_note"))}
	for _, b := range better[:min(largest, len(better))] {
		point := b.Point
		if point == "" {
			point = s.T("study.new_meter")
		}
		id := b.Point + "/" + b.Class
		t.Rows = append(t.Rows, document.Row{Cells: []document.Cell{document.HeadCell(point), {Text: b.Class, Code: true},
			document.FigureCell(s.design("sensor_before", id, b.Before, inShare, "NS1")), document.FigureCell(s.design("sensor_after", id, b.After, inShare, "NS1")), {Text: "NS1", Code: true}}})
	}
	s.Add(t)
}
