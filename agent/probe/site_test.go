package probe

import (
	"context"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"thermie/agent/modbus/modbustest"
	"thermie/configs"
)

// site is the configuration of a site with a main meter (unit 1), a meter
// under it (unit 2) and a heat meter (unit 3), at an address.
const site = `
site:
  id: hall
  name: Hall
  data: measured
  circuits: [{id: warm, medium: water, flow_meter_side: return, tap: condenser}]
collector: {url: "http://127.0.0.1:8086"}
points:
  - {id: total, name: Total, role: dc_total}
  - {id: it, name: IT, role: it, under: total}
  - {id: heat, name: Heat, role: heat_source, circuit: warm}
modbus:
  - address: %s
    max_requests_per_s: 1000
    timeout: 1s
    devices:
      - {unit: 1, template: schneider-iem3000, point: total}
      - {unit: 2, template: schneider-iem3000, point: it}
      - {unit: 3, template: landisgyr-uh50, point: heat, units: {energy: kWh}}
`

// plant is the real state of that site, and how its meters show it.
type plant struct {
	*modbustest.Bank
	totalKW, itKW   float64
	totalWh, itWh   float64
	heatKW, heatKWh float64
	flow, hot, cold float64        // m³/h, °C
	show            func(p *plant) // after each step: what is wrongly shown
}

func newPlant(show func(p *plant)) *plant {
	p := &plant{Bank: &modbustest.Bank{}, totalKW: 400, itKW: 300, totalWh: 8e9, itWh: 5e9, heatKW: 277.5, heatKWh: 123456, flow: 30, hot: 38.25, cold: 30.25, show: show}
	p.run(0)
	return p
}

// run lets the plant run for a while and its meters show it.
func (p *plant) run(d time.Duration) {
	p.totalWh += p.totalKW * 1000 * d.Hours()
	p.itWh += p.itKW * 1000 * d.Hours()
	p.heatKWh += p.heatKW * d.Hours()
	p.electric(1, p.totalKW, p.totalWh)
	p.electric(2, p.itKW, p.itWh)
	p.Set(3, 1, uint16(100*p.hot), uint16(100*p.cold), uint16(100*(p.hot-p.cold)))
	p.Set(3, 4, long(1000*p.flow)...)
	p.Set(3, 6, long(100*p.heatKW)...)
	p.Set(3, 12, 0)
	p.Set(3, 14, long(p.heatKWh)...)
	p.Set(3, 18, 0, 1)
	p.show(p)
}

// electric shows a power that is spread evenly over three phases.
func (p *plant) electric(unit uint8, kw, wh float64) {
	const volts, cosPhi = 230, 0.98
	for phase := range uint16(3) {
		p.Set(unit, 2999+2*phase, modbustest.FloatWords(float32(kw*1000/3/volts/cosPhi))...)
		p.Set(unit, 3027+2*phase, modbustest.FloatWords(volts)...)
	}
	p.Set(unit, 3059, modbustest.FloatWords(float32(kw))...)
	p.Set(unit, 3083, modbustest.FloatWords(cosPhi)...)
	p.Set(unit, 3109, modbustest.FloatWords(50)...)
	p.Set(unit, 3203, quad(wh)...)
	p.Set(unit, 3207, 0, 0, 0, 0)
}

func long(v float64) []uint16 {
	n := uint32(math.Round(v))
	return []uint16{uint16(n >> 16), uint16(n)}
}
func quad(v float64) []uint16 {
	n := uint64(math.Round(v))
	return []uint16{uint16(n >> 48), uint16(n >> 32), uint16(n >> 16), uint16(n)}
}

// turned are the words the other way round.
func turned(words []uint16) []uint16 { slices.Reverse(words); return words }

// examine watches a plant for ten minutes of its own time, over real
// connections, and returns what does not agree, by "point cause".
func examine(t *testing.T, p *plant) (all []Finding, wrong []string) {
	t.Helper()
	cfg, err := configs.DecodeAgent("site.yaml", fmt.Appendf(nil, site, p.Serve(t)))
	if err != nil {
		t.Fatal(err)
	}
	clock := &clockwork{at: time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC), run: p.run}
	all, err = Physics(t.Context(), cfg, templatesOf(t), clock.watch(10*time.Minute, 30*time.Second), io.Discard)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range all {
		if f.Outcome == Differs {
			wrong = append(wrong, strings.TrimSpace(f.Point+" "+string(f.Cause)))
		}
	}
	slices.Sort(wrong)
	return all, slices.Compact(wrong)
}

