package agent

import (
	"errors"
	"fmt"
	"log/slog"
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
	*sheet
	point  string
	name   string // in messages and on the status page
	reader *modbus.Reader
	health health

	failures int // in a row
	restsTil time.Time
}

// newDevice returns the device of a configuration on the sheet of its template.
func newDevice(l *modbus.Link, cfg configs.Device, on *sheet, log *slog.Logger) (*device, error) {
	d := &device{point: cfg.Point, name: fmt.Sprintf("unit %d, point %s", cfg.Unit, cfg.Point), sheet: on}
	d.health.log = log
	var err error
	d.reader, err = modbus.NewReader(l.Unit(cfg.Unit, time.Duration(cfg.Timeout), time.Duration(cfg.Pause)), on.template.For(cfg), on.wanted, log)
	return d, err
}

// read asks the device once and returns a reading for each quantity whose
// parts all came. now stamps each answer. The readings stand until a device
// with the same sheet is asked.
func (d *device) read(now func() time.Time) ([]interval.Reading, error) {
	var err error
	d.answers, err = d.reader.ReadInto(d.answers, now)
	return d.sum(), err
}

// sum sums the parts of each quantity. One part that was not read makes
// the quantity missing; one without a value makes it a reading without.
func (d *device) sum() []interval.Reading {
	d.readings = d.readings[:0]
	for _, q := range d.quantities {
		r := interval.Reading{Meter: d.point, Kind: q.kind}
		complete := true
		for i := range q.parts {
			p := &q.parts[i]
			a := &d.answers[p.answer]
			complete = complete && a.Said
			r.SI += p.si(a)
			r.At = a.At
		}
		if complete {
			d.readings = append(d.readings, r)
		}
	}
	return d.readings
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
