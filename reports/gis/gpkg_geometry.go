package gis

import (
	"encoding/binary"
	"math"
)

// geometryBlob is a feature's geometry in the binary form of a GeoPackage: the
// header "GP", version 0, little endian, the system's id, but for a point its
// extent, then the standard's well-known binary. No geometry gives nil: NULL.
func geometryBlob(kind MapGeometry, parts []Polygon, place func(Position) [2]float64, system int, box *mapExtent) any {
	if len(parts) == 0 {
		return nil
	}
	w := wkb{place: place, box: newMapExtent()}
	w.geometry(kind, parts)
	box.grow(w.box)
	const littleEndian, withExtent = 1, 1 << 1
	flags := byte(littleEndian)
	if kind != MapPoint {
		flags |= withExtent
	}
	b := binary.LittleEndian.AppendUint32([]byte{'G', 'P', 0, flags}, uint32(int32(system)))
	if kind != MapPoint {
		for _, i := range []int{0, 2, 1, 3} { // min x, max x, min y, max y
			b = appendFloat(b, w.box[i])
		}
	}
	return append(b, w.bytes...)
}

// wkb is well-known binary being written.
type wkb struct {
	bytes []byte
	place func(Position) [2]float64
	box   *mapExtent
}

// The types of well-known binary.
const (
	wkbPoint        = 1
	wkbLine         = 2
	wkbPolygon      = 3
	wkbMultiLine    = 5
	wkbMultiPolygon = 6
)

func (w *wkb) geometry(kind MapGeometry, parts []Polygon) {
	switch kind {
	case MapPoint:
		w.begin(wkbPoint)
		w.position(parts[0][0][0])
	case MapLine:
		w.begin(wkbLine)
		w.line(parts[0][0])
	case MapLines:
		w.begin(wkbMultiLine)
		w.count(len(parts))
		for _, part := range parts {
			w.begin(wkbLine)
			w.line(part[0])
		}
	case MapAreas:
		w.begin(wkbMultiPolygon)
		w.count(len(parts))
		for _, rings := range parts {
			w.begin(wkbPolygon)
			w.count(len(rings))
			for _, ring := range rings {
				w.line(ring)
			}
		}
	}
}

// begin writes the byte order, little endian, and the type.
func (w *wkb) begin(kind uint32) {
	w.bytes = binary.LittleEndian.AppendUint32(append(w.bytes, 1), kind)
}

func (w *wkb) count(n int) { w.bytes = binary.LittleEndian.AppendUint32(w.bytes, uint32(n)) }

func (w *wkb) line(positions []Position) {
	w.count(len(positions))
	for _, p := range positions {
		w.position(p)
	}
}

func (w *wkb) position(p Position) {
	at := w.place(p)
	w.box.add(at)
	w.bytes = appendFloat(appendFloat(w.bytes, at[0]), at[1])
}

func appendFloat(b []byte, v float64) []byte {
	return binary.LittleEndian.AppendUint64(b, math.Float64bits(v))
}
