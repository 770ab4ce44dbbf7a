package heat

import (
	"time"

	"thermie/interval"
)

const hour = time.Hour

// transfer is what one source gives in one hour.
type transfer struct {
	captured, electricity interval.Power
	direct                interval.Power // part of captured that passes an exchanger alone
	limited               bool           // all of the source's heat is used: more heat would be more delivery
}

// matcher holds what the hours of an allocation share.
type matcher struct {
	sources  []Source
	network  Network
	pump     HeatPump
	mustRun  interval.Energy
	residual []interval.Power // demand left by existing EnR&R, as far as the injection can serve it
	sinks    []sink
	stages   [][]stage // by source and hour
}

func newMatcher(sources []Source, n Network) *matcher {
	m := &matcher{sources: sources, network: n, pump: n.pump(), residual: make([]interval.Power, len(n.Demand)), sinks: n.sinks()}
	must := mustRunPower(n.Demand, n.MustRunShare)
	for h, demand := range n.Demand {
		if left := min(demand-must, n.most(demand, m.sinks[h])); left >= leastPower {
			m.residual[h] = left
		}
		m.mustRun += min(demand, must).For(hour)
	}
	m.stages = make([][]stage, len(sources))
	for s := range sources {
		m.stages[s] = make([]stage, len(n.Demand))
		fillStages(m.stages[s], &sources[s], m.sinks, m.pump, n.Preheat)
	}
	return m
}

// desk is where one hour is dispatched: what is left and what was given.
type desk struct {
	demand interval.Power
	heat   []interval.Power // by source
	room   []interval.Power // of the heat pump, by source
	given  []transfer
	cops   []float64
	order  []int
}

func newDesk(sources int) *desk {
	d := &desk{
		heat: make([]interval.Power, sources), room: make([]interval.Power, sources),
		given: make([]transfer, sources), cops: make([]float64, sources), order: make([]int, sources),
	}
	for s := range d.order {
		d.order[s] = s
	}
	return d
}

// run matches every hour, with the efficiency of all heat pumps shifted, and
// hands over each transfer that is not zero. What the store went through is
// returned.
//
// Method: AL1, ST1.
func (m *matcher) run(shift float64, each func(h, s int, t transfer)) StoreYear {
	d := newDesk(len(m.sources))
	store := m.network.Storage.empty(len(m.residual))
	for h, residual := range m.residual {
		if residual <= 0 && m.network.Storage.Capacity == 0 {
			continue
		}
		m.open(d, h, shift)
		d.demand = residual
		m.preheat(d, h)
		m.serve(d)
		m.balanceStore(d, &store, h)
		for s := range d.given {
			if t := d.given[s]; t.captured > 0 {
				t.limited = float64(d.heat[s]) <= exhausted*float64(m.sources[s].Heat[h])
				each(h, s, t)
			}
		}
	}
	return store
}

// exhausted is the share of an hour's heat below which nothing is left.
const exhausted = 1e-9

// open lays out what each source has in an hour.
func (m *matcher) open(d *desk, h int, shift float64) {
	for s := range m.sources {
		d.heat[s], d.given[s], d.room[s] = m.sources[s].Heat[h], transfer{}, m.sources[s].PumpLimit
		d.cops[s] = m.stages[s][h].cop(shift)
	}
	byCOP(d.order, d.cops)
}

// serve gives the demand what the sources have, the highest COP first.
//
// Method: AL1.
func (m *matcher) serve(d *desk) {
	for _, s := range d.order {
		if d.demand <= 0 || d.cops[s] == 0 {
			return
		}
		d.give(s, m.sources[s].PumpLimit > 0)
	}
}

// give takes from one source what the demand still asks for.
//
// Method: AL1, AL3.
func (d *desk) give(s int, bounded bool) {
	cop := d.cops[s]
	if cop <= 1 || bounded && d.room[s] <= 0 {
		return // all electricity: no heat pump would run
	}
	x := transferOf(d.heat[s], d.demand, d.room[s], cop)
	if bounded && cop != directCOP {
		d.room[s] -= x.captured + x.electricity
	}
	d.given[s].captured += x.captured
	d.given[s].electricity += x.electricity
	d.given[s].direct += x.direct
	d.heat[s] -= x.captured
	d.demand -= x.captured + x.electricity
}

// pass takes heat through an exchanger.
func (d *desk) pass(s int, heat interval.Power) {
	d.given[s].captured += heat
	d.given[s].direct += heat
	d.heat[s] -= heat
	d.demand -= heat
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
	if share == 0 {
		return 0
	}
	var total, peak interval.Power
	for _, d := range demand {
		total, peak = total+d, max(peak, d)
	}
	low, high := interval.Power(0), peak
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
