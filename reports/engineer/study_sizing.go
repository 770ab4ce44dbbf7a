package engineer

import (
	"math"
	"slices"
	"strconv"

	"thermie/heat"
	"thermie/interval"
	"thermie/reports"
	"thermie/reports/document"
)

// sizing is chapter 5: heat pump, exchanger and pipes, each line by line.
func (s *studyDraft) sizing() error {
	s.Heading(1, "5", "study.sizing")
	if s.unmatched() {
		return nil
	}
	s.Paragraph("study.sizing_text")
	s.heatPump()
	if err := s.exchanger(); err != nil {
		s.Note(document.NoteWarning, "study.no_exchanger")
	}
	if s.c.link.Pair == nil {
		s.Note(document.NoteWarning, "study.no_pipe")
		return nil
	}
	s.pipes(*s.c.link.Pair)
	return s.route(*s.c.link.Pair)
}

func (s *studyDraft) heatPump() {
	d := s.c.delivery
	sized := func(key, row, method string, of func(heat.Delivery) interval.Power) line {
		value := func(d heat.Delivery) float64 { return float64(of(d)) }
		return line{s.T(key), s.figure("pump", row, s.c.quantity(value(d), s.c.spread(value), method), inPower)}
	}
	s.figures("study.pump_caption", []line{
		sized("network.peak_pump", "peak", "AL1", func(d heat.Delivery) interval.Power { return d.PeakPump }),
		sized("study.pump_electric", "electric", "HP1", func(d heat.Delivery) interval.Power { return slices.Max(d.Electricity) }),
		sized("study.pump_source", "source", "AL1", mostCaptured),
		{s.T("study.design_supply"), s.given("pump", "supply", s.c.link.Supply.Celsius(), reports.InCelsius, "HC1")},
		{s.T("study.design_return"), s.given("pump", "return", s.c.link.Return.Celsius(), reports.InCelsius, "HC1")},
		{s.T("network.direct_hours"), s.design("pump", "direct_hours", float64(d.DirectHours), inHours, "AL3")},
		{s.T("network.pump_hours"), s.design("pump", "pump_hours", float64(d.PumpHours), inHours, "AL1")},
	})
}

func mostCaptured(d heat.Delivery) interval.Power { return slices.Max(d.Captured) }

// exchanger sizes the plates between the tap and the heat pump's loop, which
// runs the source pinch below it on both sides.
func (s *studyDraft) exchanger() error {
	supply, ret, pinch := s.r.Estimate.Supply, s.r.Estimate.Return, s.c.model.SourcePinch
	x, err := heat.SizeExchanger(slices.Max(s.c.delivery.Captured), supply, ret, ret.Plus(-pinch), supply.Plus(-pinch))
	if err != nil {
		return err
	}
	coefficient := s.c.inputs.Value("exchanger_coefficient", s.c.peak)
	row := func(key, id string, v float64, as reports.Step) line {
		return line{s.T("study." + key), s.design("exchanger", id, v, as, "HX1")}
	}
	relative := s.c.spread(func(d heat.Delivery) float64 { return float64(mostCaptured(d)) }) / float64(x.Power)
	sized := func(key, id string, v float64, as reports.Step) line { // goes with the power
		return line{s.T("study." + key), s.figure("exchanger", id, s.c.quantity(v, relative*v, "HX1"), as)}
	}
	s.figures("study.exchanger_caption", []line{
		sized("exchanger_power", "power", float64(x.Power), inPower), row("exchanger_pinch", "pinch", float64(x.Pinch), inKelvin),
		row("exchanger_mean", "mean", float64(x.MeanDiff), inKelvin), row("exchanger_ntu", "ntu", x.NTU, reports.In("", 1, 2)),
		sized("exchanger_ua", "ua", x.UA, reports.In("kW/K", 1e3, 1)), sized("exchanger_area", "area", x.Area(coefficient), reports.In("m²", 1, 0)),
	}, s.T("study.exchanger_note", "supply", s.f.Supply.Full(s.Lang), "return", s.f.Return.Full(s.Lang)))
	return nil
}

