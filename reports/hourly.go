package reports

import (
	"io"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"thermie/heat"
	"thermie/interval"
	"thermie/reports/document"
)

// HourlyName is the name of a site's hourly file.
func HourlyName(site string) string { return site + "-hourly.csv" }

// WriteHourly writes the site's hourly file: one row an hour of its period
// in fixed UTC+1, labelled with the start of the hour. A year holds 8,760 or
// 8,784 rows; an hour of which nothing is known keeps its row with empty
// cells and coverage 0. Columns have machine names with units, the same in
// every language, for the tools of engineers; the last carries what a reader
// of the bare file must know, such as that the site is fictitious.
func (r *SiteResult) WriteHourly(out io.Writer, lang string) error {
	w, err := WordsOf(lang)
	if err != nil {
		return err
	}
	note := r.hourlyNote(w)
	c := document.NewCSVWriter(out, document.PlainCSV)
	c.Row("time_utc_plus_1", "power_kw", "supply_c", "return_c", "flow_m3_per_h", "coverage", "tier", "simulated", "note")
	zone := time.FixedZone("UTC+1", MetropolitanOffset*60)
	for h := range r.Period.Hours() {
		hour, flow := heat.HeatHour{}, math.NaN()
		if r.Estimate != nil {
			hour = r.Estimate.Hours[h]
		}
		if r.Flow != nil {
			flow = r.Flow[h] * 3600
		}
		supply, ret := math.NaN(), math.NaN()
		if hour.Coverage > 0 {
			supply, ret = hour.Supply.Celsius(), hour.Return.Celsius()
		}
		at := r.Period.From.Add(time.Duration(h) * time.Hour).In(zone)
		c.Row(at.Format("2006-01-02 15:04"),
			document.Number{Value: float64(hour.Heat) / hour.Coverage / 3.6e6, Decimals: 2}, // J an hour to kW; 0/0 is NaN, an empty cell
			document.Number{Value: supply, Decimals: 2}, document.Number{Value: ret, Decimals: 2}, document.Number{Value: flow, Decimals: 2},
			document.Number{Value: FloorTo(hour.Coverage, 3), Decimals: 3}, hour.Tier.String(), strconv.FormatBool(r.Heat().Simulated), note)
	}
	return c.Close()
}

// hourlyNote is what a reader of the bare file must know.
func (r *SiteResult) hourlyNote(w *Words) string {
	var notes []string
	if r.Place.Fictitious {
		notes = append(notes, w.T("words.demonstration"))
	}
	if !r.MeasuredTemperatures {
		notes = append(notes, w.T("network.assumed_temperatures"))
	}
	return strings.Join(notes, " · ")
}

// hourlyFlow is the mean volume flow, in m³/s, of the site's tapping points by
// hour: the sum over the points, each the mean over the time that it was
// seen; NaN in an hour of which one of them says nothing. nil without any
// flow meter at a tap.
func hourlyFlow(cards []interval.Card, records []interval.Record, p heat.Period) []float64 {
	taps := map[string][2][]float64{} // point to flow × seconds and seconds, by hour
	for _, c := range LatestPoints(cards) {
		if c.Point.Role == interval.RoleHeat {
			taps[c.Meter] = [2][]float64{make([]float64, p.Hours()), make([]float64, p.Hours())}
		}
	}
	metered := map[string]bool{}
	for _, r := range records {
		sums, tap := taps[r.Meter]
		h := (r.Start - p.From.Unix()) / secondsOfHour
		if !tap || r.Kind != interval.VolumeFlowRate || r.Gap() || h < 0 || h >= int64(p.Hours()) {
			continue
		}
		seconds := float64(r.Length) * r.Cov
		sums[0][h] += r.SI * seconds
		sums[1][h] += seconds
		metered[r.Meter] = true
	}
	if len(metered) == 0 {
		return nil
	}
	flow := make([]float64, p.Hours())
	for _, id := range slices.Sorted(maps.Keys(metered)) {
		for h := range flow {
			flow[h] += taps[id][0][h] / taps[id][1][h] // 0/0 is NaN
		}
	}
	return flow
}

const secondsOfHour = 3600
