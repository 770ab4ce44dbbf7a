package store

import (
	"encoding/binary"
	"errors"
	"math"
)

// errColumn is what every damaged column gives.
var errColumn = errors.New("column is damaged")

// How a column of integers is written; the shortest form wins.
const (
	plainInts byte = iota
	deltaInts      // differences to the value before
	runInts        // value and how often it repeats
)

// appendInts writes whole numbers so that what seldom changes, or changes
// steadily, takes next to nothing.
func appendInts(dst []byte, v []int64) []byte {
	forms := [...][]byte{plainInts: nil, deltaInts: nil, runInts: nil}
	before := int64(0)
	for i := 0; i < len(v); i++ {
		forms[plainInts] = binary.AppendVarint(forms[plainInts], v[i])
		forms[deltaInts] = binary.AppendVarint(forms[deltaInts], v[i]-before)
		before = v[i]
	}
	for i := 0; i < len(v); {
		n := 1
		for i+n < len(v) && v[i+n] == v[i] {
			n++
		}
		forms[runInts] = binary.AppendVarint(forms[runInts], v[i])
		forms[runInts] = binary.AppendUvarint(forms[runInts], uint64(n))
		i += n
	}
	best := plainInts
	for form := range forms {
		if len(forms[form]) < len(forms[best]) {
			best = byte(form)
		}
	}
	return append(append(dst, best), forms[best]...)
}

// cutInts reads n whole numbers from the front of b and returns the rest.
func cutInts(b []byte, n int) (v []int64, rest []byte, err error) {
	if len(b) == 0 {
		return nil, nil, errColumn
	}
	form, b := b[0], b[1:]
	v = make([]int64, 0, n)
	before := int64(0)
	for len(v) < n {
		x, size := binary.Varint(b)
		if size <= 0 {
			return nil, nil, errColumn
		}
		b = b[size:]
		switch form {
		case plainInts:
			v = append(v, x)
		case deltaInts:
			before += x
			v = append(v, before)
		case runInts:
			times, size := binary.Uvarint(b)
			if size <= 0 || times == 0 || times > uint64(n-len(v)) {
				return nil, nil, errColumn
			}
			b = b[size:]
			for ; times > 0; times-- {
				v = append(v, x)
			}
		default:
			return nil, nil, errColumn
		}
	}
	return v, b, nil
}

// How a column of floats is written.
const (
	noFloats      byte = iota // all absent
	decimalFloats             // whole numbers times one power of ten
	rawFloats                 // the bits, plane by plane
)

// someAbsent marks a column of floats that starts with its presence runs.
const someAbsent byte = 0x80

// appendFloats writes floats without loss; NaN is an absent value and stays
// one. Rounded numbers, which is what a builder sends, are written as the
// short integers that they are.
func appendFloats(dst []byte, v []float64) []byte {
	present := make([]int64, len(v))
	values := make([]float64, 0, len(v))
	for i, x := range v {
		if !math.IsNaN(x) {
			present[i] = 1
			values = append(values, x)
		}
	}
	if len(values) == 0 {
		return append(dst, noFloats)
	}
	var partly byte
	if len(values) < len(v) {
		partly = someAbsent
	}
	whole, exponent, ok := decimal(values)
	form := rawFloats
	if ok {
		form = decimalFloats
	}
	dst = append(dst, form|partly)
	if partly != 0 {
		dst = appendInts(dst, present)
	}
	if !ok {
		return appendPlanes(dst, values)
	}
	return appendInts(append(dst, byte(int8(exponent))), whole)
}

// cutFloats reads n floats from the front of b and returns the rest.
func cutFloats(b []byte, n int) (v []float64, rest []byte, err error) {
	if len(b) == 0 {
		return nil, nil, errColumn
	}
	head, b := b[0], b[1:]
	if head == noFloats {
		return absent(n), b, nil
	}
	var present []int64
	there := n
	if head&someAbsent != 0 {
		if present, b, err = cutInts(b, n); err != nil {
			return nil, nil, err
		}
		for _, is := range present {
			if is == 0 {
				there--
			}
		}
	}
	switch head &^ someAbsent {
	case decimalFloats:
		v, rest, err = cutDecimals(b, there)
	case rawFloats:
		v, rest, err = cutPlanes(b, there)
	default:
		err = errColumn
	}
	if err != nil || there == n {
		return v, rest, err
	}
	return spread(v, present), rest, nil
}

// absent returns n absent values.
func absent(n int) []float64 {
	v := make([]float64, n)
	for i := range v {
		v[i] = math.NaN()
	}
	return v
}

// spread puts values where they are present.
func spread(values []float64, present []int64) []float64 {
	v := absent(len(present))
	next := 0
	for i, is := range present {
		if is != 0 {
			v[i] = values[next]
			next++
		}
	}
	return v
}

func cutDecimals(b []byte, n int) ([]float64, []byte, error) {
	if len(b) == 0 {
		return nil, nil, errColumn
	}
	exponent := int(int8(b[0]))
	if exponent < minExponent || exponent > maxExponent {
		return nil, nil, errColumn
	}
	whole, rest, err := cutInts(b[1:], n)
	if err != nil {
		return nil, nil, err
	}
	v := make([]float64, n)
	for i := range v {
		v[i] = unscale(float64(whole[i]), exponent)
	}
	return v, rest, nil
}

// appendPlanes writes all first bytes, then all second bytes and so on:
// neighbours share sign and exponent, which zstd then finds.
func appendPlanes(dst []byte, v []float64) []byte {
	for shift := 56; shift >= 0; shift -= 8 {
		for _, x := range v {
			dst = append(dst, byte(math.Float64bits(x)>>shift))
		}
	}
	return dst
}

func cutPlanes(b []byte, n int) ([]float64, []byte, error) {
	if len(b) < 8*n {
		return nil, nil, errColumn
	}
	v := make([]float64, n)
	for i := range v {
		var bits uint64
		for plane := range 8 {
			bits = bits<<8 | uint64(b[plane*n+i])
		}
		v[i] = math.Float64frombits(bits)
	}
	return v, b[8*n:], nil
}
