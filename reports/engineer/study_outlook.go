package engineer

import (
	"strconv"

	"thermie/heat"
	"thermie/reports"
	"thermie/reports/document"
)

// outlook prices what the years bring: the concession's term, the data
// center's ramp-up and the risk that it closes. None of them has a default.
func (s *studyDraft) outlook() error {
	c := s.c
	term, concession := c.inputs.Lookup("concession_years", c.peak)
	closure, closes := c.inputs.Lookup("closure", c.peak)
	ramp := c.stated.RampUp
	if !concession && !closes && len(ramp.Percent) == 0 {
		s.Note(document.NoteInfo, "study.no_outlook")
		return nil
	}
	cost, lines := c.result.Cost, []line(nil)
	relative := c.cost().Relative()
	price := func(row string, value float64, method string) line {
		return line{s.T("study.cost_" + row), s.figure("outlook", row, c.quantity(value, relative*value, method), inPrice)}
	}
	if concession {
		cost = cost.Concession(term)
		lines = append(lines, price("concession", cost.Levelised(), "EC5"))
	} else {
		term = c.inputs.Value("plant_years", c.peak)
	}
	o := heat.Outlook{Ramp: []float64{1}, Closure: closure / 100, Years: int(term)}
	if len(ramp.Percent) > 0 {
		o.Ramp = make([]float64, len(ramp.Percent))
		for i, percent := range ramp.Percent {
			o.Ramp[i] = percent / 100
		}
	}
	years, err := heat.Expect(c.study.Sources, c.study.Network, o)
	if err != nil {
		return err
	}
	lines = append(lines, price("expected", cost.LevelisedOver(years), "EC6"))
	s.figures("study.outlook_caption", lines, s.T("study.outlook_note", "term", s.Whole(int(term)), "closure", s.Digits(closure), "ramp", s.OrNone(ramp.Origin)))
	s.years(years)
	return nil
}

// years prints the first five years and each fifth one after them.
func (s *studyDraft) years(years []heat.YearHeat) {
	t := document.Table{Caption: s.T("study.years_caption"), Sheet: s.T("study.years_sheet"),
		Columns: []document.Column{s.Text("year"), s.Number("share_of_today", "%"), s.Number("survival", "%"), s.Number("expected_captured", "MWh"), s.Number("cumulated", "MWh"), s.Center("method")}}
	for _, y := range years {
		if y.Year > 5 && y.Year%5 != 0 && y.Year != len(years) {
			continue
		}
		id := "y" + strconv.Itoa(y.Year)
		t.Rows = append(t.Rows, document.Row{Cells: []document.Cell{document.HeadCell(strconv.Itoa(y.Year)),
			document.FigureCell(s.given("year_share", id, y.Share, reports.In("%", 0.01, 0), "RU1")), document.FigureCell(s.given("year_survival", id, y.Survival, inShare, "RU1")),
			document.FigureCell(s.design("year_captured", id, float64(y.Expected), reports.InMWh, "RU1")),
			document.FigureCell(s.design("year_cumulated", id, float64(y.CumulatedExpectation), reports.InMWh, "RU1")), {Text: "RU1", Code: true}}})
	}
	s.Add(t)
}
