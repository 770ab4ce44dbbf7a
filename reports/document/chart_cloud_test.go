package document

import (
	"math"
	"testing"
)

// sampleCloud is a year of hours on 40 spots, with a gap.
func sampleCloud() Chart {
	s := Series{Name: "Source"}
	for h := range 8760 {
		s.X, s.Y = append(s.X, 20+float64(h%40)/4), append(s.Y, 100+float64(h%40))
	}
	s.Y[7] = math.NaN()
	return Chart{Caption: "Nuage", Alt: "Puissance selon la température.", Kind: ScatterChart,
		X: Axis{Title: "Température (°C)", Fit: true}, Y: Axis{Title: "Puissance (kW)"}, Series: []Series{s}}
}

func TestACloudDrawsEachSpotOnce(t *testing.T) {
	dots := 0
	for _, s := range sampleCloud().layout("fr").shapes {
		if b, ok := s.(box); ok {
			dots++
			if b.x < 0 || b.x+b.width > chartWidth || b.y < 0 || b.y+b.height > chartHeight {
				t.Errorf("a point leaves the frame: %+v", b)
			}
		}
	}
	if dots != 40 {
		t.Errorf("%d points for 40 spots", dots)
	}
}
