package engineer

import (
	"math"
	"strconv"

	"thermie/heat"
	"thermie/interval"
	"thermie/reports"
	"thermie/reports/document"
)

// reading is one way to count an injection's heat.
type reading struct {
	id        string
	share     float64
	confirmed bool
}

// greening is chapter 8: the points that the network gains and whether it is
// an efficient one, now and later.
func (s *studyDraft) greening() error {
	s.Heading(1, "8", "study.greening")
	if s.unmatched() {
		return nil
	}
	n, d := s.c.link.Network, s.c.delivery
	if n.EnRRShare == nil {
		s.Note(document.NoteWarning, "study.no_rate")
		return nil
	}
	s.Paragraph("study.greening_text")
	before := *n.EnRRShare / 100
	counted := func(leastSCOP float64) (heat.Greening, error) {
		return heat.NewGreening(before, s.c.network.Allocation.Demand, interval.Energy(d.CapturedHeat.Value), interval.Energy(d.DeliveredHeat.Value), d.SCOP, leastSCOP)
	}
	strict, err := counted(math.Inf(1)) // no heat pump is good enough: only what is captured counts
	if err != nil {
		return err
	}
	wide, err := counted(0)
	if err != nil {
		return err
	}
	readings := []reading{{"before", before, true}, {"captured", strict.After, true}, {"delivered", wide.After, false}}
	s.points(readings, strict, wide)
	return s.standing(readings)
}

// points prints the rates and the gain of both readings.
func (s *studyDraft) points(readings []reading, strict, wide heat.Greening) {
	var lines []line
	for _, r := range readings {
		figure := s.design
		if r.id == "before" {
			figure = s.given
		}
		lines = append(lines, line{s.T("study.rate_" + r.id), figure("rate", r.id, r.share, reports.InRate, "NE1")})
	}
	total := s.c.network.Allocation.Demand
	gain := func(id string, g heat.Greening, u float64) line {
		return line{s.T("study.gain_" + id), s.figure("gain", id, s.c.quantity(g.Points()/100, u/float64(total), "NE1"), reports.In(s.T("study.point"), 0.01, 1))}
	}
	lines = append(lines, gain("captured", strict, s.c.delivery.CapturedHeat.U), gain("delivered", wide, s.c.delivery.DeliveredHeat.U))
	s.figures("study.points_caption", lines, s.T("study.points_note"))
}

// standing prints the status of each reading now and from each day on which
// the law asks for more.
func (s *studyDraft) standing(readings []reading) error {
	rungs, err := s.inputs.Rungs()
	if err != nil {
		return err
	}
	t := document.Table{Caption: s.T("study.standing_caption"), Sheet: s.T("study.standing_sheet"),
		Columns: []document.Column{s.Text("at_date"), s.Number("least", "%"), s.Center("rate_before"), s.Center("rate_captured"), s.Center("rate_delivered"), s.Center("method")}}
	for i, at := range reports.Stages(rungs, s.d.Options.Date) {
		day := s.T("study.date_of_study")
		if i > 0 {
			day = s.Day(at)
		}
		cells := []document.Cell{document.HeadCell(day), {}}
		for _, r := range readings {
			st := heat.StandingAt(r.share, rungs, at)
			cells[1] = document.FigureCell(s.given("least", strconv.Itoa(i), st.Least, reports.In("%", 0.01, 0), "NE2"))
			text := s.T("study.not_efficient")
			if st.Met {
				text = s.T("study.efficient")
			}
			if !r.confirmed {
				text += " (" + s.T("status.confirm") + ")"
			}
			cells = append(cells, document.TextCell(text))
		}
		t.Rows = append(t.Rows, document.Row{Cells: append(cells, document.Cell{Text: "NE2", Code: true})})
	}
	s.Add(t)
	return s.law()
}

// law prints the texts behind the status, with their mark.
func (s *studyDraft) law() error {
	all, err := reports.References()
	if err != nil {
		return err
	}
	t := document.Table{Caption: s.T("study.law_caption"), Sheet: s.T("sheets.references"),
		Columns: []document.Column{s.Text("reference"), s.Text("says"), s.Center("status")}}
	for _, r := range all {
		if r.ID == s.inputs.Ladder[0].Reference || r.ID == "heat_pump_minimum" {
			t.Rows = append(t.Rows, document.Row{Cells: []document.Cell{document.HeadCell(r.Cite), document.TextCell(s.T("references." + r.ID)), document.TextCell(s.mark(r.Status))}})
		}
	}
	s.Add(t)
	return nil
}
