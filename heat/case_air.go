package heat

import (
	"time"

	"thermie/interval"
)

// The rows of caseQuantities about the cooling of a hall.

func airHour(part func(AirHour) float64) func(*worked) (float64, error) {
	return func(w *worked) (float64, error) {
		v, err := w.need("hall rated", "hall load", "outdoor", "floor")
		if err != nil {
			return 0, err
		}
		a, err := DefaultEconomiser(interval.Power(v[0])).Hour(interval.Temperature(v[2]), interval.Power(v[1]), interval.Temperature(v[3]))
		return part(a), err
	}
}

// coolingPlant returns the case's cooling plant as a card says it, nil where
// the case says nothing of it.
func (w *worked) coolingPlant() *interval.CoolingPlant {
	if w.values["compressor cop"] == 0 && w.values["free cop"] == 0 {
		return nil
	}
	return &interval.CoolingPlant{
		Compressor: interval.PlantCOP{COP: w.values["compressor cop"]}, FreeCooling: interval.PlantCOP{COP: w.values["free cop"]},
		FreeUpToC: w.celsius("free up to"), CompressorFromC: w.celsius("compressors from"),
		CompressorFromRatio: w.values["compressors above"], Origin: "the case",
	}
}

// airHall returns the hall of a case that states a floor beside its series.
func (w *worked) airHall() *interval.AirHall {
	floor := w.celsius("floor")
	if floor == nil {
		return nil
	}
	return &interval.AirHall{FloorC: *floor, Origin: "the case"}
}

// celsius returns a temperature that the case may leave out.
func (w *worked) celsius(name string) *float64 {
	kelvin, given := w.values[name]
	if !given {
		return nil
	}
	t := interval.Temperature(kelvin).Celsius()
	return &t
}

// weather adds a constant outdoor temperature to a site, if the case has one.
func (w *worked) weather(d *SiteData, hours int) {
	outdoor, given := w.values["outdoor"]
	if !given {
		return
	}
	d.Cards = append(d.Cards, interval.Card{Meter: "outdoor", Point: &interval.Point{Role: interval.RoleClimate}})
	for h := range hours {
		d.Records = append(d.Records, interval.Record{
			Meter: "outdoor", Kind: interval.OutdoorTemperature, Start: caseStart.Add(time.Duration(h) * time.Hour).Unix(), Length: 3600,
			SI: outdoor, Cov: 1, Flags: interval.Flags(0).With(interval.Imported),
		})
	}
}

// kpi divides one input by another.
func kpi(top, bottom string, most float64) func(*worked) (float64, error) {
	return func(w *worked) (float64, error) {
		v, err := w.need(top, bottom)
		if err != nil {
			return 0, err
		}
		q := over(Quantity{Value: v[0], Coverage: 1, Known: true}, Quantity{Value: v[1], Coverage: 1, Known: true}, "")
		if !q.Known {
			return 0, errUnknown
		}
		if most > 0 {
			q = q.atMost(most)
		}
		return q.Value, nil
	}
}
