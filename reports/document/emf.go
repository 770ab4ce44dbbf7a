package document

import (
	"bytes"
	"encoding/binary"
	"math"
	"strconv"
	"unicode/utf16"
)

// emf draws the scene as an enhanced metafile ([MS-EMF]), the vector format
// that word processors draw natively: text stays text at any size, and no
// font or rasteriser has to be carried along.
func (s scene) emf() []byte {
	e := &metafile{}
	e.record(emrSetMapMode, uint32(8)) // MM_ANISOTROPIC: our own units
	e.record(emrSetWindowOrg, int32(0), int32(0))
	e.record(emrSetWindowExt, emfUnits(s.width), emfUnits(s.height))
	e.record(emrSetViewportExt, emfUnits(s.width), emfUnits(s.height))
	e.record(emrSetBackgroundMode, uint32(1)) // transparent behind text
	for _, item := range s.shapes {
		switch v := item.(type) {
		case polyline:
			e.polyline(v)
		case box:
			corners := []point{{v.x, v.y}, {v.x + v.width, v.y}, {v.x + v.width, v.y + v.height}, {v.x, v.y + v.height}}
			e.polyline(polyline{points: corners, fill: v.fill})
		case label:
			e.label(v)
		}
	}
	e.record(emrEOF, uint32(0), uint32(16), uint32(20))
	return e.withHeader(s)
}

// Record types of [MS-EMF] 2.1.1.
const (
	emrHeader            = 1
	emrSetWindowExt      = 9
	emrSetWindowOrg      = 10
	emrSetViewportExt    = 11
	emrEOF               = 14
	emrSetMapMode        = 17
	emrSetBackgroundMode = 18
	emrSetTextAlign      = 22
	emrSetTextColor      = 24
	emrSelectObject      = 37
	emrCreateBrush       = 39
	emrDeleteObject      = 40
	emrCreateFont        = 82
	emrExtTextOut        = 84
	emrPolygon16         = 86
	emrPolyline16        = 87
	emrExtCreatePen      = 95
)

// Stock objects of GDI.
const (
	stockNoBrush uint32 = 0x80000005
	stockNoPen   uint32 = 0x80000008
)

// The only object in use at a time has index 1; 0 is the metafile itself.
const emfObject uint32 = 1

// emfScale is logical units per unit of a scene. A scene of 680 is 170 mm
// wide on paper, so that a logical unit is 1/80 mm.
const emfScale = 20

func emfUnits(v float64) int32 { return int32(math.Round(v * emfScale)) }

// metafile is a metafile's records being written.
type metafile struct {
	bytes.Buffer
	count uint32
}

// record writes one record; its size is a multiple of four by the sizes of
// its parts.
func (e *metafile) record(kind uint32, parts ...any) {
	var body bytes.Buffer
	for _, part := range parts {
		binary.Write(&body, binary.LittleEndian, part) // a Buffer never fails
	}
	for body.Len()%4 != 0 {
		body.WriteByte(0)
	}
	binary.Write(e, binary.LittleEndian, [2]uint32{kind, uint32(8 + body.Len())})
	e.Write(body.Bytes())
	e.count++
}

// withHeader puts the header before the records.
func (e *metafile) withHeader(s scene) []byte {
	const headerSize = 108
	width, height := emfUnits(s.width), emfUnits(s.height)
	out := &metafile{}
	out.record(emrHeader,
		[4]int32{0, 0, width, height},                       // bounds in device units
		[4]int32{0, 0, width * 100 / 80, height * 100 / 80}, // frame in 0.01 mm
		uint32(0x464D4520), uint32(0x10000),                 // " EMF", version
		uint32(headerSize+e.Len()), e.count+1, uint16(2), uint16(0), // size, records, objects
		[3]uint32{},                                  // no description, no palette
		[2]uint32{25600, 25600}, [2]uint32{320, 320}, // a device of 80 dots per mm
		[3]uint32{}, [2]uint32{320000, 320000}) // no pixel format, no OpenGL; the device in µm
	return append(out.Bytes(), e.Bytes()...)
}

// colourRef returns "#rrggbb" as a COLORREF.
func colourRef(hex string) uint32 {
	v, err := strconv.ParseUint(hex[1:], 16, 32)
	if err != nil {
		return 0
	}
	return uint32(v>>16&0xff | v&0xff00 | v&0xff<<16)
}

func (e *metafile) polyline(l polyline) {
	kind := uint32(emrPolyline16)
	if l.fill != "" {
		kind = emrPolygon16
		e.record(emrCreateBrush, emfObject, uint32(0), colourRef(l.fill), uint32(0))
		e.record(emrSelectObject, stockNoPen)
	} else {
		// A geometric solid pen with round joins.
		e.record(emrExtCreatePen, emfObject, [4]uint32{}, uint32(0x10000|0x200), uint32(emfUnits(l.width)),
			uint32(0), colourRef(l.stroke), uint32(0), uint32(0))
		e.record(emrSelectObject, stockNoBrush)
	}
	e.record(emrSelectObject, emfObject)
	points := make([]int16, 0, 2*len(l.points))
	low, high := [2]int32{math.MaxInt32, math.MaxInt32}, [2]int32{math.MinInt32, math.MinInt32}
	for _, p := range l.points {
		x, y := emfUnits(p.x), emfUnits(p.y)
		low, high = [2]int32{min(low[0], x), min(low[1], y)}, [2]int32{max(high[0], x), max(high[1], y)}
		points = append(points, int16(x), int16(y))
	}
	e.record(kind, low, high, uint32(len(l.points)), points)
	e.record(emrDeleteObject, emfObject)
}

func (e *metafile) label(l label) {
	weight := int32(400)
	if l.bold {
		weight = 700
	}
	var face [32]uint16
	copy(face[:], utf16.Encode([]rune("Arial")))
	turn := int32(-l.turn * 10) // tenths of a degree, anticlockwise
	e.record(emrCreateFont, emfObject, [5]int32{-emfUnits(l.size), 0, turn, turn, weight},
		[8]uint8{}, face, [64]uint16{}, [32]uint16{}, [6]uint32{}, [3]uint32{})
	e.record(emrSelectObject, emfObject)
	e.record(emrSetTextColor, colourRef(l.colour))
	const baseline = 24
	e.record(emrSetTextAlign, map[anchor]uint32{anchorStart: baseline, anchorMiddle: baseline | 6, anchorEnd: baseline | 2}[l.anchor])
	text := utf16.Encode([]rune(l.text))
	padded := len(text) + len(text)%2
	const textOffset = 76
	e.record(emrExtTextOut, [4]int32{0, 0, -1, -1}, uint32(1), [2]float32{1.25, 1.25},
		emfUnits(l.at.x), emfUnits(l.at.y), uint32(len(text)), uint32(textOffset), uint32(0), [4]int32{0, 0, -1, -1},
		uint32(textOffset+2*padded), append(text, make([]uint16, padded-len(text))...), advances(l))
	e.record(emrDeleteObject, emfObject)
}

// advances returns the distance from each UTF-16 unit of the label to the
// next, in logical units.
func advances(l label) []uint32 {
	factor := 1.0
	if l.bold {
		factor = 1.07 // bold letters run wider than our table of the plain face
	}
	var widths []uint32
	for _, r := range l.text {
		widths = append(widths, uint32(emfUnits(textWidth(string(r), l.size)*factor)))
		if r > 0xffff {
			widths = append(widths, 0)
		}
	}
	return widths
}
