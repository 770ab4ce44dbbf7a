package engineer

import (
	"thermie/reports"
	"thermie/reports/document"
)

// annex is chapter 10: metering points, assumptions, and the methods that
// the figures name.
func (s *studyDraft) annex() error {
	s.Heading(1, "10", "study.annex")
	s.restated()
	if t := s.PointTable([]*reports.SiteResult{s.r}); len(t.Rows) > 0 {
		s.Add(t)
	}
	if remarks := s.Remarks(s.r); len(remarks) > 0 {
		s.Paragraph("annex.remarks_text")
		s.List(remarks...)
	}
	if s.r.Estimate != nil {
		s.Assumptions(reports.SiteName(s.r), s.r.Estimate.Assumptions)
	}
	if s.c != nil {
		s.Assumptions(s.c.link.Network.Name, s.c.network.Allocation.Assumptions)
	}
	s.Paragraph("annex.methods_text")
	t := document.Table{Caption: s.T("study.methods_caption"), Sheet: s.T("sheets.methods"),
		Columns: []document.Column{s.Text("method"), s.Text("formula"), s.Text("source"), s.Center("status")}}
	for _, id := range s.used() {
		t.Rows = append(t.Rows, document.Row{Cells: []document.Cell{{Text: id, Code: true, Head: true}, document.TextCell(s.MethodName(id)),
			document.TextCell(s.MethodSource(id)), document.TextCell(s.MethodStatus(id))}})
	}
	s.Add(t)
	return nil
}
