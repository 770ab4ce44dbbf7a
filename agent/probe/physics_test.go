package probe

import (
	"math"
	"testing"
	"time"

	"thermie/interval"
)

// check compares a finding with the outcome and cause that it should have.
func check(t *testing.T, f Finding, outcome Outcome, cause Cause) {
	t.Helper()
	if f.Outcome != outcome || f.Cause != cause || f.Said == "" || (f.Outcome == Differs) != (f.Advice != "") && f.Outcome != Undecided {
		t.Errorf("%+v\nwant %q, cause %q", f, outcome, cause)
	}
}

func TestPowerIsJudgedByVoltagesAndCurrents(t *testing.T) {
	volts, amps := []float64{230, 231, 229}, []float64{100, 100, 100} // 69 kVA
	three := func(watts, cosPhi float64, others map[string]float64) Power {
		return Power{Point: "it", Watts: watts, Volts: volts, Amps: amps, CosPhi: cosPhi, Others: others}
	}
	for name, c := range map[string]struct {
		p       Power
		outcome Outcome
		cause   Cause
	}{
		"agrees":                         {three(67.6e3, 0.98, nil), Agrees, ""},
		"agrees, cosφ leading":           {three(67.6e3, -0.98, nil), Agrees, ""},
		"agrees, cosφ not shown":         {three(60e3, math.NaN(), nil), Agrees, ""},
		"cosφ in quadrants":              {three(60e3, 1.02, nil), Agrees, ""},
		"word order":                     {three(3e-41, 0.98, map[string]float64{"with the low word first": 67.6e3}), Differs, WordOrder},
		"kW for W":                       {three(67.6, 0.98, nil), Differs, ScaleFactor},
		"W for kW, cosφ not shown":       {three(65e6, math.NaN(), nil), Differs, ScaleFactor},
		"tenths":                         {three(676e3, 0.98, nil), Differs, ScaleFactor},
		"current transformer of 250/5":   {three(67.6e3/50, 0.98, nil), Differs, CTRatio},
		"currents on the secondary side": {three(67.6e3*40, 0.98, nil), Differs, CTRatio},
		"reversed transformers":          {three(-67.6e3, 0.98, nil), Differs, ReversedCT},
		"one phase":                      {three(67.6e3/3, 0.98, nil), Differs, OnePhase},
		"no reason known":                {three(67.6e3*1.4, 0.98, nil), Differs, ""},
		"no load":                        {Power{Volts: volts, Amps: []float64{0, 0, 0}, CosPhi: 1}, Undecided, ""},
		"no currents":                    {Power{Watts: 1, Volts: volts}, Lacking, ""},
		"single phase":                   {Power{Watts: 2.2e3, Volts: volts[:1], Amps: []float64{10}, CosPhi: 0.96}, Agrees, ""},
	} {
		t.Run(name, func(t *testing.T) { check(t, JudgePower(c.p), c.outcome, c.cause) })
	}
}

// warm is a circuit of 30 m³/h at 38.25/30.12 °C, 282 kW; the flow is metered
// on the cold side.
func warm(change func(h *Heat)) Heat {
	h := Heat{Point: "heat", Watts: 282e3, Flow: 30.0 / 3600, FlowUnit: "m3/h", Supply: 311.40, Return: 303.27,
		Circuit: interval.Circuit{ID: "c", Medium: "water", FlowMeterSide: "return"}}
	change(&h)
	return h
}

func TestHeatIsJudgedByFlowAndTemperatures(t *testing.T) {
	for name, c := range map[string]struct {
		change  func(h *Heat)
		outcome Outcome
		cause   Cause
	}{
		"agrees":              {func(*Heat) {}, Agrees, ""},
		"agrees, a magnitude": {func(h *Heat) { h.Supply, h.Return = h.Return, h.Supply }, Agrees, ""},
		"W for kW":            {func(h *Heat) { h.Watts /= 1000 }, Differs, ScaleFactor},
		"L/s read as m3/h":    {func(h *Heat) { h.Flow /= 3.6 }, Differs, FlowUnit},
		"m3/h read as L/s":    {func(h *Heat) { h.Flow, h.FlowUnit = h.Flow*3.6, "L/s" }, Differs, FlowUnit},
		"m3/h read as L/min":  {func(h *Heat) { h.Flow, h.FlowUnit = h.Flow/16.667, "L/min" }, Differs, FlowUnit},
		"°F read as °C":       {func(h *Heat) { h.Supply, h.Return = 273.15+100.85, 273.15+86.2 }, Differs, ScaleFactor},
		"word order of flow": {func(h *Heat) {
			h.Others = []HeatOther{{"flow", "with the low word first", h.Watts, h.Flow, h.Supply, h.Return}}
			h.Flow = 2e-9
		}, Differs, WordOrder},
		"word order of power": {func(h *Heat) {
			h.Others = []HeatOther{{"power", "with the low word first", h.Watts, h.Flow, h.Supply, h.Return}}
			h.Watts = 2e11
		}, Differs, WordOrder},
		"glycol taken as water": {func(h *Heat) { h.Watts *= 0.8 }, Differs, ""},
		"no flow":               {func(h *Heat) { h.Flow = 0 }, Undecided, ""},
		"no difference":         {func(h *Heat) { h.Return = h.Supply - 0.4 }, Undecided, ""},
		"flow backwards":        {func(h *Heat) { h.Flow = -h.Flow }, Differs, ""},
		"no power":              {func(h *Heat) { h.Watts = math.NaN() }, Lacking, ""},
	} {
		t.Run(name, func(t *testing.T) { check(t, JudgeHeat(warm(c.change)), c.outcome, c.cause) })
	}
}

