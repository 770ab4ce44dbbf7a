package gis

import (
	"encoding/binary"
	"math"
)

// geometryBlob is a point or line in the binary form of a GeoPackage: the
// header "GP", version 0, little endian, the system's id, for a line its
// extent, then the standard's well-known binary. No points give nil: NULL.
func geometryBlob(points [][2]float64, system int) any {
	if len(points) == 0 {
		return nil
	}
	const littleEndian, withExtent = 1, 1 << 1
	flags := byte(littleEndian)
	if len(points) > 1 {
		flags |= withExtent
	}
	b := binary.LittleEndian.AppendUint32([]byte{'G', 'P', 0, flags}, uint32(int32(system)))
	if len(points) > 1 {
		box := newMapExtent()
		box.add(points)
		for _, i := range []int{0, 2, 1, 3} { // min x, max x, min y, max y
			b = appendFloat(b, box[i])
		}
	}
	return appendWKB(b, points)
}

// appendWKB appends well-known binary: a point (type 1) or a line (type 2).
func appendWKB(b []byte, points [][2]float64) []byte {
	b = append(b, 1) // little endian
	if len(points) == 1 {
		b = binary.LittleEndian.AppendUint32(b, 1)
	} else {
		b = binary.LittleEndian.AppendUint32(b, 2)
		b = binary.LittleEndian.AppendUint32(b, uint32(len(points)))
	}
	for _, p := range points {
		b = appendFloat(appendFloat(b, p[0]), p[1])
	}
	return b
}

func appendFloat(b []byte, v float64) []byte {
	return binary.LittleEndian.AppendUint64(b, math.Float64bits(v))
}
