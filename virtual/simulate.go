package virtual

import (
	"bytes"
	"fmt"
	"math"
	"strconv"
	"time"
)

// climateZone is where the simulated sites stand: H1a, the Paris basin.
const climateZone = "H1a"

// simulation is a site that does not exist and how its year comes about.
type simulation struct {
	id        string
	ratedIT   float64 // W
	meanUse   float64 // of ratedIT over the year
	firstWeek int     // of the server record
	hour      func(at time.Time, it, outdoor float64) plantHour
	columns   []column
}

// column is one column of the year's file.
type column struct {
	name     string
	decimals int
	start    float64 // a counter's reading before the year, kWh
	counter  bool    // of is a power in W, the column its energy in kWh
	of       func(plantHour) float64
}

// simulations are the sites of the demonstration.
var simulations = []simulation{
	{"air-5mw", 5e6, 0.50, 0, airCooled, append(electricity, tap...)},
	{"dlc-2mw", 2e6, 0.66, 26, directToChip, append(append(electricity[:len(electricity):len(electricity)], tap...), handover...)},
}

var electricity = []column{
	{"total_kwh", 1, 61204310.0, true, plantHour.total},
	{"it_kwh", 1, 46881522.4, true, func(h plantHour) float64 { return h.it }},
	{"cooling_kwh", 1, 9140077.9, true, func(h plantHour) float64 { return h.cooling }},
	{"power_chain_kwh", 1, 3811205.3, true, func(h plantHour) float64 { return h.chain }},
	{"auxiliary_kwh", 1, 508110.6, true, func(h plantHour) float64 { return h.auxiliary }},
	{"outdoor_c", 2, 0, false, func(h plantHour) float64 { return h.outdoor }},
}

var tap = []column{
	{"heat_kwh", 0, 50117482, true, func(h plantHour) float64 { return h.heat }},
	{"heat_m3_per_h", 2, 0, false, func(h plantHour) float64 { return h.flow * 3600 }},
	{"heat_supply_c", 2, 0, false, func(h plantHour) float64 { return h.hot }},
	{"heat_return_c", 2, 0, false, func(h plantHour) float64 { return h.cold }},
}

var handover = []column{
	{"handover_kwh", 0, 911044, true, func(h plantHour) float64 { return h.handover }},
	{"handover_m3_per_h", 3, 0, false, func(h plantHour) float64 { return h.handFlow * 3600 }},
	{"handover_supply_c", 2, 0, false, func(h plantHour) float64 { return h.handSupply }},
	{"handover_return_c", 2, 0, false, func(h plantHour) float64 { return h.handReturn }},
}

// SimulatedSites lists the ids of the sites that SimulateYear knows.
func SimulatedSites() []string {
	ids := make([]string, len(simulations))
	for i, s := range simulations {
		ids[i] = s.id
	}
	return ids
}

func simulationOf(id string) (simulation, error) {
	for _, s := range simulations {
		if s.id == id {
			return s, nil
		}
	}
	return simulation{}, fmt.Errorf("no simulated site %q: there are %v", id, SimulatedSites())
}

// hours runs the plant through the civil year in French standard time.
func (s simulation) hours(year int) ([]plantHour, error) {
	outdoor, err := outdoorYear(climateZone, year)
	if err != nil {
		return nil, err
	}
	record, err := readServerLoad()
	if err != nil {
		return nil, err
	}
	load := hallLoad(record, len(outdoor), s.firstWeek)
	hours := make([]plantHour, len(outdoor))
	for i := range hours {
		it := min(s.ratedIT*s.meanUse*load[i], s.ratedIT)
		hours[i] = s.hour(startOf(year).Add(time.Duration(i)*time.Hour), it, outdoor[i])
	}
	return hours, nil
}

// startOf is the first instant of the year in French standard time.
func startOf(year int) time.Time {
	return time.Date(year, 1, 1, 0, 0, 0, 0, dayStart.Location())
}

// SimulateYear returns the year of a simulated site as the CSV file that its
// building management would export: a row an hour in UTC+1. Counters stand
// as read at the row's time, the other columns are means of the hour that
// begins there; so one row follows the last hour.
func SimulateYear(site string, year int) ([]byte, error) {
	s, err := simulationOf(site)
	if err != nil {
		return nil, err
	}
	hours, err := s.hours(year)
	if err != nil {
		return nil, fmt.Errorf("simulate %s: %w", site, err)
	}
	var out bytes.Buffer
	out.WriteString("time")
	for _, c := range s.columns {
		out.WriteString("," + c.name)
	}
	energy := make([]float64, len(s.columns)) // kWh since the year began
	for i := range len(hours) + 1 {
		h := hours[min(i, len(hours)-1)]
		out.WriteString("\n" + startOf(year).Add(time.Duration(i)*time.Hour).Format("2006-01-02 15:04"))
		for j, c := range s.columns {
			out.WriteByte(',')
			out.WriteString(c.text(energy[j], h))
			energy[j] += c.of(h) / 1000
		}
	}
	out.WriteByte('\n')
	return out.Bytes(), nil
}

// text is the cell: a counter shows only whole steps, as it does in a plant.
func (c column) text(energy float64, h plantHour) string {
	value := c.of(h)
	if c.counter {
		step := math.Pow10(c.decimals)
		value = math.Floor((c.start+energy)*step) / step
	}
	return strconv.FormatFloat(value, 'f', c.decimals, 64)
}