// pipes lists the chosen pipe between its neighbours, by Colebrook.
func (s *studyDraft) pipes(chosen heat.Connection) {
	all := heat.Pipes()
	at := slices.IndexFunc(all, func(p heat.Pipe) bool { return p.DN == chosen.Pipe.DN })
	t := document.Table{Caption: s.T("study.pipes_caption"), Sheet: s.T("study.pipes_sheet"),
		Columns: []document.Column{s.Text("diameter"), s.Number("inner", "mm"), s.Number("velocity", "m/s"), s.Number("gradient", "Pa/m"), s.Center("chosen"), s.Center("method")},
		Notes:   document.Text(s.T("study.pipes_note", "flow", document.FormatNumber(s.Lang, float64(chosen.Mass), 1)))}
	for _, p := range all[max(0, at-2):min(len(all), at+3)] {
		flow, dn := heat.FlowThrough(chosen.Mass, heat.Water60, p.Diameter(), heat.PipeRoughness), "DN"+strconv.Itoa(p.DN)
		answer := "words.no"
		if p.DN == chosen.Pipe.DN {
			answer = "words.yes"
		}
		t.Rows = append(t.Rows, document.Row{Strong: p.DN == chosen.Pipe.DN, Cells: []document.Cell{document.HeadCell("DN" + document.Nbsp + strconv.Itoa(p.DN)),
			document.FigureCell(s.given("pipe_inner", dn, p.InnerMM, reports.In("mm", 1, 1), "H3")), document.FigureCell(s.design("pipe_velocity", dn, flow.Velocity, reports.In("m/s", 1, 2), "H1")),
			document.FigureCell(s.design("pipe_gradient", dn, flow.Gradient, reports.In("Pa/m", 1, 0), "H1")), document.TextCell(s.T(answer)), {Text: "H1, H3", Code: true}}})
	}
	s.Add(t)
}

// route is what the trench does over a year: pressure, pumping, losses.
func (s *studyDraft) route(pair heat.Connection) error {
	c, link := s.c, s.c.link
	v := func(id string) float64 { return c.inputs.Value(id, c.peak) }
	trench := link.Length * v("detour")
	drop := interval.Pressure(2 * trench * pair.Gradient * (1 + v("fittings")/100))
	pump := heat.PumpPower(interval.VolumeFlow(float64(pair.Mass)/float64(heat.Water60.Density)), drop, v("circulation_efficiency"))
	ground := interval.Celsius(v("soil"))
	loss, err := pair.Pipe.LossPerMetre(heat.StandardInsulation, link.Supply, link.Return, ground)
	if err != nil {
		return err
	}
	wall, err := link.WallLoss()
	if err != nil {
		return err
	}
	end := heat.OutletTemperature(link.Supply, ground, pair.Mass, heat.Water60.SpecificHeat, wall, trench)
	density := heat.LinearDensity(interval.Energy(c.delivery.DeliveredHeat.Value), trench)
	u := c.delivery.DeliveredHeat.U / trench
	s.figures("study.route_caption", []line{
		{s.T("study.trench"), s.given("route", "trench", trench, reports.In("m", 1, 0), "TE1")},
		{s.T("study.drop"), s.design("route", "drop", float64(drop), reports.In("kPa", 1e3, 0), "H1")},
		{s.T("study.circulation"), s.design("route", "pump", float64(pump), inPower, "H4")},
		{s.T("study.loss"), s.design("route", "loss", float64(loss)*trench*float64(len(c.model.Demand))*3600, reports.InMWh, "H2")},
		{s.T("study.cooling"), s.design("route", "cooling", math.Max(0, float64(link.Supply.Minus(end))), reports.In("K", 1, 2), "H5")},
		{s.T("study.density"), s.figure("route", "density", c.quantity(density, u, "H6"), reports.In("MWh/(m·a)", 3.6e9, 1))},
	}, s.T("study.route_note"))
	key := "study.dense"
	if density < heat.WorthBuilding {
		key = "study.sparse"
	}
	s.Note(document.NoteInfo, key, "least", document.FormatNumber(s.Lang, heat.WorthBuilding/3.6e9, 1))
	return nil
}
