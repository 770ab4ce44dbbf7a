package virtual

import (
	"encoding/csv"
	"fmt"
	"math"
	"strconv"
	"time"

	"thermie/configs"
)

// dayStart is the midnight from which the measured day's times count: a
// fictitious date, as the source gives none, in French standard time.
var dayStart = time.Date(2025, 7, 1, 0, 0, 0, 0, time.FixedZone("UTC+1", 3600))

// measuredDay is the day of the real 25 kW room, row by row.
type measuredDay struct {
	instants []time.Time          // to the millisecond
	columns  map[string][]float64 // by the file's column names
	energyWh map[string][]float64 // of the power columns: the integral up to each row
}

// powerColumns are the file's columns in kW, by the meter that shows
// them, unit 1 first, and that meter's name.
var powerColumns = []struct{ meter, column, name string }{
	{"it", "cluster_kw", "Grappe de calcul"},
	{"crac-1", "l1_kw", "Climatiseur 1"},
	{"crac-2", "l2_kw", "Climatiseur 2"},
	{"crac-3", "l3_kw", "Climatiseur 3"},
	{"fan-1", "fan1_kw", "Extracteur d'air 1"},
	{"fan-2", "fan2_kw", "Extracteur d'air 2"},
	{"fan-3", "fan3_kw", "Extracteur d'air 3"},
}

// readMeasuredDay reads the data set and integrates its powers: each row
// holds until the next row's time.
func readMeasuredDay() (*measuredDay, error) {
	f, err := configs.Open(configs.MeasuredDay)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil || len(rows) < 2 {
		return nil, fmt.Errorf("read %s: %d rows, %w", configs.MeasuredDay, len(rows), err)
	}
	d := &measuredDay{columns: map[string][]float64{}, energyWh: map[string][]float64{}}
	for i, row := range rows[1:] {
		for j, name := range rows[0] {
			value, err := strconv.ParseFloat(row[j], 64)
			if err != nil {
				value = math.NaN() // the last row has no step
			}
			d.columns[name] = append(d.columns[name], value)
		}
		d.instants = append(d.instants, atFraction(d.columns["time_day_fraction"][i]))
	}
	for _, p := range powerColumns {
		d.energyWh[p.column] = d.integrate(d.columns[p.column])
	}
	return d, nil
}

// atFraction is the instant at a share of the day, to the millisecond.
func atFraction(f float64) time.Time {
	return dayStart.Add(time.Duration(math.Round(f*24*3600*1000)) * time.Millisecond)
}

// integrate sums kW over the time that each stands, in Wh.
func (d *measuredDay) integrate(kilowatts []float64) []float64 {
	sums := make([]float64, len(kilowatts))
	for i := 1; i < len(kilowatts); i++ {
		hours := d.instants[i].Sub(d.instants[i-1]).Hours()
		sums[i] = sums[i-1] + kilowatts[i-1]*1000*hours
	}
	return sums
}

// after returns the row of the first instant later than now; ok is false
// when none is left.
func (d *measuredDay) after(now time.Time) (row int, ok bool) {
	for i, at := range d.instants {
		if at.After(now) {
			return i, true
		}
	}
	return len(d.instants) - 1, false
}
