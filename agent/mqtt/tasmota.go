package mqtt

import (
	"fmt"
	"strings"
	"time"

	"thermie/configs"
)

// tasmota reads a device's telemetry: <topic>/SENSOR every five minutes unless
// set otherwise, and <topic>/LWT, which the broker publishes when the device
// is lost. Power is in W and energy in kWh; a temperature's unit is TempUnit
// of the same message. Time has no zone, unless the device is set to say
// one; without, the arrival counts.
type tasmota struct {
	values []value
	kinds  []configs.Value // what the values are, for units told by the message
}

func newTasmota(t configs.Topic) (decoder, error) {
	d := &tasmota{kinds: t.Values}
	stated := t
	stated.Values = append([]configs.Value(nil), t.Values...)
	for i, v := range stated.Values {
		if isTemperature(v.Path) {
			stated.Values[i].Unit = tasmotaUnits["C"] // until a message says otherwise
		}
	}
	var err error
	d.values, err = valuesOf(stated)
	return d, err
}

// tasmotaUnits are those that TempUnit can say.
var tasmotaUnits = map[string]string{"C": "°C", "F": "°F", "K": "K"}

// isTemperature reports whether a path of SENSOR leads to a number in TempUnit.
func isTemperature(path string) bool {
	return strings.HasSuffix(path, "Temperature") || strings.HasSuffix(path, "DewPoint")
}

func (d *tasmota) decode(m Message) outcome {
	if strings.HasSuffix(m.Topic, "/LWT") {
		return presence(m, string(m.Payload), "Online", "Offline", d.values)
	}
	doc, err := document(m.Payload)
	if err != nil {
		return outcome{at: m.At, err: err}
	}
	values, unread := d.inUnits(doc)
	at, err := time.Parse(time.RFC3339, textAt(doc, "Time"))
	if err != nil {
		at = m.At
	}
	out := pick(doc, values, at)
	out.dated = err == nil
	if unread > 0 {
		out.held, out.err = unread, fmt.Errorf("TempUnit is %q: the temperatures cannot be read", textAt(doc, "TempUnit"))
	}
	return out
}

// inUnits gives the temperatures of a message the unit that it tells, and
// counts those that have none.
func (d *tasmota) inUnits(doc any) (values []value, unread int) {
	unit := tasmotaUnits[textAt(doc, "TempUnit")]
	for i, v := range d.values {
		if isTemperature(v.path) {
			toSI, err := configs.UnitFor(d.kinds[i].Kind, unit)
			if _, there := valueAt(doc, v.path); err != nil {
				if there {
					unread++
				}
				continue
			}
			v.toSI = toSI
		}
		values = append(values, v)
	}
	return values, unread
}
