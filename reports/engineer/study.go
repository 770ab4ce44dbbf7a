package engineer

import (
	"slices"
	"strings"

	"thermie/heat"
	"thermie/interval"
	"thermie/reports"
	"thermie/reports/document"
)

// WriteStudyDocument builds the engineer's study of one of the dossier's sites
// and the network that takes its heat: ten chapters from the key figures to
// the methods.
func WriteStudyDocument(d *reports.Dossier, r *reports.SiteResult) (*document.Document, error) {
	s, err := draftStudy(d, r)
	if err != nil {
		return nil, err
	}
	return s.document("study", d.Options), nil
}

// draftStudy writes the chapters. Where no network takes the site's heat, those
// that need one say so.
func draftStudy(d *reports.Dossier, r *reports.SiteResult) (*studyDraft, error) {
	w, err := reports.WordsOf(d.Options.Lang)
	if err != nil {
		return nil, err
	}
	inputs, err := reports.StudyInputs()
	if err != nil {
		return nil, err
	}
	s := &studyDraft{networkDraft: networkDraft{siteDraft: siteDraft{Draft: reports.Draft{Words: w}, r: r, f: r.Figures()}, d: d,
		grid: reports.NewGrid("study", r.ID, reports.PeriodID(r.Period), "")}, inputs: inputs}
	if s.c, err = openCase(d, r, inputs); err != nil {
		return nil, err
	}
	if s.c != nil {
		s.inputs = s.c.inputs
	}
	if r.Estimate != nil {
		s.hours = r.Estimate.Power()
		s.counted = heat.NewFirm(s.hours, r.Period.From)
	}
	for _, chapter := range []func() error{s.summary, s.sourceChapter, s.firmChapter, s.matchChapter, s.sizing, s.price, s.carbon, s.greening, s.budget, s.annex} {
		if err := chapter(); err != nil {
			return nil, err
		}
	}
	return s, nil
}

// studyDraft is a study being written.
type studyDraft struct {
	networkDraft
	inputs  reports.StudyTable
	c       *studyCase // nil where no network takes the heat
	hours   []interval.Power
	monthly []float64 // J delivered by month, as printed
	counted heat.Firm
}

// line is one row of a table of figures.
type line struct {
	name string
	f    document.Figure
}

// figures prints a table of figures, each with ±, coverage, method and code.
func (s *studyDraft) figures(caption string, lines []line, notes ...string) {
	t := document.Table{Caption: s.T(caption),
		Columns: []document.Column{s.Text("quantity"), s.Uncertain("value", ""), s.Center("coverage"), s.Text("method"), s.Text("code")}}
	t.Columns[0].Weight = 1
	for _, l := range lines {
		t.Rows = append(t.Rows, document.Row{Cells: []document.Cell{document.HeadCell(l.name), document.FigureCell(l.f), s.Coverage(l.f), reports.Method(l.f), reports.CodeOf(l.f)}})
	}
	if len(notes) > 0 {
		t.Notes = document.Text(strings.Join(notes, " "))
	}
	s.Add(t)
}

// figure rounds a quantity for a row of one of the study's tables.
func (s *studyDraft) figure(table, row string, q heat.Quantity, as reports.Step) document.Figure {
	g := s.grid
	g.Name = table
	return g.Figure(row, "value", q, as)
}

// design makes the figure of a calculated value that states no uncertainty of
// its own: a size, a count of hours.
func (s *studyDraft) design(table, row string, si float64, as reports.Step, method string) document.Figure {
	g := s.grid
	g.Name = table
	f := g.Plain(row, "value", si, as)
	if f.Mark == document.Known {
		f.Method, f.Coverage, f.Simulated = method, s.r.Heat().Coverage, s.r.Heat().Simulated
	}
	return f
}

// given makes the figure of what is stated or computed without the site's
// data: a law's threshold, a distance, the network's own demand.
func (s *studyDraft) given(table, row string, si float64, as reports.Step, method string) document.Figure {
	f := s.design(table, row, si, as, method)
	if f.Mark == document.Known {
		f.Coverage, f.Simulated = 1, false
	}
	return f
}

// unmatched says why a chapter that needs a network has none to speak of.
func (s *studyDraft) unmatched() bool {
	if s.c == nil {
		s.Note(document.NoteWarning, "study.unmatched", "reason", s.T("reasons."+string(s.reason())))
	}
	return s.c == nil
}

// used returns the method ids of the figures so far and of the tiers.
func (s *studyDraft) used() []string {
	var ids []string
	for _, f := range reports.FiguresOf(s.Blocks) {
		ids = append(ids, strings.Split(f.Figure.Method, ", ")...)
	}
	if s.r.Estimate != nil {
		for tier := range s.r.Estimate.ByTier {
			if tier != heat.TierNone {
				ids = append(ids, tier.String())
			}
		}
	}
	slices.Sort(ids)
	return slices.DeleteFunc(slices.Compact(ids), func(id string) bool { return id == "" })
}