// A meter that is configured wrongly in one of the usual ways is found, and
// the way is named; one that is right is left alone.
func TestWhatIsWrongOnSiteIsNamed(t *testing.T) {
	for name, c := range map[string]struct {
		show func(p *plant)
		want []string
	}{
		"nothing": {func(*plant) {}, nil},
		"word order of a power": {func(p *plant) {
			p.Set(1, 3059, turned(modbustest.FloatWords(float32(p.totalKW)))...)
		}, []string{"total word order"}},
		"word order of a counter": {func(p *plant) {
			p.Set(2, 3203, turned(quad(p.itWh))...)
		}, []string{"it word order"}},
		"a power in W where kW is configured": {func(p *plant) {
			p.Set(2, 3059, modbustest.FloatWords(float32(1000*p.itKW))...)
		}, []string{"it scale factor"}},
		"a counter in kWh where Wh is configured": {func(p *plant) {
			p.Set(2, 3203, quad(p.itWh/1000)...)
		}, []string{"it Wh for kWh"}},
		"a main meter whose transformers 200/5 are not set": {func(p *plant) {
			p.electric(1, p.totalKW/40, p.totalWh/40)
		}, []string{"total CT ratio"}},
		"a power behind transformers 200/5, currents before them": {func(p *plant) {
			p.Set(1, 3059, modbustest.FloatWords(float32(p.totalKW/40))...)
		}, []string{"total CT ratio"}},
		"swapped probes": {func(p *plant) {
			p.Set(3, 1, uint16(100*p.cold), uint16(100*p.hot))
		}, []string{"heat swapped probes"}},
		"a flow in L/s where m3/h is configured": {func(p *plant) {
			p.Set(3, 4, long(1000*p.flow/3.6)...)
		}, []string{"heat flow unit"}},
		"a thermal counter in Wh where kWh is configured": {func(p *plant) {
			p.Set(3, 14, long(1000*p.heatKWh)...)
		}, []string{"heat Wh for kWh"}},
		"a heat meter's power in W where kW is configured": {func(p *plant) {
			p.Set(3, 6, long(100*1000*p.heatKW)...)
		}, []string{"heat Wh for kWh", "heat scale factor"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			all, wrong := examine(t, newPlant(c.show))
			if !slices.Equal(wrong, c.want) {
				t.Errorf("%q, want %q", wrong, c.want)
				PrintFindings(t.Output(), all)
			}
		})
	}
}

// A watch ends with the person's patience.
func TestAWatchCanBeEnded(t *testing.T) {
	p := newPlant(func(*plant) {})
	cfg, err := configs.DecodeAgent("site.yaml", fmt.Appendf(nil, site, p.Serve(t)))
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	w := Watch{Over: time.Hour, Every: time.Minute, wait: func(context.Context, time.Duration) error { cancel(); return ctx.Err() }}
	if _, err := Physics(ctx, cfg, templatesOf(t), w, io.Discard); err == nil {
		t.Error("the watch went on")
	}
}

// A plant of which one meter answers, without a register of its template, is
// watched all the same; one of which nobody answers is not.
func TestAPlantIsWatchedWhileAnybodyAnswers(t *testing.T) {
	p := newPlant(func(*plant) {})
	for address, rounds := range map[string]int{p.Serve(t): 3, "127.0.0.1:1": 1} {
		cfg, err := configs.DecodeAgent("site.yaml", fmt.Appendf(nil, site, address))
		if err != nil {
			t.Fatal(err)
		}
		cfg.Modbus[0].Devices = []configs.Device{{Unit: 3, Template: "eastron-sdm120", Point: "heat"}}
		p.Set(3, 0, 0x4366, 0x8000) // a voltage, and nothing else
		devices, err := openDevices(t.Context(), cfg.Modbus, templatesOf(t), "")
		if err != nil {
			t.Fatal(err)
		}
		clock := &clockwork{at: time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC), run: func(time.Duration) {}}
		watched, err := watch(t.Context(), devices, clock.watch(time.Minute, 30*time.Second), io.Discard)
		if err != nil || len(watched) != rounds {
			t.Errorf("%d rounds, want %d, %v", len(watched), rounds, err)
		}
	}
}
