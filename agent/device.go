package agent

import (
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"time"

	"thermie/agent/modbus"
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

// device is one Modbus unit, and the metering point that it measures.
type device struct {
	point      string
	number     uint8 // of the unit
	reader     *modbus.Reader
	quantities []quantity
	health     health

	failures int // in a row
	restsTil time.Time
}

func newDevice(l *modbus.Link, cfg configs.Device, t configs.Template, log *slog.Logger) (*device, error) {
	d := &device{point: cfg.Point, number: cfg.Unit}
	d.health.log = log
	var wanted []configs.Register
	for _, r := range cfg.Registers(t) {
		if r.Kind == "" {
			continue
		}
		p := part{register: r}
		if r.UnitFrom == nil {
			toSI, err := configs.UnitFor(r.Kind, r.Unit)
			if err != nil {
				return nil, fmt.Errorf("template %s, register %s: %w", t.ID, r.Name, err)
			}
			p.toSI = toSI
		}
		wanted = append(wanted, r)
		d.measure(r.Kind, p)
	}
	if cfg.MaxWords > 0 {
		t.MaxWords = min(t.MaxWords, cfg.MaxWords)
	}
	var err error
	d.reader, err = modbus.NewReader(l.Unit(cfg.Unit, time.Duration(cfg.Timeout), time.Duration(cfg.Pause)), t, wanted, log)
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
	answers, err := d.reader.Read(now)
	return d.readings(answers), err
}

// readings sums the parts of each quantity. One part that was not read makes
// the quantity missing; one without a value makes it a reading without.
func (d *device) readings(answers map[string]modbus.Answer) (readings []interval.Reading) {
	for _, q := range d.quantities {
		r := interval.Reading{Meter: d.point, Kind: q.kind}
		complete := true
		for _, p := range q.parts {
			a, said := answers[p.register.Name]
			complete = complete && said
			r.SI += p.si(a)
			r.At = a.At
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
	if errors.As(err, new(modbus.Unreachable)) {
		return
	}
	if d.failures++; d.failures >= patience {
		d.restsTil = now.Add(min(firstRest<<min(d.failures-patience, 10), lastRest))
	}
}

// resting reports whether the device is being left alone.
func (d *device) resting(now time.Time) bool { return now.Before(d.restsTil) }
