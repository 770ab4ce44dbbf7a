package virtual

import (
	"encoding/json"
	"fmt"
	"math"
	"time"

	"thermie/configs"
)

// counterStart is what each energy counter showed before the day: a meter
// is never new. In Wh, one step a meter so that no two are alike.
const counterStart = 1_250_000

// meterTemplate is the model that the virtual electricity meters are.
const meterTemplate = "schneider-iem3000"

// replay shows the measured day as meters on Modbus and sensors on MQTT.
// What it shows depends on the row alone, never on what was shown before.
type replay struct {
	day   *measuredDay
	model configs.Template
}

// message is one MQTT message.
type message struct {
	topic   string
	payload []byte
}

func newReplay() (*replay, error) {
	day, err := readMeasuredDay()
	if err != nil {
		return nil, err
	}
	templates, err := configs.Templates()
	if err != nil {
		return nil, err
	}
	model, ok := templates[meterTemplate]
	if !ok {
		return nil, fmt.Errorf("device template %s is missing", meterTemplate)
	}
	return &replay{day, model}, nil
}

// registers gives the units 1 to 7 as they stand at a row: power in kW, and
// the energy counter, which has shown whole Wh since long before the day.
func (r *replay) registers(row int) (map[byte]image, error) {
	units := map[byte]image{}
	for i, p := range powerColumns {
		im, err := show(r.model, map[string]float64{
			"active_power":  r.day.columns[p.column][row],
			"energy_export": 0, // nothing is fed back
			"energy_import": counterStart*float64(i+1) + math.Floor(r.day.energyWh[p.column][row]),
		})
		if err != nil {
			return nil, err
		}
		units[byte(i+1)] = im
	}
	return units, nil
}

// sensors are the MQTT topics and what each publishes, by the day's columns.
var sensors = []struct {
	topic  string
	fields map[string]string // JSON key -> column
}{
	{"micro-dc/climate/room", map[string]string{"temperature_c": "t_in_c", "humidity_pct": "rh_in_pct", "dew_point_c": "dewpoint_in_c"}},
	{"micro-dc/climate/outdoor", map[string]string{"temperature_c": "t_out_c", "humidity_pct": "rh_out_pct", "dew_point_c": "dewpoint_out_c"}},
	{"micro-dc/climate/rack", map[string]string{"outlet_c": "t_rack_out_c"}},
}

// messages gives what the sensors publish at a row, with its time in "ts".
func (r *replay) messages(row int) ([]message, error) {
	var all []message
	for _, s := range sensors {
		body := map[string]float64{"ts": unixSeconds(r.day.instants[row])}
		for key, column := range s.fields {
			body[key] = r.day.columns[column][row]
		}
		payload, err := json.Marshal(body)
		if err != nil {
			return nil, fmt.Errorf("sensor %s: %w", s.topic, err)
		}
		all = append(all, message{s.topic, payload})
	}
	return all, nil
}

// unixSeconds gives an instant in seconds with the millisecond kept.
func unixSeconds(at time.Time) float64 { return float64(at.UnixMilli()) / 1000 }
