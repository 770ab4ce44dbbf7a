package probe

import (
	"context"
	"fmt"
	"io"
	"maps"
	"math"
	"slices"

	"thermie/configs"
	"thermie/heat"
	"thermie/interval"
)

// Physics asks the meters of a site and compares what they say with physics
// and with each other: the check to do when an installation is commissioned.
// Counters are judged only where they are watched.
func Physics(ctx context.Context, cfg *configs.Agent, templates map[string]configs.Template, w Watch, progress io.Writer) ([]Finding, error) {
	devices, err := openDevices(ctx, cfg.Modbus, templates, "")
	if err != nil {
		return nil, err
	}
	rounds, err := watch(ctx, devices, w.onTheClock(), progress)
	if err != nil {
		return nil, err
	}
	last := byPoint(rounds[len(rounds)-1])
	var findings []Finding
	for _, p := range cfg.Points {
		if len(last[p.ID]) == 0 {
			fmt.Fprintf(progress, "point %s has no Modbus device and is not checked\n", p.ID)
			continue
		}
		findings = append(findings, judgePoint(last[p.ID], p, cfg.Site.Circuits)...)
		if len(rounds) > 1 {
			findings = append(findings, judgeCounters(p.ID, pointRounds(rounds, p.ID))...)
		}
	}
	return afterPowers(append(findings, judgeBranches(cfg.Points, last)...), cfg.Points), nil
}

// powerCheck is the name of the check on which others build.
const powerCheck = "power against ΣU·I·cosφ"

// afterPowers leaves undecided what was compared with a power that is known
// to be wrong, so that one fault is told once.
func afterPowers(findings []Finding, points []configs.Point) []Finding {
	wrong := map[string]string{} // by point, whose power
	for _, f := range findings {
		if f.Check == powerCheck && slices.Contains([]Cause{WordOrder, ScaleFactor, OnePhase, ReversedCT}, f.Cause) {
			wrong[f.Point] = f.Point
		}
	}
	branches := maps.Clone(wrong)
	for _, p := range points {
		if wrong[p.ID] != "" && p.Under != "" && branches[p.Under] == "" {
			branches[p.Under] = p.ID
		}
	}
	for i, f := range findings {
		by := wrong[f.Point]
		if f.Check == branchCheck {
			by = branches[f.Point]
		}
		if by != "" && f.Check != powerCheck && f.Outcome == Differs {
			findings[i].Outcome, findings[i].Cause, findings[i].Advice = Undecided, "", "put the power of "+by+" right first"
		}
	}
	return findings
}

// judgePoint makes the checks of one instant that the registers allow.
func judgePoint(rs registers, p configs.Point, circuits []interval.Circuit) (findings []Finding) {
	if len(rs.of(interval.ElectricPower)) > 0 {
		findings = append(findings, JudgePower(powerOf(p.ID, rs)))
	}
	if len(rs.of(interval.SupplyTemperature)) == 0 || len(rs.of(interval.ReturnTemperature)) == 0 {
		return findings
	}
	h := heatOf(p.ID, rs, circuitOf(p, circuits))
	findings = append(findings, JudgeTemperatures(h))
	if len(rs.of(interval.ThermalPower)) > 0 && len(rs.of(interval.VolumeFlowRate)) > 0 {
		findings = append(findings, JudgeHeat(h))
	}
	return findings
}

func powerOf(point string, rs registers) Power {
	p := Power{Point: point, Watts: rs.sum(interval.ElectricPower), CosPhi: math.NaN(), Others: rs.others(interval.ElectricPower),
		Volts: rs.shown("voltage", "V"), Amps: rs.shown("current", "A")}
	if shown := rs.shown("power_factor", "1"); len(shown) == 1 {
		p.CosPhi = shown[0]
	}
	return p
}

// circuitOf is the point's circuit; water metered on the return side where
// none is described.
func circuitOf(p configs.Point, circuits []interval.Circuit) interval.Circuit {
	for _, c := range circuits {
		if c.ID == p.Circuit {
			return c
		}
	}
	return interval.Circuit{ID: p.ID, Medium: heat.MediumWater, FlowMeterSide: heat.SideReturn}
}

func heatOf(point string, rs registers, circuit interval.Circuit) Heat {
	h := Heat{Point: point, Circuit: circuit, Watts: rs.sum(interval.ThermalPower), Flow: rs.sum(interval.VolumeFlowRate),
		Supply: rs.sum(interval.SupplyTemperature), Return: rs.sum(interval.ReturnTemperature)}
	for _, r := range rs.of(interval.VolumeFlowRate) {
		h.FlowUnit = r.Unit
	}
	as := HeatOther{Watts: h.Watts, Flow: h.Flow, Supply: h.Supply, Return: h.Return}
	for _, kind := range []interval.Kind{interval.ThermalPower, interval.VolumeFlowRate, interval.SupplyTemperature, interval.ReturnTemperature} {
		other := rs.others(kind)
		for _, order := range sortedKeys(other) {
			o := as
			o.Register, o.Order = rs.of(kind)[0].Name, order
			switch kind {
			case interval.ThermalPower:
				o.Watts = other[order]
			case interval.VolumeFlowRate:
				o.Flow = other[order]
			case interval.SupplyTemperature:
				o.Supply = other[order]
			case interval.ReturnTemperature:
				o.Return = other[order]
			}
			h.Others = append(h.Others, o)
		}
	}
	return h
}

// judgeBranches compares each main meter with those under it.
func judgeBranches(points []configs.Point, at map[string]registers) (findings []Finding) {
	for _, main := range points {
		b := Branch{Main: main.ID, Watts: at[main.ID].sum(interval.ElectricPower)}
		for _, p := range points {
			if p.Under == main.ID && len(at[p.ID].of(interval.ElectricPower)) > 0 {
				b.Under = append(b.Under, PointPower{p.ID, at[p.ID].sum(interval.ElectricPower)})
			}
		}
		if len(b.Under) > 0 && len(at[main.ID].of(interval.ElectricPower)) > 0 {
			findings = append(findings, JudgeBranch(b))
		}
	}
	return findings
}
