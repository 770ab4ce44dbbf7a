package agent

import (
	"errors"
	"fmt"
	"log/slog"
	"math"
	"slices"
	"time"

	"thermie/configs"
	"thermie/interval"
)

// A device that fails twice in a row is left alone for a while, longer each
// time, so that its time-outs do not eat the others' share of the line.
const (
	patience  = 2
	firstRest = 30 * time.Second
	lastRest  = 10 * time.Minute
)

// device is one Modbus unit and how it is read.
type device struct {
	point      string
	number     uint8  // of the unit
	order      string // of words
	unit       unitClient
	requests   []request
	trial      *trial // nil: blocks say rightly what they hold
	quantities []quantity
	health     health
	log        *slog.Logger

	failures int // in a row
	restsTil time.Time
}

// registerValue is what one register said, and when.
type registerValue struct {
	value float64 // NaN: the device says that it has none
	at    time.Time
}

func newDevice(l *link, cfg configs.Device, t configs.Template, log *slog.Logger) (*device, error) {
	d := &device{
		point: cfg.Point, number: cfg.Unit, order: t.WordOrder, log: log,
		unit: newUnitClient(l, cfg.Unit, time.Duration(cfg.Timeout), time.Duration(cfg.Pause)),
	}
	d.health.log = log
	var wanted []configs.Register
	for _, r := range cfg.Registers(t) {
		if r.Kind == "" {
			continue
		}
		toSI, err := configs.UnitFor(r.Kind, r.Unit)
		if err != nil {
			return nil, fmt.Errorf("template %s, register %s: %w", t.ID, r.Name, err)
		}
		wanted = append(wanted, r)
		d.measure(r.Kind, part{r, toSI})
	}
	maxWords := t.MaxWords
	if cfg.MaxWords > 0 {
		maxWords = min(maxWords, cfg.MaxWords)
	}
	if t.ZerosForUndefined || t.SilentOnIllegal {
		d.trial = &trial{wanted: wanted, maxWords: maxWords, failed: map[string]int{}}
		maxWords = 0
	}
	var err error
	d.requests, err = plan(wanted, maxWords)
	return d, err
}

// measure adds a part to the quantity of its kind.
func (d *device) measure(kind interval.Kind, p part) {
	i := slices.IndexFunc(d.quantities, func(q quantity) bool { return q.kind == kind })
	if i < 0 {
		d.quantities = append(d.quantities, quantity{kind, []part{p}})
		return
	}
	d.quantities[i].parts = append(d.quantities[i].parts, p)
}

// read asks the device once and returns a reading for each quantity whose
// parts all came. now stamps each answer.
func (d *device) read(now func() time.Time) ([]interval.Reading, error) {
	answers := map[string]registerValue{}
	var faults []error
	for i := 0; i < len(d.requests); i++ {
		r := d.requests[i]
		raw, err := d.unit.read(r)
		d.trial.note(r, err)
		switch {
		case err == nil:
			d.note(answers, r, raw, now())
		case isIllegalAddress(err) && d.splitAt(i):
			i-- // ask again, in parts
		default:
			faults = append(faults, fmt.Errorf("registers %d to %d: %w", r.address, int(r.address)+int(r.words)-1, err))
			if !isException(err) { // silent: the rest would only wait
				d.postpone(i)
				i = len(d.requests)
			}
		}
	}
	d.conclude()
	return d.readings(answers), errors.Join(faults...)
}

// note keeps what the fields of one request said.
func (d *device) note(answers map[string]registerValue, r request, raw []byte, at time.Time) {
	for _, f := range r.fields {
		value, ok := decode(r.cut(raw, f), f.Register, d.order)
		if !ok {
			value = math.NaN()
		}
		answers[f.Name] = registerValue{value, at}
	}
}

// splitAt replaces a refused request by its parts, for good.
func (d *device) splitAt(i int) bool {
	parts := d.requests[i].split()
	if parts == nil {
		return false
	}
	d.log.Info("the device refuses a block; it is read in parts from now on",
		"from", d.requests[i].address, "words", d.requests[i].words, "parts", len(parts))
	d.requests = slices.Replace(d.requests, i, i+1, parts...)
	return true
}

// readings sums the parts of each quantity. One part that was not read makes
// the quantity missing; one without a value makes it a reading without.
func (d *device) readings(answers map[string]registerValue) (readings []interval.Reading) {
	for _, q := range d.quantities {
		r := interval.Reading{Meter: d.point, Kind: q.kind}
		complete := true
		for _, p := range q.parts {
			a, said := answers[p.register.Name]
			complete = complete && said
			r.SI += p.toSI.SI(a.value)
			r.At = a.at
		}
		if complete {
			readings = append(readings, r)
		}
	}
	return readings
}

// judge notes how a poll went that gave some readings, or none. A link that
// is down is not the device's fault, and one register refused is no reason to
// leave the others unread.
func (d *device) judge(readings int, err error, now time.Time) {
	if err == nil {
		d.health.ok()
	} else {
		d.health.fail(err)
	}
	if readings > 0 || err == nil {
		d.failures, d.restsTil = 0, time.Time{}
		return
	}
	if errors.As(err, new(unreachable)) {
		return
	}
	if d.failures++; d.failures >= patience {
		d.restsTil = now.Add(min(firstRest<<min(d.failures-patience, 10), lastRest))
	}
}

// resting reports whether the device is being left alone.
func (d *device) resting(now time.Time) bool { return now.Before(d.restsTil) }
