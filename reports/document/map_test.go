package document

import (
	"bytes"
	"math"
	"strings"
	"testing"

	"thermie/proof"
)

// sampleMap is a territory of two communes, one with an enclave, with all
// signs.
func sampleMap() Map {
	west := []Metres{{0, 0}, {9000, -500}, {9500, 8000}, {2000, 9000}, {0, 0}}
	hole := []Metres{{4000, 3000}, {5500, 3000}, {5500, 4500}, {4000, 4500}, {4000, 3000}}
	east := []Metres{{9000, -500}, {15000, 1000}, {14000, 7500}, {9500, 8000}, {9000, -500}}
	network, vague := []Metres{{7000, 5000}}, []Metres{{12000, 4000}}
	return Map{
		Caption: "Centres de données et réseaux de chaleur", Alt: "Deux communes, trois centres de données, un réseau.", Simulated: true,
		Source: "Contours : fichier communes.geojson fourni par la collectivité.",
		Layers: []MapLayer{
			{Name: "Commune du territoire", Sign: SignArea, Shapes: []MapShape{{Paths: [][]Metres{west, hole}}, {Paths: [][]Metres{east}}}},
			{Name: "Rayon de recherche du réseau (2 km)", Sign: SignReach, Shapes: []MapShape{{Paths: [][]Metres{network}, Radius: 2000}, {Paths: [][]Metres{{{14500, 900}}}, Radius: 2000}}},
			{Name: "Tracé d’un réseau de chaleur", Sign: SignCourse, Shapes: []MapShape{{Paths: [][]Metres{{{6000, 4000}, {7000, 5000}, {9000, 4500}, {30000, 4000}, {9800, 6500}}}}}},
			{Name: "Raccordement possible, à vol d’oiseau", Sign: SignLink, Shapes: []MapShape{{Paths: [][]Metres{{{5800, 6400}, {7000, 5000}}}}}},
			{Name: "Réseau de chaleur", Sign: SignNetwork, Shapes: []MapShape{{Label: "A", Paths: [][]Metres{network}}}},
			{Name: "Centre de données", Sign: SignSite, Shapes: []MapShape{{Label: "1", Paths: [][]Metres{{{5800, 6400}}}}, {Label: "2", Paths: [][]Metres{{{5950, 6450}}}}}},
			{Name: "Centre de données, situé à sa commune seulement", Sign: SignVague, Shapes: []MapShape{{Label: "3", Paths: [][]Metres{vague}}}},
		}}
}

func TestAMapIsDrawnWithItsLegendScaleAndArrow(t *testing.T) {
	drawing := sampleMap().layout("fr")
	svg := drawing.svg("f1", "Carte", "Deux communes")
	for _, want := range []string{">N<", ">2 km<", "données simulées", ">3<", "Rayon de recherche", "communes.geojson"} {
		if !strings.Contains(strings.ReplaceAll(svg, Nbsp, " "), want) {
			t.Errorf("the map does not show %q", want)
		}
	}
	proof.Golden(t, "map.svg", []byte(svg))
}

func TestNothingIsDrawnOutsideTheMapsFrame(t *testing.T) {
	drawing := sampleMap().layout("fr")
	for _, s := range drawing.shapes {
		if line, ok := s.(polyline); ok {
			for _, p := range line.points {
				if p.x < -0.01 || p.x > drawing.width+0.01 || p.y < -0.01 || p.y > drawing.height+0.01 {
					t.Fatalf("a line of colour %s%s runs to %v of %g × %g", line.stroke, line.fill, p, drawing.width, drawing.height)
				}
			}
		}
	}
}

// greyOf is the grey that a printer makes of a colour, 0 to 1.
func greyOf(hex string) float64 {
	red, green, blue := rgb(hex)
	return (0.299*float64(red) + 0.587*float64(green) + 0.114*float64(blue)) / 255
}

func TestAMapReadsInGrey(t *testing.T) {
	for name, colour := range map[string]string{"courses": courseLine, "links": linkLine, "circles": reachLine, "sites": ink, "borders": areaLine} {
		if contrast := greyOf(areaFill) - greyOf(colour); contrast < 0.3 {
			t.Errorf("%s print %.2f from the communes' grey", name, contrast)
		}
	}
}

func TestAMapOfOneSiteStillHasAPlace(t *testing.T) {
	one := Map{Caption: "c", Alt: "a", Layers: []MapLayer{{Name: "Site", Sign: SignSite, Shapes: []MapShape{{Label: "1", Paths: [][]Metres{{{650_000, 6_860_000}}}}}}}}
	low, high := one.extent()
	if math.Abs(high.East-low.East-leastSpan) > 1 || len(one.layout("fr").shapes) == 0 {
		t.Errorf("extent %v to %v", low, high)
	}
}

func TestEveryFormatTakesAMap(t *testing.T) {
	d := sample("fr")
	d.Blocks = append(d.Blocks, sampleMap())
	for _, f := range Formats() {
		var b bytes.Buffer
		if err := f.Write(&b, d); err != nil || b.Len() == 0 {
			t.Errorf("%s: %d bytes, %v", f.Name, b.Len(), err)
		}
	}
	d.Blocks = []Block{Map{Caption: "no words", Layers: []MapLayer{{Sign: SignSite, Shapes: []MapShape{{}}}}}}
	if err := d.Check(); err == nil || !strings.Contains(err.Error(), "lies nowhere") {
		t.Errorf("a map without words and places: %v", err)
	}
}
