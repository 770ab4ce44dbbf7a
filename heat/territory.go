package heat

import (
	"cmp"
	"container/heap"
	"context"
	"math"
	"runtime"
	"sync"

	"thermie/interval"
)

// territory holds what the pairs of a matching share.
type territory struct {
	sources  []PlacedSource
	networks []PlacedNetwork
	terms    Terms

	heat   [][]interval.Power // left, by source and hour
	demand [][]interval.Power // left, by network and hour; nil for one that cannot be used
	sinks  [][]sink
	pumps  []HeatPump
	colds  []map[interval.TemperatureDiff][]interval.Temperature // by source and pinch
}

// pair is a site and a network within reach.
type pair struct {
	source, network int
	distance        float64
	alone           outcome // on the whole of both
	cost            float64 // by which it waits for its turn
	waited          bool
}

func newTerritory(sources []PlacedSource, networks []PlacedNetwork, terms Terms) *territory {
	return &territory{
		sources: sources, networks: networks, terms: terms,
		heat: make([][]interval.Power, len(sources)), demand: make([][]interval.Power, len(networks)),
		sinks: make([][]sink, len(networks)), pumps: make([]HeatPump, len(networks)),
		colds: make([]map[interval.TemperatureDiff][]interval.Temperature, len(sources)),
	}
}

// pairs lists the pairs within reach and enters why the others fail.
//
// Method: TE1, TE2, AL4.
func (t *territory) pairs(m *Matching) []*pair {
	for n := range t.networks {
		network := t.networks[n].Network
		if err := network.Check(); err != nil {
			m.Faults = append(m.Faults, err)
			continue
		}
		whole := newMatcher(nil, network)
		t.demand[n], t.sinks[n], t.pumps[n] = whole.residual, whole.sinks, whole.pump
	}
	var list []*pair
	for s := range t.sources {
		source := &t.sources[s]
		fault := source.check(len(source.Heat))
		if fault != nil {
			m.Faults = append(m.Faults, fault)
		}
		t.heat[s] = append([]interval.Power(nil), source.Heat...)
		for n := range t.networks {
			distance := Distance(source.Position, t.networks[n].Position)
			if reason := t.obstacle(s, n, distance, fault); reason != "" {
				m.Failures = append(m.Failures, Failure{source.ID, t.networks[n].ID, distance, reason})
				continue
			}
			list = append(list, &pair{source: s, network: n, distance: distance})
			t.prepare(s, t.pumps[n].SourcePinch)
		}
	}
	return list
}

// prepare computes once what the heat pumps of all networks see of a source.
func (t *territory) prepare(s int, pinch interval.TemperatureDiff) {
	if t.colds[s] == nil {
		t.colds[s] = map[interval.TemperatureDiff][]interval.Temperature{}
	}
	if t.colds[s][pinch] == nil {
		t.colds[s][pinch] = t.sources[s].coldMeans(pinch)
	}
}

// obstacle says what keeps a pair apart before anything is computed.
func (t *territory) obstacle(s, n int, distance float64, fault error) Reason {
	network := &t.networks[n]
	switch {
	case math.IsNaN(distance):
		return NoPosition
	case distance > network.Reach:
		return TooFar
	case network.Fluid != "" && !Serves(network.Fluid):
		return WrongFluid
	case t.demand[n] == nil:
		return NetworkUnready
	case fault != nil || len(t.sources[s].Heat) != len(t.demand[n]):
		return BadSource
	}
	return ""
}

// priceAlone computes each pair as if it were alone, on all processors.
func (t *territory) priceAlone(ctx context.Context, pairs []*pair, done *steps) error {
	var group sync.WaitGroup
	next := make(chan *pair)
	for range runtime.GOMAXPROCS(0) {
		group.Go(func() {
			for p := range next {
				p.alone = t.work(p, 0, false)
				p.cost = t.price(p, p.alone)
				done.one()
			}
		})
	}
	for _, p := range pairs {
		if ctx.Err() != nil {
			break
		}
		next <- p
	}
	close(next)
	group.Wait()
	return ctx.Err()
}

// price returns the cost of a pair's heat, infinite without any.
func (t *territory) price(p *pair, o outcome) float64 {
	if o.delivered() <= 0 {
		return math.Inf(1)
	}
	c := t.terms.cost(o.peak, p.distance)
	c.Captured, c.Electricity, c.Delivered = o.captured, o.electricity, o.delivered()
	return c.Levelised()
}

// allot lets the pairs take their heat and demand, the cheapest first.
//
// Method: TE2.
func (t *territory) allot(ctx context.Context, pairs []*pair, m *Matching, done *steps) error {
	queue := queue(append([]*pair(nil), pairs...))
	heap.Init(&queue)
	for queue.Len() > 0 {
		if err := ctx.Err(); err != nil {
			return err
		}
		p := heap.Pop(&queue).(*pair)
		left := t.work(p, 0, false)
		cost := t.price(p, left)
		if !p.waited && queue.Len() > 0 && cost > queue[0].cost && left.delivered() > 0 {
			p.waited, p.cost = true, cost
			heap.Push(&queue, p)
			continue
		}
		done.one()
		if reason := t.verdict(p, left, cost); reason != "" {
			m.Failures = append(m.Failures, Failure{t.sources[p.source].ID, t.networks[p.network].ID, p.distance, reason})
			continue
		}
		m.Matches = append(m.Matches, t.conclude(p, left, cost))
	}
	return nil
}

// verdict says why a pair fails on what the cheaper ones left, or "".
//
// Method: TE2.
func (t *territory) verdict(p *pair, left outcome, cost float64) Reason {
	switch {
	case p.alone.heat <= 0:
		return NoHeat
	case p.alone.demand <= 0:
		return NoDemandLeft
	case p.alone.delivered() <= 0 || p.alone.scop() < t.terms.LeastSCOP:
		return TooHot
	case left.delivered() <= 0 && left.heat <= 0:
		return NoHeatLeft
	case left.delivered() <= 0:
		return NoDemandLeft
	case t.terms.LeastDensity > 0 && t.density(p, left) < t.terms.LeastDensity:
		if t.density(p, p.alone) < t.terms.LeastDensity {
			return TooThin
		}
		return NoDemandLeft
	case t.terms.MostCost > 0 && cost > t.terms.MostCost:
		return TooDear
	}
	return ""
}

// density returns the heat a year and metre of trench.
func (t *territory) density(p *pair, o outcome) float64 {
	return LinearDensity(o.delivered(), p.distance*t.terms.Detour)
}

// queue is a heap of pairs by cost, ties by their order.
type queue []*pair

func (q queue) Len() int      { return len(q) }
func (q queue) Swap(i, j int) { q[i], q[j] = q[j], q[i] }
func (q *queue) Push(p any)   { *q = append(*q, p.(*pair)) }
func (q queue) Less(i, j int) bool {
	a, b := q[i], q[j]
	return cmp.Or(cmp.Compare(a.cost, b.cost), cmp.Compare(a.network, b.network), cmp.Compare(a.source, b.source)) < 0
}
func (q *queue) Pop() any {
	last := len(*q) - 1
	p := (*q)[last]
	*q = (*q)[:last]
	return p
}
