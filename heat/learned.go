package heat

import (
	"math"
	"slices"
	"strings"

	"thermie/interval"
)

// LearnedCapture is a capture fraction seen in the hours in which a tap's
// heat meter and the room's electricity both ran, in one cooling mode.
type LearnedCapture struct {
	Tap     string // of the circuit, else of the site
	Mode    string // "free_cooling", "mixed", "compressor", or "any" where nothing tells the modes apart
	Capture float64
	Spread  float64 // standard deviation from day to day
	Hours   int
}

// What a learned fraction needs to be used.
//
// Method: LC1.
const (
	leastLearnedHours = 72
	learnedCoverage   = 0.99
)

// modeNames are in the order of modeIndex.
var modeNames = [...]string{"free_cooling", "mixed", "compressor", "any"}

func modeIndex(m coolingMode) int {
	switch {
	case m == 0:
		return 0
	case m == 1:
		return 2
	case m > 0 && m < 1:
		return 1
	}
	return 3
}

// lesson gathers the hours of one tap and mode.
type lesson struct {
	heat, room           float64
	hours                int
	day                  int
	dayHeat, dayRoom     float64
	days, sum, squareSum float64 // of the daily ratios
}

func (l *lesson) add(h int, heat, room float64) {
	if day := h / 24; day != l.day {
		l.closeDay()
		l.day = day
	}
	l.heat, l.room, l.hours = l.heat+heat, l.room+room, l.hours+1
	l.dayHeat, l.dayRoom = l.dayHeat+heat, l.dayRoom+room
}

func (l *lesson) closeDay() {
	if l.dayRoom > 0 {
		ratio := l.dayHeat / l.dayRoom
		l.days, l.sum, l.squareSum = l.days+1, l.sum+ratio, l.squareSum+ratio*ratio
	}
	l.dayHeat, l.dayRoom = 0, 0
}

// spread returns the standard deviation of the daily ratios.
func (l *lesson) spread() float64 {
	if l.days < 2 {
		return 0
	}
	mean := l.sum / l.days
	return math.Sqrt(max(0, l.squareSum/l.days-mean*mean) * l.days / (l.days - 1))
}

// learn forms the capture fractions of each tap and mode. The taps of one
// room get no more than the room has: a mode in which they sum to more is
// not learned from, and remarked.
//
// Method: LC1.
func (e *estimator) learn() {
	taps := e.metersByTap()
	if len(taps) == 0 || !e.gapsToFill() {
		return
	}
	for mode := range e.fill {
		e.fill[mode].meters = e.ledger.newTally()
	}
	lessons := make([][len(modeNames)]lesson, len(taps))
	e.eachHour(func(h int, at *epoch) {
		hour := &e.Balance.Hours[h]
		if hour.Heat.Coverage < learnedCoverage || hour.InRoom.Coverage < learnedCoverage || hour.InRoom.Energy <= 0 {
			return
		}
		mode := modeIndex(e.chillers.mode(hour))
		e.ledger.thermal(at.heat, h, &e.fill[mode].meters, e.stated)
		for i := range taps {
			heat := 0.0
			for _, p := range at.heat {
				if slices.Contains(taps[i].meters, p.track) {
					heat += p.sign * e.ledger.tracks[p.track].energy(thermalKinds, h).sum
				}
			}
			lessons[i][mode].add(h, heat, float64(hour.InRoom.Energy))
		}
	})
	for mode := range modeNames {
		e.conclude(mode, taps, lessons)
	}
}

// gapsToFill reports whether any hour lacks the heat meter and has the room's
// electricity.
func (e *estimator) gapsToFill() bool {
	for i := range e.Balance.Hours {
		if h := &e.Balance.Hours[i]; h.Heat.Coverage < enoughOfHour && h.InRoom.Coverage >= enoughOfHour {
			return true
		}
	}
	return false
}

