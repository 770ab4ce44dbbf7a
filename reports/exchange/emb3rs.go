package exchange

import (
	"encoding/json"
	"io"

	"thermie/interval"
	"thermie/reports"
)

// emb3rsFile is what the EMB3Rs core functionalities read as a source: one
// object with streams. The platform ignores members that it does not know,
// so that what must be said of the numbers travels with them.
type emb3rsFile struct {
	Platform emb3rsPlatform `json:"platform"`
	Thermie  emb3rsOrigin   `json:"thermie"`
}

type emb3rsPlatform struct {
	Type    string         `json:"type_of_object"`
	Streams []emb3rsStream `json:"streams"`
}

// emb3rsStream has the keys and units of the platform: °C, kW, day, kWh an
// hour. A stream has either a schedule or a profile; ours has a profile, so
// that the keys of the schedule are null.
type emb3rsStream struct {
	Name            string    `json:"name"`
	Supply          float64   `json:"supply_temperature"`
	Target          float64   `json:"target_temperature"`
	Fluid           string    `json:"fluid"`
	Capacity        float64   `json:"capacity"`
	DailyPeriods    *string   `json:"daily_periods"`
	ShutdownPeriods *string   `json:"shutdown_periods"`
	SaturdayOn      *int      `json:"saturday_on"`
	SundayOn        *int      `json:"sunday_on"`
	Fuel            string    `json:"ref_system_fuel_type"`
	Hourly          []float64 `json:"real_hourly_capacity"`
}

type emb3rsOrigin struct {
	Note        string   `json:"note"`
	Units       string   `json:"units"`
	Simulated   bool     `json:"simulated"`
	Fictitious  bool     `json:"fictitious"`
	FilledHours []int    `json:"filled_hours"` // 0-based indices in real_hourly_capacity
	Latitude    *float64 `json:"latitude_deg"`
	Longitude   *float64 `json:"longitude_deg"`
}

// WriteEMB3Rs writes the site as an EMB3Rs source with the profile of
// 8,760 hours; 29 February is dropped.
//
// The profile has no gaps and no negative numbers: a gap is filled with an
// estimate (see Filled), and the member thermie.filled_hours names each.
// Without temperatures, or with a supply not above the return, the platform
// would refuse the file, and so it is refused here.
func WriteEMB3Rs(out io.Writer, s *SourceSeries) error {
	hours, filled, err := s.Filled()
	if err != nil {
		return err
	}
	if !(s.Supply > s.Return && s.Return > interval.Celsius(0)) {
		return refuse("no_temperature")
	}
	w, err := s.words()
	if err != nil {
		return err
	}
	note, err := s.note(filled)
	if err != nil {
		return err
	}
	stream := emb3rsStream{Name: s.Name(), Supply: reports.RoundTo(s.Supply.Celsius(), 2), Target: reports.RoundTo(s.Return.Celsius(), 2), Fluid: emb3rsFluid(s), Fuel: "none"}
	origin := emb3rsOrigin{Note: note, Units: "supply_temperature, target_temperature: degC; capacity: kW; real_hourly_capacity: kWh of each hour, UTC+1",
		Simulated: s.Simulated(), Fictitious: s.Place.Fictitious, FilledHours: []int{}}
	if s.Located() {
		origin.Latitude, origin.Longitude = &s.Place.Latitude, &s.Place.Longitude
	}
	year := s.withoutLeapDay(hours)
	if len(year) < len(hours) {
		origin.Note += " " + w.T("note.leap_day")
	}
	for i, h := range year {
		kw := reports.RoundTo(h.Power.Kilowatts(), 3)
		stream.Hourly = append(stream.Hourly, kw)
		stream.Capacity = max(stream.Capacity, kw)
		if h.Estimated {
			origin.FilledHours = append(origin.FilledHours, i)
		}
	}
	if stream.Capacity <= 0 {
		return refuse("no_heat")
	}
	return writeJSON(out, emb3rsFile{emb3rsPlatform{"source", []emb3rsStream{stream}}, origin})
}

// emb3rsFluid names what carries the heat by the platform's list.
func emb3rsFluid(s *SourceSeries) string {
	for _, c := range s.Place.Circuits {
		if c.Medium != "" && c.Medium != "water" {
			return "glycol"
		}
	}
	return "water"
}

// writeJSON writes v with indents and without HTML's escapes.
func writeJSON(out io.Writer, v any) error {
	e := json.NewEncoder(out)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(v)
}
