package heat

import (
	"math"
	"slices"

	"thermie/interval"
)

// cell is one hour of one quantity at one point.
type cell struct {
	sum      float64 // energy or volume, or value times seconds for an intensive kind
	seconds  float64 // of the hour, for which sum accounts
	variance float64 // of sum, random part
}

// series is one kind at one point, by hour.
type series []cell

// track is what one metering point recorded.
type track struct {
	id        string
	device    int // index into ledger.devices
	kinds     [slots]series
	simulated bool
}

// ledger sorts a site's records into hours and points.
type ledger struct {
	first   int64 // Unix second at which the period starts
	hours   int
	tracks  []*track
	index   map[string]int
	devices []string
	notes   map[string]bool
}

// slot numbers the kinds that a balance reads, extensive ones first.
type slot int

const (
	electricEnergy slot = iota
	electricPower
	thermalEnergy
	circuitHeat
	thermalPower
	waterVolume
	volumeFlow
	supplyTemperature
	returnTemperature
	outdoorTemperature
	slots

	unread   slot = -1
	energies      = volumeFlow // slots below hold energies and volumes, the others means
)

var slotOf = map[interval.Kind]slot{
	interval.ElectricEnergy: electricEnergy, interval.ElectricPower: electricPower,
	interval.ThermalEnergy: thermalEnergy, interval.CircuitHeat: circuitHeat, interval.ThermalPower: thermalPower,
	interval.WaterVolume:       waterVolume,
	interval.VolumeFlowRate:    volumeFlow,
	interval.SupplyTemperature: supplyTemperature, interval.ReturnTemperature: returnTemperature,
	interval.OutdoorTemperature: outdoorTemperature,
}

func newLedger(d SiteData, p Period) *ledger {
	l := &ledger{first: p.From.Unix(), hours: p.Hours(), index: map[string]int{}, notes: map[string]bool{}}
	for _, c := range d.Cards {
		if c.Point != nil {
			l.addTrack(c, d.Site.Data)
		}
	}
	l.enterAll(d.Records)
	return l
}

// enterAll enters records, which mostly come in runs of one point and kind.
func (l *ledger) enterAll(records []interval.Record) {
	var at *track
	var meter string
	var kind interval.Kind
	k := unread
	for i := range records {
		r := &records[i]
		if i == 0 || r.Meter != meter {
			meter, at = r.Meter, nil
			if n, described := l.index[meter]; described {
				at = l.tracks[n]
			} else {
				l.note("no_card:" + meter)
			}
		}
		if i == 0 || r.Kind != kind {
			kind = r.Kind
			var read bool
			if k, read = slotOf[kind]; !read {
				k = unread
			}
		}
		if at != nil && k != unread {
			l.enter(at, k, r)
		}
	}
}

// note remembers a remark once.
func (l *ledger) note(key string) { l.notes[key] = true }

// sortedNotes returns the remarks in a fixed order.
func (l *ledger) sortedNotes() []string {
	keys := make([]string, 0, len(l.notes))
	for k := range l.notes {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// addTrack makes room for a point at its first card. What is simulated as a
// whole is simulated at each point.
func (l *ledger) addTrack(c interval.Card, site interval.Provenance) {
	if _, known := l.index[c.Meter]; known {
		return
	}
	device := c.Point.Device
	if device == "" {
		device = c.Meter // a point without a named device stands alone
	}
	n := slices.Index(l.devices, device)
	if n < 0 {
		n = len(l.devices)
		l.devices = append(l.devices, device)
	}
	l.index[c.Meter] = len(l.tracks)
	l.tracks = append(l.tracks, &track{
		id: c.Meter, device: n, simulated: c.Point.Data == interval.SimulatedData || site == interval.SimulatedData,
	})
}

// enter spreads a record over the hours that it touches. Estimated records
// are left out: what nobody measured is estimated by the tiers, which say so.
//
// Method: B8.
func (l *ledger) enter(t *track, k slot, r *interval.Record) {
	end := l.first + int64(l.hours)*3600
	if r.Length <= 0 || r.End() <= l.first || r.Start >= end {
		return
	}
	if r.Flags.Has(interval.LeftOut) {
		l.note("estimated_record_ignored:" + t.id)
	}
	switch {
	case r.Gap():
		return
	case r.Flags.Origin() == interval.Estimated:
		l.note("estimated_record_ignored:" + t.id)
		return
	case !finite(r.SI) || !(r.Cov >= 0 && r.Cov <= 1):
		l.note("record_not_a_number:" + t.id)
		return
	case r.Length > 3600 || r.Flags.Has(interval.Spread):
		l.note("long_record_split:" + t.id)
	}
	s := t.kinds[k]
	if s == nil {
		s = make(series, l.hours)
		t.kinds[k] = s
	}
	t.simulated = t.simulated || r.Flags.Has(interval.Simulated)
	from, to := max(r.Start, l.first), min(r.End(), end)
	if h := (from - l.first) / 3600; to-from == int64(r.Length) && to <= l.first+(h+1)*3600 {
		s[h].add(r, float64(r.Length), k < energies) // most records lie within one hour
		return
	}
	for from < to {
		h := (from - l.first) / 3600
		next := min(to, l.first+(h+1)*3600)
		s[h].add(r, float64(next-from), k < energies)
		from = next
	}
}

// add enters the part of r that lies within the cell's hour.
func (c *cell) add(r *interval.Record, seconds float64, extensive bool) {
	share := seconds / float64(r.Length)
	seen := seconds * r.Cov
	random := r.U
	if !finite(random) {
		random = 0
	}
	if extensive {
		c.sum += r.SI * share
		// Parts of one record are correlated; so shared out, its variance is
		// whole again in the sum.
		c.variance += random * random * share
	} else {
		c.sum += r.SI * seen
		c.variance += random * random * seen * seen
	}
	c.seconds += seen
}

// coverage returns the share of the hour for which the cell accounts.
func (c cell) coverage() float64 { return min(1, c.seconds/3600) }

// energy returns the hour's energy from the first of kinds, in order of
// preference, that covers the hour about as well as the best of them.
//
// Method: B9.
func (t *track) energy(kinds []slot, h int) cell {
	const slack = 36 // seconds of an hour
	best := 0.0
	for _, k := range kinds {
		if s := t.kinds[k]; s != nil {
			best = max(best, s[h].seconds)
		}
	}
	if best == 0 {
		return cell{}
	}
	best = min(best, 3600) - slack
	for _, k := range kinds {
		if s := t.kinds[k]; s != nil && s[h].seconds >= best {
			return s[h]
		}
	}
	return cell{}
}

// mean returns the hour's time mean of an intensive kind, NaN where unknown.
func (t *track) mean(k slot, h int) float64 {
	s := t.kinds[k]
	if s == nil || s[h].seconds == 0 {
		return math.NaN()
	}
	return s[h].sum / s[h].seconds
}
