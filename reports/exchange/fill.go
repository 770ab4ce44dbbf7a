package exchange

import (
	"math"
	"time"

	"thermie/interval"
)

// Filled returns the hours with each gap filled by an estimate, for formats
// that have no way to leave a number out, and how many were filled. The
// estimate is the mean of the known hours at the same time of day in the same
// month, of the whole month where there are none, else of the whole year at
// that time of day. Filled hours are marked as estimated with coverage 0, and
// each format says how many there are. A series of which less than
// heat.EnoughCoverage is known is refused: most of it would be invented.
func (s *SourceSeries) Filled() (hours []SourceHour, filled int, err error) {
	if err := s.enough(); err != nil {
		return nil, 0, err
	}
	f := newFiller(s)
	hours = make([]SourceHour, len(s.Hours))
	for i, h := range s.Hours {
		hours[i] = h
		if !h.Known() {
			hours[i] = f.estimate(s.At(i))
			filled++
		}
	}
	return hours, filled, nil
}

// filler holds the means that gaps are filled with.
type filler struct {
	hour  [12][24]meanHour
	month [12]meanHour
	daily [24]meanHour
}

func newFiller(s *SourceSeries) *filler {
	f := &filler{}
	for i, h := range s.Hours {
		at := s.At(i)
		for _, m := range f.at(at) {
			m.add(h)
		}
	}
	return f
}

// at lists the means that an hour enters, the closest first.
func (f *filler) at(t time.Time) []*meanHour {
	m, h := t.Month()-time.January, t.Hour()
	return []*meanHour{&f.hour[m][h], &f.month[m], &f.daily[h]}
}

// estimate takes each quantity from the closest mean that knows it.
func (f *filler) estimate(t time.Time) SourceHour {
	var values [4]float64
	for q := range values {
		values[q] = math.NaN()
		for _, m := range f.at(t) {
			if m.n[q] > 0 {
				values[q] = m.sum[q] / m.n[q]
				break
			}
		}
	}
	return SourceHour{Power: interval.Power(values[0]), Supply: interval.Temperature(values[1]), Return: interval.Temperature(values[2]),
		Flow: interval.VolumeFlow(values[3]), Estimated: true, Stated: true}
}

// meanHour adds up power, supply, return and flow, each of its known hours.
type meanHour struct{ sum, n [4]float64 }

func (m *meanHour) add(h SourceHour) {
	for q, v := range [4]float64{float64(h.Power), float64(h.Supply), float64(h.Return), float64(h.Flow)} {
		if !math.IsNaN(v) {
			m.sum[q] += v
			m.n[q]++
		}
	}
}

// withoutLeapDay drops 29 February, for formats that hold 8,760 hours.
func (s *SourceSeries) withoutLeapDay(hours []SourceHour) []SourceHour {
	kept := make([]SourceHour, 0, 8760)
	for i, h := range hours {
		if at := s.At(i); at.Month() != time.February || at.Day() != 29 {
			kept = append(kept, h)
		}
	}
	return kept
}
