package reports

import (
	"thermie/reports/document"
)

// annex is chapter 10: metering points, assumptions, and the methods that
// the figures name.
func (s *studyDraft) annex() error {
	s.heading(1, "10", "study.annex")
	if t := s.pointTable([]*SiteResult{s.r}); len(t.Rows) > 0 {
		s.add(t)
	}
	if remarks := s.remarks(s.r); len(remarks) > 0 {
		s.paragraph("annex.remarks_text")
		s.list(remarks...)
	}
	if s.r.Estimate != nil {
		s.assumptions(siteName(s.r), s.r.Estimate.Assumptions)
	}
	if s.c != nil {
		s.assumptions(s.c.link.Network.Name, s.c.network.Allocation.Assumptions)
	}
	s.paragraph("annex.methods_text")
	t := document.Table{Caption: s.t("study.methods_caption"), Sheet: s.t("sheets.methods"),
		Columns: []document.Column{s.text("method"), s.text("formula"), s.text("source"), s.center("status")}}
	for _, id := range s.used() {
		t.Rows = append(t.Rows, document.Row{Cells: []document.Cell{{Text: id, Code: true, Head: true}, document.TextCell(s.methodName(id)),
			document.TextCell(s.methodSource(id)), document.TextCell(s.methodStatus(id))}})
	}
	s.add(t)
	return nil
}
