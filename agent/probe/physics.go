package probe

import (
	"context"
	"fmt"
	"io"
	"math"
	"strings"
	"time"

	"thermie/configs"
	"thermie/heat"
	"thermie/interval"
)

// Watch is how long counters are watched for, and how often they are asked.
type Watch struct {
	Over, Every time.Duration

	now  func() time.Time // the machine's unless a test says otherwise
	wait func(context.Context, time.Duration) error
}

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
		registers := last[p.ID]
		if len(registers) == 0 {
			continue
		}
		findings = append(findings, judgePoint(registers, p, cfg.Site.Circuits)...)
		if len(rounds) > 1 {
			findings = append(findings, judgeCounters(p.ID, pointRounds(rounds, p.ID))...)
		}
	}
	return append(findings, judgeBranches(cfg.Points, last)...), nil
}

// byPoint gathers the registers of each point, of whatever device.
func byPoint(meters []Meter) map[string]registers {
	all := map[string]registers{}
	for _, m := range meters {
		all[m.Point] = append(all[m.Point], m.Registers...)
	}
	return all
}

// registers are those of one point at one instant.
type registers []Register

// of lists the registers of a kind.
func (rs registers) of(kind interval.Kind) (some registers) {
	for _, r := range rs {
		if r.of.Kind == kind {
			some = append(some, r)
		}
	}
	return some
}

// sum is the quantity of a kind in SI; NaN where one of its parts has no
// value, or there is none.
func (rs registers) sum(kind interval.Kind) float64 {
	parts := rs.of(kind)
	if len(parts) == 0 {
		return math.NaN()
	}
	total := 0.0
	for _, r := range parts {
		if r.Value == nil {
			return math.NaN()
		}
		total += si(r.of, r.answer)
	}
	return total
}

// others is the quantity in other orders of words, where one register makes
// it up.
func (rs registers) others(kind interval.Kind) map[string]float64 {
	parts := rs.of(kind)
	if len(parts) != 1 || parts[0].Value == nil {
		return nil
	}
	all := map[string]float64{}
	for _, o := range inOtherOrders(parts[0].of, parts[0].answer) {
		all[o.order] = si(parts[0].of, o.answer)
	}
	return all
}

// shown are the values in a unit of the registers whose name begins so.
func (rs registers) shown(prefix, unit string) (values []float64) {
	for _, r := range rs {
		if strings.HasPrefix(r.Name, prefix) && r.Unit == unit && r.Value != nil {
			values = append(values, *r.Value)
		}
	}
	return values
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

// onTheClock fills in the machine's clock.
func (w Watch) onTheClock() Watch {
	if w.now == nil {
		w.now = time.Now
	}
	if w.wait == nil {
		w.wait = func(ctx context.Context, d time.Duration) error {
			select {
			case <-time.After(d):
				return nil
			case <-ctx.Done():
				return ctx.Err()
			}
		}
	}
	return w
}

// watch asks the devices again and again until the time is over, and at least
// once.
func watch(ctx context.Context, devices []device, w Watch, progress io.Writer) (rounds [][]Meter, err error) {
	if len(devices) == 0 {
		return nil, fmt.Errorf("no Modbus device is configured")
	}
	begin := w.now()
	for {
		var round []Meter
		for _, d := range devices {
			round = append(round, d.ask(w.now))
		}
		rounds = append(rounds, round)
		left := w.Over - w.now().Sub(begin)
		if left <= 0 {
			return rounds, ctx.Err()
		}
		fmt.Fprintf(progress, "watching the counters, %s to go\n", left.Round(time.Second))
		if err := w.wait(ctx, min(w.Every, left)); err != nil {
			return nil, err
		}
	}
}
