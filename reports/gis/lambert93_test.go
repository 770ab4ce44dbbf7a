package gis

import (
	"fmt"
	"math"
	"os/exec"
	"strings"
	"testing"

	"thermie/proof"
)

// The cone's constants as IGN publishes them.
func TestLambert93Constants(t *testing.T) {
	for _, c := range []struct {
		name      string
		got, want float64
		within    float64
	}{
		{"n", lambert.n, 0.7256077650532670, 1e-12}, {"C", lambert.c, 11754255.426096, 1e-3}, {"Ys", lambert.ys, 12655612.049876, 1e-3},
	} {
		if math.Abs(c.got-c.want) > c.within {
			t.Errorf("%s = %.12f, want %.12f", c.name, c.got, c.want)
		}
	}
}

// places are the origin, whose coordinates are the definition's, and four
// places by PROJ, north, west, south and the Channel.
var places = []struct{ longitude, latitude, east, north float64 }{
	{3, 46.5, 700000, 6600000},
	{2.2945, 48.8584, 648237.3015492, 6862271.68155358},
	{-3.405, 46.602, 210258.444521659, 6631201.24051593},
	{8.7386, 41.9192, 1176667.56144025, 6108273.28339861},
	{-4.7, 48.45, 131516.090642475, 6844376.0276527},
}

func TestLambert93Places(t *testing.T) {
	for _, p := range places {
		east, north := Lambert93(p.longitude, p.latitude)
		if math.Abs(east-p.east) > 1e-3 || math.Abs(north-p.north) > 1e-3 {
			t.Errorf("%g, %g: %.3f %.3f, want %.3f %.3f", p.longitude, p.latitude, east, north, p.east, p.north)
		}
	}
}

func TestLambert93ThereAndBack(t *testing.T) {
	for longitude := -9.5; longitude < 10.4; longitude += 0.7 {
		for latitude := 41.2; latitude < 51.5; latitude += 0.3 {
			backLongitude, backLatitude := FromLambert93(Lambert93(longitude, latitude))
			if math.Abs(backLongitude-longitude) > 1e-10 || math.Abs(backLatitude-latitude) > 1e-10 {
				t.Fatalf("%g, %g came back as %.12f, %.12f", longitude, latitude, backLongitude, backLatitude)
			}
		}
	}
}

func TestLambert93AgreesWithPROJ(t *testing.T) {
	program := proof.Program(t, "gdaltransform", proof.DebianGDAL)
	var in strings.Builder
	for _, p := range places {
		fmt.Fprintf(&in, "%g %g\n", p.longitude, p.latitude)
	}
	cmd := exec.CommandContext(t.Context(), program, "-s_srs", "EPSG:4326", "-t_srs", "EPSG:2154", "-output_xy")
	cmd.Stdin = strings.NewReader(in.String())
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	for i, line := range strings.Split(strings.TrimSpace(string(out)), "\n") {
		var east, north float64
		if _, err := fmt.Sscan(line, &east, &north); err != nil {
			t.Fatal(err)
		}
		e, n := Lambert93(places[i].longitude, places[i].latitude)
		if math.Hypot(e-east, n-north) > 1e-3 {
			t.Errorf("%v: %.4f %.4f, PROJ says %.4f %.4f", places[i], e, n, east, north)
		}
	}
}