func TestTheSignOfTheTemperatureDifferenceIsLookedAt(t *testing.T) {
	for name, c := range map[string]struct {
		change  func(h *Heat)
		outcome Outcome
		cause   Cause
	}{
		"agrees":         {func(*Heat) {}, Agrees, ""},
		"swapped probes": {func(h *Heat) { h.Supply, h.Return = h.Return, h.Supply }, Differs, SwappedProbes},
		"standing still": {func(h *Heat) { h.Supply = h.Return + 0.3 }, Undecided, ""},
		"no temperature": {func(h *Heat) { h.Supply = math.NaN() }, Lacking, ""},
		"impossible":     {func(h *Heat) { h.Supply = 9000 }, Differs, ""},
		"word order": {func(h *Heat) {
			h.Others = []HeatOther{{"t_hot", "with the low word first", h.Watts, h.Flow, h.Supply, h.Return}}
			h.Supply = 73.15
		}, Differs, WordOrder},
	} {
		t.Run(name, func(t *testing.T) { check(t, JudgeTemperatures(warm(c.change)), c.outcome, c.cause) })
	}
}

func TestACountersGrowthIsJudgedByItsPower(t *testing.T) {
	const wh = 3600.0
	growth := func(joules, step float64) Growth {
		return Growth{Point: "it", Kind: "electric_energy", Joules: joules, Step: step, Power: 2000 * wh, Over: 5 * time.Minute}
	}
	for name, c := range map[string]struct {
		g       Growth
		outcome Outcome
		cause   Cause
	}{
		"agrees":                  {growth(2040*wh, wh), Agrees, ""},
		"agrees, in coarse steps": {growth(1800*wh, 200*wh), Agrees, ""},
		"Wh read as kWh":          {growth(2000e3*wh, 1000*wh), Differs, WhForKWh},
		"kWh read as Wh":          {growth(2*wh, wh/10), Differs, WhForKWh},
		"tens":                    {growth(200*wh, wh), Differs, ScaleFactor},
		"MJ read as kWh":          {growth(7200*wh, wh), Differs, ScaleFactor},
		"one phase":               {growth(667*wh, wh), Differs, OnePhase},
		"transformer of 300/5":    {growth(2000.0/60*wh, 0.1*wh), Differs, CTRatio},
		"the other direction":     {growth(-500*wh, wh), Differs, OtherCounter},
		"stands still":            {growth(0, wh), Differs, OtherCounter},
		"no reason known":         {growth(3000*wh, wh), Differs, ""},
		"too few steps":           {growth(1000*wh, 1000*wh), Undecided, ""},
		"no load":                 {Growth{Kind: "electric_energy", Step: wh}, Undecided, ""},
		"no value":                {growth(math.NaN(), wh), Lacking, ""},
		"word order": {Growth{Kind: "electric_energy", Joules: 8e12 * wh, Step: wh, Power: 2000 * wh,
			Others: map[string]float64{"with the low word first": 2010 * wh}}, Differs, WordOrder},
	} {
		t.Run(name, func(t *testing.T) { check(t, JudgeGrowth(c.g), c.outcome, c.cause) })
	}
}

func TestSubMetersAreNoMoreThanTheirMainMeter(t *testing.T) {
	branch := func(main float64, under ...float64) Branch {
		b := Branch{Main: "total", Watts: main}
		for i, w := range under {
			b.Under = append(b.Under, PointPower{string(rune('a' + i)), w})
		}
		return b
	}
	for name, c := range map[string]struct {
		b       Branch
		outcome Outcome
		cause   Cause
	}{
		"agrees":                     {branch(500e3, 300e3, 150e3), Agrees, ""},
		"just above":                 {branch(500e3, 350e3, 155e3), Agrees, ""},
		"all off":                    {branch(0, 0, 0), Undecided, ""},
		"one lacks":                  {branch(500e3, 300e3, math.NaN()), Lacking, ""},
		"main's transformer 200/5":   {branch(450e3/40, 300e3, 150e3), Differs, CTRatio},
		"one sub-meter's 300/5":      {branch(500e3, 200e3, 18e6), Differs, CTRatio},
		"one in kW where W is meant": {branch(500e3, 400e3, 100e6), Differs, ScaleFactor},
		"main reversed":              {branch(-450e3, 300e3, 150e3), Differs, ReversedCT},
		"main in kW where W is":      {branch(450, 300e3, 150e3), Differs, ScaleFactor},
		"a little too much":          {branch(400e3, 300e3, 150e3), Differs, ""},
		"main without load":          {branch(0, 450e3), Differs, ""},
	} {
		t.Run(name, func(t *testing.T) { check(t, JudgeBranch(c.b), c.outcome, c.cause) })
	}
}
