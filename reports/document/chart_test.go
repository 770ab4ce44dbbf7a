package document

import (
	"encoding/binary"
	"math"
	"math/rand/v2"
	"strconv"
	"testing"
)

// luminance is the relative luminance of a colour by WCAG 2.
func luminance(hex string) float64 {
	v, err := strconv.ParseUint(hex[1:], 16, 32)
	if err != nil {
		panic(err)
	}
	sum := 0.0
	for i, weight := range [...]float64{0.2126, 0.7152, 0.0722} {
		channel := float64(v>>(16-8*i)&0xff) / 255
		if channel <= 0.04045 {
			sum += weight * channel / 12.92
		} else {
			sum += weight * math.Pow((channel+0.055)/1.055, 2.4)
		}
	}
	return sum
}

// anyChart returns a chart of random kind, size, range and names.
func anyChart(r *rand.Rand) Chart {
	c := Chart{Caption: "c", Alt: "a", Kind: ChartKind(r.IntN(4)), Simulated: r.IntN(2) == 0,
		X: Axis{Title: "Heures (h)"}, Y: Axis{Title: "Puissance (kW)", Fit: r.IntN(2) == 0}}
	n, scale := r.IntN(40), math.Pow10(r.IntN(12)-4)
	for range n {
		c.Categories = append(c.Categories, []string{"août", "Valbrume Nord (air, 5 MW)", "Micro-centre"}[r.IntN(3)])
	}
	for range r.IntN(5) {
		s := Series{Name: []string{"Captée", "Chaleur disponible à la source, après rejet"}[r.IntN(2)], Fill: r.IntN(2) == 0}
		for i := range n {
			s.X = append(s.X, float64(i)*scale)
			y := (r.Float64() - 0.2) * scale
			if r.IntN(5) == 0 {
				y = math.NaN()
			}
			s.Y = append(s.Y, y)
		}
		c.Series = append(c.Series, s)
	}
	return c
}

// No text is ever cut, whatever the data.
func TestChartsKeepInsideTheirFrame(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 500 {
		drawing := anyChart(r).layout("fr")
		for _, s := range drawing.shapes {
			switch v := s.(type) {
			case label:
				left, right := v.span()
				if v.turn == 0 && (left < 0 || right > drawing.width) || v.at.y < 0 || v.at.y > drawing.height {
					t.Fatalf("text %q from %.1f to %.1f at height %.1f leaves the frame", v.text, left, right, v.at.y)
				}
			case polyline:
				for _, p := range v.points {
					if !(p.x >= 0 && p.x <= drawing.width && p.y >= 0 && p.y <= drawing.height) {
						t.Fatalf("a line runs to %v", p)
					}
				}
			case box:
				if !(v.x >= 0 && v.x+v.width <= drawing.width && v.y >= 0 && v.y+v.height <= drawing.height) {
					t.Fatalf("a bar leaves the frame: %+v", v)
				}
			}
		}
	}
}

// span returns where a level label begins and ends.
func (l label) span() (left, right float64) {
	width := textWidth(l.text, l.size)
	switch l.anchor {
	case anchorMiddle:
		return l.at.x - width/2, l.at.x + width/2
	case anchorEnd:
		return l.at.x - width, l.at.x
	}
	return l.at.x, l.at.x + width
}

// A metafile states its size and its count of records; a reader that trusts
// them must land on the end record.
func TestMetafileRecords(t *testing.T) {
	for _, c := range []Chart{sampleDuration(), sampleDay(), sampleCloud(), sampleMonths(BarChart)} {
		emf := c.layout("fr").emf()
		if size := binary.LittleEndian.Uint32(emf[48:]); int(size) != len(emf) {
			t.Errorf("the header says %d bytes of %d", size, len(emf))
		}
		records, at, last := uint32(0), 0, uint32(0)
		for at < len(emf) {
			last = binary.LittleEndian.Uint32(emf[at:])
			size := int(binary.LittleEndian.Uint32(emf[at+4:]))
			if size < 8 || size%4 != 0 {
				t.Fatalf("record %d has %d bytes", records, size)
			}
			at += size
			records++
		}
		if stated := binary.LittleEndian.Uint32(emf[52:]); stated != records || last != emrEOF {
			t.Errorf("the header says %d records of %d; the last is of type %d", stated, records, last)
		}
	}
}

func TestRoundTicks(t *testing.T) {
	for _, c := range []struct {
		low, high float64
		fit       bool
		want      span
	}{
		{0, 11800, false, span{0, 12500, 2500}}, {22.2, 26.4, true, span{22, 27, 1}}, {-3, 7, false, span{-4, 8, 2}},
		{0, 0, false, span{0, 1, 0.2}}, {5, 5, true, span{5, 6, 0.2}}, {0, 0.004, false, span{0, 0.004, 0.001}},
	} {
		got := spanOf(c.low, c.high, c.fit, 5)
		if math.Abs(got.low-c.want.low)+math.Abs(got.high-c.want.high)+math.Abs(got.step-c.want.step) > 1e-9 {
			t.Errorf("spanOf(%g, %g): got %+v, want %+v", c.low, c.high, got, c.want)
		}
	}
}

func TestThinningKeepsTheExtremes(t *testing.T) {
	points := make([]point, 8760)
	for i := range points {
		points[i] = point{float64(i) / 8760 * 600, float64(i % 97)}
	}
	points[4321].y, points[5000].y = -50, 500
	kept := thin(points)
	if len(kept) > 4*601 || kept[0] != points[0] || kept[len(kept)-1] != points[len(points)-1] {
		t.Errorf("%d points kept, from %v to %v", len(kept), kept[0], kept[len(kept)-1])
	}
	low, high := math.Inf(1), math.Inf(-1)
	for _, p := range kept {
		low, high = min(low, p.y), max(high, p.y)
	}
	if low != -50 || high != 500 {
		t.Errorf("extremes %g and %g were lost", low, high)
	}
}

func TestDashesAddUp(t *testing.T) {
	line := []point{{0, 0}, {30, 40}, {30, 140}} // 150 long
	inked := 0.0
	for _, dash := range cutDashes(line, []float64{7, 3}) {
		for i := 1; i < len(dash); i++ {
			inked += math.Hypot(dash[i].x-dash[i-1].x, dash[i].y-dash[i-1].y)
		}
	}
	if math.Abs(inked-105) > 1e-9 {
		t.Errorf("%g of 150 are drawn, want 105", inked)
	}
}
