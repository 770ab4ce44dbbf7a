package heat

import (
	"math"

	"thermie/interval"
)

// ratios forms the PUE over the hours in which both energies account for the
// same time, so that a gap of one meter does not tilt it.
//
// Method: P1, P2.
func (b *Balance) ratios() {
	l := b.ledger
	total, it := b.common()
	b.Interim = !b.Period.Annual() || b.EDC.Coverage < EnoughCoverage || b.EIT.Coverage < EnoughCoverage
	b.PUE, b.InterimPPUE = Quantity{Method: methodPUE}, Quantity{Method: methodInterim}
	if it.energy <= 0 {
		return
	}
	ratio := Quantity{
		Value: total.energy / it.energy, U: ratioStandard(total, it), Coverage: it.cover / float64(l.hours),
		Method: methodInterim, Known: true, Simulated: total.simulated || it.simulated,
	}
	b.InterimPPUE = ratio
	if !b.Partial && !b.Interim && ratio.Coverage >= EnoughCoverage {
		ratio.Method = methodPUE
		b.PUE = ratio
	}
}

// remark closes the notes.
//
// Method: B6.
func (b *Balance) remark() {
	l := b.ledger
	for key, is := range map[string]bool{
		"total_is_a_sum_of_parts": b.Partial && b.EDC.Known,
		"less_than_twelve_months": b.Interim && (b.EDC.Known || b.EIT.Known), // a site without meters has no data to be short of
		"ratio_below_one":         b.InterimPPUE.Known && b.InterimPPUE.Value < 1,
		"heat_closure":            b.closureBroken(),
	} {
		if is {
			l.note(key)
		}
	}
	b.doubtMeters()
	for _, x := range b.Indications() {
		l.note("indicative_only:" + x.Point)
	}
	for _, c := range b.Site.Site.Circuits {
		if _, _, err := fluidStream(c, interval.Celsius(30), interval.Celsius(30), interval.Celsius(20)); err != nil {
			l.note("fluid_unclear:" + c.ID) // a heat meter set for another fluid is wrong by that
		}
	}
	b.Notes = l.sortedNotes()
}

// common returns total and IT over the hours in which both account for the
// same time; mostly these are all hours, whose sums there are already.
func (b *Balance) common() (total, it tally) {
	all := true
	for h := range b.Hours {
		all = all && b.Hours[h].comparable()
	}
	if all {
		return b.total, b.it
	}
	l := b.ledger
	total, it = l.newTally(), l.newTally()
	b.eachHour(func(h int, e *epoch) {
		if b.Hours[h].comparable() {
			l.electric(e.total, h, &total, 1)
			l.electric(e.it, h, &it, 1)
		}
	})
	return total, it
}

// comparable reports whether total and IT account for the same time.
func (h *Hour) comparable() bool {
	const slack = 0.01
	top, bottom := h.Total.Coverage, h.IT.Coverage
	return top > 0 && bottom > 0 && math.Abs(top-bottom) <= slack
}

// Limits of the closure check: heat metered over electricity that became
// heat in the room.
//
// Method: B10.
const lowClosure, highClosure = 0.8, 1.1

// closureBroken reports whether metered heat and the room's electricity
// contradict each other over the hours in which both are seen.
//
// Method: B10.
func (b *Balance) closureBroken() bool {
	const seen, leastHours = 0.9, 24
	var heat, room float64
	hours := 0
	for i := range b.Hours {
		if h := &b.Hours[i]; h.Heat.Coverage >= seen && h.InRoom.Coverage >= seen {
			heat, room, hours = heat+float64(h.Heat.Energy), room+float64(h.InRoom.Energy), hours+1
		}
	}
	if hours < leastHours || room <= 0 {
		return false
	}
	return heat/room < lowClosure || heat/room > highClosure
}
