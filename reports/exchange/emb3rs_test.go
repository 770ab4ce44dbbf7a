package exchange

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"testing"

	"thermie/interval"
)

// emb3rsReader reads a source by the rules that the platform's public
// validators state: capacity, or heat capacity and flow, never all three;
// a profile of numbers that are not negative, or a schedule, never both.
type emb3rsReader struct {
	Platform struct {
		Type    string `json:"type_of_object"`
		Streams []struct {
			Name     string
			Supply   *float64 `json:"supply_temperature"`
			Target   *float64 `json:"target_temperature"`
			Fluid    string
			Capacity *float64
			CP       *float64   `json:"fluid_cp"`
			Flow     *float64   `json:"flowrate"`
			Daily    *string    `json:"daily_periods"`
			Shutdown *string    `json:"shutdown_periods"`
			Saturday *int       `json:"saturday_on"`
			Sunday   *int       `json:"sunday_on"`
			Fuel     string     `json:"ref_system_fuel_type"`
			Hourly   []*float64 `json:"real_hourly_capacity"`
		}
	}
	Thermie struct {
		Filled []int `json:"filled_hours"`
	}
}

func (r *emb3rsReader) check(hours int) error {
	if r.Platform.Type != "source" || len(r.Platform.Streams) != 1 {
		return fmt.Errorf("object %q with %d streams", r.Platform.Type, len(r.Platform.Streams))
	}
	s := r.Platform.Streams[0]
	switch {
	case s.Name == "" || s.Supply == nil || s.Target == nil || *s.Supply <= 0 || *s.Target <= 0 || *s.Supply == *s.Target:
		return errors.New("name or temperatures")
	case !slices.Contains([]string{"water", "glycol", "air", "steam"}, s.Fluid):
		return fmt.Errorf("fluid %q is not in the platform's list", s.Fluid)
	case s.Capacity == nil || *s.Capacity <= 0 || s.CP != nil || s.Flow != nil:
		return errors.New("want a capacity alone")
	case s.Daily != nil || s.Shutdown != nil || s.Saturday != nil || s.Sunday != nil:
		return errors.New("a schedule beside a profile")
	case s.Fuel != "none":
		return fmt.Errorf("fuel %q", s.Fuel)
	case len(s.Hourly) != hours:
		return fmt.Errorf("a profile of %d hours, want %d", len(s.Hourly), hours)
	}
	for h, v := range s.Hourly {
		if v == nil || *v < 0 || *v > *s.Capacity {
			return fmt.Errorf("hour %d of the profile", h)
		}
	}
	return nil
}

func TestEMB3RsReadsTheSource(t *testing.T) {
	var r emb3rsReader
	if err := json.Unmarshal(seriesFile(t, "emb3rs", "fr"), &r); err != nil {
		t.Fatal(err)
	}
	if err := r.check(48); err != nil {
		t.Error(err)
	}
	if !slices.Equal(r.Thermie.Filled, []int{5}) {
		t.Errorf("filled hours %v, want that of 28 February; the others fell on the 29th", r.Thermie.Filled)
	}
}

func TestEMB3RsIsRefusedWithoutATemperatureDifference(t *testing.T) {
	s := sampleSeries("fr")
	s.Supply, s.Return = interval.Celsius(30), interval.Celsius(35)
	var why *refusal
	if err := WriteEMB3Rs(io.Discard, s); !errors.As(err, &why) || why.key != "no_temperature" {
		t.Errorf("got %v, want a refusal for the temperatures", err)
	}
}