// conclude keeps what one mode has taught.
func (e *estimator) conclude(mode int, taps []tapMeters, lessons [][len(modeNames)]lesson) {
	var sum, variance float64
	var list []LearnedCapture
	limit := 1.0
	for i := range taps {
		l := &lessons[i][mode]
		l.closeDay()
		if l.hours < leastLearnedHours || l.heat <= 0 {
			return
		}
		c := LearnedCapture{taps[i].tap, modeNames[mode], l.heat / l.room, l.spread(), l.hours}
		sum, variance, list = sum+c.Capture, variance+c.Spread*c.Spread, append(list, c)
		if c.Tap == condenser {
			limit = 2 // the compressors' electricity comes on top
		}
	}
	if sum > limit {
		e.remark("captured_more_than_the_room")
		return
	}
	e.learned = append(e.learned, list...)
	e.fill[mode].capture, e.fill[mode].spread, e.fill[mode].known = sum, math.Sqrt(variance), true
}

// learnedSum is the capture of all metered taps in one mode.
type learnedSum struct {
	capture, spread float64
	meters          tally // of the hours that taught it
	known           bool
}

// tapMeters are the heat meters of one tap.
type tapMeters struct {
	tap    string
	meters []int // tracks
}

// metersByTap groups the heat meters by their circuit's tap, over all times.
func (e *estimator) metersByTap() []tapMeters {
	var list []tapMeters
	seen := map[int]bool{}
	for i := range e.epochs {
		for _, p := range e.epochs[i].heat {
			if seen[p.track] {
				continue
			}
			seen[p.track] = true
			tap := e.tapOf(e.ledger.tracks[p.track].id)
			n := slices.IndexFunc(list, func(t tapMeters) bool { return t.tap == tap })
			if n < 0 {
				n, list = len(list), append(list, tapMeters{tap: tap})
			}
			list[n].meters = append(list[n].meters, p.track)
		}
	}
	slices.SortFunc(list, func(a, b tapMeters) int { return strings.Compare(a.tap, b.tap) })
	return list
}

// tapOf returns the tap of a heat meter's circuit, the site's without one.
func (e *estimator) tapOf(meter string) string {
	for _, c := range e.Site.Cards {
		if c.Meter != meter || c.Point == nil {
			continue
		}
		for _, circuit := range e.Site.Site.Circuits {
			if circuit.ID == c.Point.Circuit && circuit.Tap != "" {
				return circuit.Tap
			}
		}
	}
	return e.Site.Site.Tap
}

// filled returns an hour's heat by what was learned in its mode. The meter
// of the room stands on both sides and cancels; what remains is the heat
// meters' error, the same as in their own hours, and the spread of the days.
//
// Method: LC1.
func (e *estimator) filled(h int, with *learnedSum) Flow {
	hour := &e.Balance.Hours[h]
	room := float64(hour.InRoom.Energy)
	f := Flow{interval.Energy(with.capture * room), hour.InRoom.Coverage}
	e.filling.heat, e.filling.room = e.filling.heat+float64(f.Energy), e.filling.room+room
	e.filling.spread += with.spread * room
	shared := e.tally.budget.shared
	shared[len(e.ledger.devices)+learning] += with.spread * room
	for d := range e.ledger.devices {
		shared[d] += with.meters.budget.shared[d] / with.meters.energy * float64(f.Energy)
	}
	e.tally.simulated = e.tally.simulated || with.meters.simulated
	e.tally.energy, e.tally.cover = e.tally.energy+float64(f.Energy), e.tally.cover+f.Coverage
	return f
}

// filling sums up the hours that were filled.
type filling struct{ heat, room, spread float64 }

// assumption states the mean fraction that was used.
func (f filling) assumption() Assumption {
	value, limit := f.heat/f.room, math.Sqrt(3)*f.spread/f.room
	return Assumption{Value: value, Low: value - limit, High: value + limit, Mark: Computed,
		Source: "learned from the hours in which heat meter and room electricity both ran"}
}
