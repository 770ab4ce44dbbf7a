package pcaet

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"

	"thermie/configs"
	"thermie/reports"
	"thermie/reports/gis"
)

// atlas is what others drew of the territory: the communes' contours, the
// courses of networks. What could not be read is a fault, and the map does
// without it.
type atlas struct {
	contours map[string]gis.Shape   // by the commune's INSEE code
	courses  map[string][]gis.Shape // by network
	faults   []atlasFault
}

// atlasFault is a file that could not be read.
type atlasFault struct {
	key, file string // key of the words that say what it was for
	err       error
}

// readAtlas reads the layers that the area names.
func readAtlas(area reports.Area) *atlas {
	a := &atlas{contours: map[string]gis.Shape{}, courses: map[string][]gis.Shape{}}
	if c := area.Plan.Contours; c.File != "" {
		a.readContours(c, area.Territory.Communes)
	}
	for _, n := range area.Networks {
		var shapes []gis.Shape
		var err error
		if course := area.Courses[n.ID]; course != "" {
			shapes, err = gis.ReadGeoJSON(strings.NewReader(course))
		} else if n.GeometryFile != "" {
			shapes, err = readLayer(n.GeometryFile)
		}
		if err != nil {
			a.faults = append(a.faults, atlasFault{"course", n.Name, err})
		}
		a.courses[n.ID] = shapes
	}
	return a
}

// errNoCode is a layer of contours of which none bears a commune's code.
var errNoCode = errors.New("no contour bears the code of a commune of the territory")

// readContours keeps the territory's communes out of a layer that may hold a
// whole region.
func (a *atlas) readContours(c configs.Contours, communes []string) {
	shapes, err := readLayer(c.File)
	for _, s := range shapes {
		code := s.Text(c.Code)
		if len(s.Areas) == 0 || code == "" || !isMember(code, communes) {
			continue
		}
		a.contours[code] = gis.Shape{Properties: s.Properties, Areas: append(a.contours[code].Areas, s.Areas...)}
	}
	if err == nil && len(a.contours) == 0 {
		err = errNoCode
	}
	if err != nil {
		a.faults = append(a.faults, atlasFault{"contours", filepath.Base(c.File), err})
	}
}

func readLayer(file string) ([]gis.Shape, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return gis.ReadGeoJSON(io.Reader(f))
}

// says puts a fault into words.
func (p *Report) says(f atlasFault) string {
	reason := "map.fault_unreadable"
	var unknown *gis.UnknownProjection
	name := ""
	switch {
	case errors.As(f.err, &unknown):
		reason, name = "map.fault_projection", unknown.Name
	case errors.Is(f.err, os.ErrNotExist):
		reason = "map.fault_absent"
	case errors.Is(f.err, errNoCode):
		reason = "map.fault_code"
	}
	return p.T("map.fault_"+f.key, "name", f.file, "reason", p.T(reason, "projection", name))
}
