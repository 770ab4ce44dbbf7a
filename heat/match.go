package heat

import (
	"time"

	"thermie/interval"
)

const hour = time.Hour

// transfer is what one source gives in one hour.
type transfer struct {
	captured, electricity interval.Power
	direct                bool // by an exchanger alone
	limited               bool // all of the source's heat is used: more heat would be more delivery
}

// matcher holds what the hours of an allocation share.
type matcher struct {
	sources  []Source
	pump     HeatPump
	mustRun  interval.Energy
	residual []interval.Power       // demand left by existing EnR&R
	supply   []interval.Temperature // the network's
	hot      []interval.Temperature // mean temperature of the sink
}

func newMatcher(sources []Source, n Network) *matcher {
	hours := len(n.Demand)
	m := &matcher{
		sources:  sources,
		pump:     HeatPump{Efficiency: n.LorenzEfficiency, SourcePinch: n.SourcePinch, SinkPinch: n.NetworkPinch},
		residual: make([]interval.Power, hours),
		supply:   make([]interval.Temperature, hours),
		hot:      make([]interval.Temperature, hours),
	}
	if m.pump.Efficiency == 0 {
		m.pump.Efficiency = DefaultLorenzEfficiency
	}
	must := mustRunPower(n.Demand, n.MustRunShare)
	for h, demand := range n.Demand {
		supply, ret := n.Curve.At(n.Outdoor[h])
		m.supply[h] = supply
		m.hot[h] = logMean(ret.Plus(n.NetworkPinch), supply.Plus(n.NetworkPinch))
		m.residual[h] = max(0, demand-must)
		m.mustRun += min(demand, must).For(hour)
	}
	return m
}

// run matches every hour at one Lorenz efficiency and hands over each
// transfer that is not zero.
//
// Method: AL1.
func (m *matcher) run(efficiency float64, each func(h, s int, t transfer)) {
	pump := m.pump
	pump.Efficiency = efficiency
	cops := make([]float64, len(m.sources))
	order := make([]int, len(m.sources))
	for s := range order {
		order[s] = s
	}
	for h, residual := range m.residual {
		if residual <= 0 {
			continue
		}
		for s := range m.sources {
			cops[s] = m.cop(pump, &m.sources[s], h)
		}
		byCOP(order, cops)
		for _, s := range order {
			if residual <= 0 || cops[s] == 0 {
				break
			}
			t := m.sources[s].give(h, cops[s], residual)
			residual -= t.captured + t.electricity
			each(h, s, t)
		}
	}
}

// directCOP stands for heat that needs no heat pump: it comes before all.
const directCOP = 1e9

// cop returns the COP of a source in an hour, directCOP where an exchanger
// is enough, 0 where its heat or its temperatures are not known.
//
// Method: AL3.
func (m *matcher) cop(pump HeatPump, s *Source, h int) float64 {
	in, out := s.Supply[h], s.Return[h]
	if !(s.Heat[h] > 0) || !finite(float64(in)) || !finite(float64(out)) {
		return 0
	}
	if in.Plus(-pump.SourcePinch-pump.SinkPinch) >= m.supply[h] {
		return directCOP
	}
	cold := logMean(in.Plus(-pump.SourcePinch), out.Plus(-pump.SourcePinch))
	return pump.cop(cold, m.hot[h], in, m.supply[h])
}

// give returns what the source delivers to a residual demand.
func (s *Source) give(h int, cop float64, residual interval.Power) transfer {
	available := s.Heat[h]
	if cop == directCOP {
		used := min(available, residual)
		return transfer{captured: used, direct: true, limited: available <= residual}
	}
	if cop <= 1 {
		return transfer{} // all electricity: no heat pump would run
	}
	most := available * interval.Power(cop/(cop-1))
	limited := true
	if s.PumpLimit > 0 && most > s.PumpLimit {
		most, limited = s.PumpLimit, false
	}
	delivered := min(most, residual)
	electricity := delivered / interval.Power(cop)
	return transfer{captured: delivered - electricity, electricity: electricity, limited: limited && most <= residual}
}

// byCOP sorts order by falling COP, ties by position. From hour to hour it
// hardly changes, which insertion sort likes.
func byCOP(order []int, cops []float64) {
	for i := 1; i < len(order); i++ {
		for j := i; j > 0 && before(order[j], order[j-1], cops); j-- {
			order[j], order[j-1] = order[j-1], order[j]
		}
	}
}

func before(a, b int, cops []float64) bool {
	return cops[a] > cops[b] || cops[a] == cops[b] && a < b
}

// mustRunPower returns the constant power of existing EnR&R whose delivery,
// limited by the demand of each hour, is the given share of the year's
// demand.
//
// Method: AL2.
func mustRunPower(demand []interval.Power, share float64) interval.Power {
	var total, peak interval.Power
	for _, d := range demand {
		total, peak = total+d, max(peak, d)
	}
	low, high := interval.Power(0), peak
	if share == 0 {
		return 0
	}
	for range 60 { // halves the interval to below any power's last digit
		mid := (low + high) / 2
		var delivered interval.Power
		for _, d := range demand {
			delivered += min(d, mid)
		}
		if delivered < total*interval.Power(share) {
			low = mid
		} else {
			high = mid
		}
	}
	return high
}
