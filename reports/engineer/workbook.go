package engineer

import (
	"slices"
	"strconv"
	"strings"

	"thermie/interval"
	"thermie/reports"
	"thermie/reports/document"
	"thermie/reports/inputs"
)

// Write builds the study of one of the dossier's sites, and the workbook
// beside it: the inputs that an engineer may change there, the tables of the
// source and its match, and the charts of the study, drawn by the spreadsheet.
func Write(d *reports.Dossier, r *reports.SiteResult) (study, workbook *document.Document, err error) {
	s, err := draftStudy(d, r)
	if err != nil {
		return nil, nil, err
	}
	if workbook, err = WriteNetworkDocument(d, r); err != nil {
		return nil, nil, err
	}
	entries, err := s.entries()
	if err != nil {
		return nil, nil, err
	}
	workbook.Blocks = append(append(entries, workbook.Blocks...), s.chartsBeside(workbook.Blocks)...)
	return s.document("study", d.Options), workbook, nil
}

// entries are the input sheet of the connection: with the network that takes
// the heat, or with the only one that there is.
func (s *studyDraft) entries() ([]document.Block, error) {
	network, peak, length := "", interval.Power(0), 0.0
	switch {
	case s.c != nil:
		network, peak, length = s.c.network.Network.ID, s.c.peak, s.c.link.Length
	case len(s.d.Area.Networks) == 1:
		network = s.d.Area.Networks[0].ID
	default:
		return nil, nil // no connection, nothing to change
	}
	c, err := inputs.CaseOf(s.d.Area, s.r.ID, network, s.d.Options.Year, peak, length)
	if err != nil {
		return nil, err
	}
	return c.Sheet(s.Lang)
}

// chartsBeside are the study's charts that the blocks do not hold already.
func (s *studyDraft) chartsBeside(blocks []document.Block) []document.Block {
	return slices.DeleteFunc(slices.Clone(s.Blocks), func(b document.Block) bool {
		chart, ok := b.(document.Chart)
		return !ok || slices.ContainsFunc(blocks, func(other document.Block) bool {
			there, ok := other.(document.Chart)
			return ok && there.Sheet == chart.Sheet
		})
	})
}

// restated lists what the engineer changed, each with its cell.
func (s *studyDraft) restated() {
	list := s.d.Area.Restated
	if len(list) == 0 {
		return
	}
	t := document.Table{Caption: s.T("inputs.restated_caption", "file", list[0].File), Sheet: s.T("inputs.restated_sheet"),
		Columns: []document.Column{s.Text("assumption"), s.Text("before"), s.Text("after"), s.Text("source")}}
	for _, r := range list {
		t.Rows = append(t.Rows, document.Row{Cells: []document.Cell{document.HeadCell(s.T("study_inputs." + r.ID)),
			document.TextCell(s.entered(r.Before, r.Unit)), document.TextCell(s.entered(r.After, r.Unit)),
			document.TextCell(s.T("inputs.changed", "file", r.File, "cell", r.Cell))}})
	}
	s.Add(t)
}

// entered prints what a cell holds, with its unit.
func (s *studyDraft) entered(text, unit string) string {
	v, err := strconv.ParseFloat(text, 64)
	switch {
	case text == "":
		return s.T("inputs.unstated")
	case err != nil:
		return text
	}
	return strings.TrimSpace(s.Digits(v) + " " + s.unit(unit))
}
