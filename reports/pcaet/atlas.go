package pcaet

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"strconv"
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
	return p.T("map.fault_"+f.key, "name", f.file, "reason", p.reason(f.err))
}

// reason is why a layer could not be read, in the words of the report.
func (p *Report) reason(err error) string {
	var unknown *gis.UnknownProjection
	var fault *gis.Fault
	switch {
	case errors.As(err, &unknown):
		return p.T("map.fault_projection", "projection", unknown.Name)
	case errors.As(err, &fault):
		text := p.T("layer_fault."+string(fault.Kind), "what", fault.What)
		if fault.Feature > 0 {
			text = p.T("layer_fault.feature", "n", strconv.Itoa(fault.Feature), "fault", text)
		}
		return text
	case errors.Is(err, os.ErrNotExist):
		return p.T("map.fault_absent")
	case errors.Is(err, errNoCode):
		return p.T("map.fault_code")
	}
	return p.T("map.fault_unreadable")
}
