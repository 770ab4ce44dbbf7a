package heat

import (
	"cmp"
	"fmt"
	"slices"

	"thermie/interval"
)

// Offer is a kind of meter that can be bought.
type Offer struct {
	Class      string // as in AccuracyOf
	NominalM3H float64
	MinimumDTK float64
}

// Offers returns the classes worth considering: better electricity meters,
// and heat meters with matched probes.
func Offers() []Offer {
	return []Offer{{Class: "iec62053-0.5s"}, {Class: "iec62053-0.2s"}, {Class: "en1434-2"}, {Class: "en1434-2-parts"}}
}

// Improvement is what a meter would do to the recoverable heat's uncertainty.
type Improvement struct {
	Point  string // the point to better; empty for a heat meter that is not there yet
	Class  string
	Before float64 // relative U (k=2)
	After  float64
}

// NextSensor recomputes the uncertainty budget with each offer at each point
// that feeds the estimate, and with a new heat meter at the tap. The best
// gain comes first; what gains nothing is left out. A device is bettered at
// all its points.
//
// Method: NS1.
func (b *Balance) NextSensor(e *Estimate, offers []Offer) ([]Improvement, error) {
	before := 2 * e.Recoverable.Relative()
	if !e.Recoverable.Known || before == 0 {
		return nil, nil
	}
	var list []Improvement
	enter := func(point string, o Offer, after float64) {
		if after < before*(1-1e-6) {
			list = append(list, Improvement{point, o.Class, before, after})
		}
	}
	for _, c := range e.Budget {
		for _, o := range offers {
			with, changed, err := b.bettered(c.Cause, o)
			if err != nil {
				return nil, err
			}
			if changed {
				enter(c.Cause, o, 2*with.Recoverable.Relative())
			}
		}
	}
	for _, o := range offers {
		if u, fits := b.newMeter(e, o); fits {
			enter("", o, 2*u)
		}
	}
	slices.SortStableFunc(list, func(a, b Improvement) int { return cmp.Compare(a.After, b.After) })
	return list, nil
}

// bettered estimates again with an offer in place of a device's class.
func (b *Balance) bettered(device string, o Offer) (with *Estimate, changed bool, err error) {
	cards := slices.Clone(b.Site.Cards)
	for i := range cards {
		p := cards[i].Point
		if p == nil || cmp.Or(p.Device, cards[i].Meter) != device {
			continue
		}
		better := *p
		better.Class, better.DeclaredPct = o.Class, nil
		better.NominalM3H, better.MinimumDTK = cmp.Or(o.NominalM3H, p.NominalM3H), cmp.Or(o.MinimumDTK, p.MinimumDTK)
		if _, unfit := AccuracyOf(better); unfit != nil {
			continue
		}
		cards[i].Point, changed = &better, true
	}
	if !changed {
		return nil, false, nil
	}
	other := *b
	other.epochs = b.ledger.epochs(cards)
	if with, err = other.Estimate(); err != nil {
		return nil, false, fmt.Errorf("next sensor: %w", err)
	}
	return with, true, nil
}

// newMeter returns the relative uncertainty of the heat if a new meter at the
// tap had read it, at the tap's temperatures and half its nominal flow. fits
// is false where there is a heat meter already, or the offer is none.
func (b *Balance) newMeter(e *Estimate, o Offer) (u float64, fits bool) {
	if b.Rejected.Known {
		return 0, false
	}
	accuracy, err := AccuracyOf(interval.Point{Role: interval.RoleHeat, Class: o.Class, NominalM3H: 2, MinimumDTK: o.MinimumDTK})
	if err != nil || !(e.Supply > e.Return) {
		return 0, false
	}
	return accuracy.Relative(Conditions{Flow: 1 * interval.CubicMetrePerHour, Supply: e.Supply, Return: e.Return}), true
}

// MeasuredLimit is the expanded uncertainty above which heat is not called
// measured, whatever meter read it.
//
// Method: U8.
const MeasuredLimit = 0.10

// Indication is a heat meter whose heat cannot be stated well enough to be
// called measured.
type Indication struct {
	Point          string
	Supply, Return interval.Temperature // mean, weighted by heat
	ProbesU        float64              // relative U (k=2) of the temperature difference alone; 0 for matched probes
	U              float64              // of the heat
}

// Indications lists the heat meters whose U is above MeasuredLimit at the
// temperatures of the period: unmatched class B probes on a 5 K loop can do
// no better than 11 % at 12/7 °C and 15 % at 35/30 °C.
//
// Method: U3, U8.
func (b *Balance) Indications() []Indication {
	var list []Indication
	seen := map[int]bool{}
	stated := statedConditions(b.Site.Site)
	for i := range b.epochs {
		for _, p := range append(slices.Clone(b.epochs[i].heat), b.epochs[i].handover...) {
			if seen[p.track] {
				continue
			}
			seen[p.track] = true
			if x, doubtful := b.indication(p, stated); doubtful {
				list = append(list, x)
			}
		}
	}
	slices.SortFunc(list, func(a, b Indication) int { return cmp.Compare(b.U, a.U) })
	return list
}

// indication forms a heat meter's uncertainty over the period, hour by hour.
func (b *Balance) indication(p part, stated conditions) (Indication, bool) {
	track := b.ledger.tracks[p.track]
	var heat, limit, probes, supply, ret float64
	for h := range b.Hours {
		c := track.energy(thermalKinds, h)
		if c.sum <= 0 {
			continue
		}
		at := stated.at(track, c, h)
		heat += c.sum
		limit += 2 * p.accuracy.Relative(at) * c.sum
		supply, ret = supply+c.sum*float64(at.Supply), ret+c.sum*float64(at.Return)
		probes += 2 * p.accuracy.probesOnly(at) * c.sum
	}
	if heat == 0 || limit/heat <= MeasuredLimit {
		return Indication{}, false
	}
	return Indication{
		Point: track.id, ProbesU: probes / heat, U: limit / heat,
		Supply: interval.Temperature(supply / heat), Return: interval.Temperature(ret / heat),
	}, true
}
