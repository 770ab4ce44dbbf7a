package store

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"math/bits"

	"thermie/interval"
)

// A piece is the records that one append has of one site, as they wait in
// the inbox. It costs a tenth of writing and reading lines, and takes a
// fifth of their room without being compressed: most of a record repeats the
// one before it.
//
// The first byte is the form. A record begins with a byte of differences,
// and then has what they announce: meter, kind, start and length, flags and
// revision, si, u, cov, min and max.
const pieceForm byte = 1

// What a record shares with the one before it, and what it has.
const (
	sameMeter byte = 1 << iota
	sameTime       // start and length
	sameMark       // flags and revision
	fullCover      // cov is 1
	hasSI
	hasU
	hasExtremes // min and max
)

// pieceKinds gives kinds a number from 1; another is spelt out after a 0.
// The order is for good: kinds may only be added at the end.
var pieceKinds = []interval.Kind{
	interval.ElectricEnergy, interval.ElectricPower, interval.ThermalEnergy, interval.ThermalPower, interval.CircuitHeat,
	interval.WaterVolume, interval.VolumeFlowRate, interval.SupplyTemperature, interval.ReturnTemperature, interval.AirTemperature,
	interval.OutdoorTemperature, interval.RelativeHumidity, interval.OutdoorHumidity, interval.RackOutTemperature,
}

var pieceKindNumber = func() map[interval.Kind]uint64 {
	numbers := map[interval.Kind]uint64{}
	for i, kind := range pieceKinds {
		numbers[kind] = uint64(i) + 1
	}
	return numbers
}()

// appendPiece writes records of one site, in the order in which they came.
func appendPiece(dst []byte, recs []interval.Record) []byte {
	dst = append(dst, pieceForm)
	before := &interval.Record{}
	for i := range recs {
		dst = appendDifference(dst, before, &recs[i])
		before = &recs[i]
	}
	return dst
}

func appendDifference(dst []byte, before, r *interval.Record) []byte {
	head := len(dst)
	dst = append(dst, 0)
	var d byte
	if r.Meter == before.Meter {
		d |= sameMeter
	} else {
		dst = appendName(dst, r.Meter)
	}
	number := pieceKindNumber[r.Kind]
	dst = binary.AppendUvarint(dst, number)
	if number == 0 {
		dst = appendName(dst, string(r.Kind))
	}
	if r.Start == before.Start && r.Length == before.Length {
		d |= sameTime
	} else {
		dst = binary.AppendVarint(dst, r.Start-before.Start)
		dst = binary.AppendVarint(dst, int64(r.Length))
	}
	if r.Flags == before.Flags && r.Rev == before.Rev {
		d |= sameMark
	} else {
		dst = binary.AppendVarint(dst, int64(r.Flags))
		dst = binary.AppendVarint(dst, int64(r.Rev))
	}
	if !math.IsNaN(r.SI) {
		d |= hasSI
		dst = appendNumber(dst, r.SI)
	}
	if math.Float64bits(r.U) != 0 {
		d |= hasU
		dst = appendNumber(dst, r.U)
	}
	if r.Cov == 1 {
		d |= fullCover
	} else {
		dst = appendNumber(dst, r.Cov)
	}
	if !math.IsNaN(r.Min) || !math.IsNaN(r.Max) {
		d |= hasExtremes
		dst = appendNumber(appendNumber(dst, r.Min), r.Max)
	}
	dst[head] = d
	return dst
}

func appendName(dst []byte, name string) []byte {
	return append(binary.AppendUvarint(dst, uint64(len(name))), name...)
}

// appendNumber writes the bits of v back to front: a rounded number ends in
// zeros, which then take no room.
func appendNumber(dst []byte, v float64) []byte {
	return binary.AppendUvarint(dst, bits.ReverseBytes64(math.Float64bits(v)))
}

// errPiece is what every damaged piece gives.
var errPiece = errors.New("a piece of the inbox is damaged")

// pieceReader reads pieces of one site. It shares the strings of names
// between them.
type pieceReader struct {
	site  string
	names map[string]string
	rest  []byte
	bad   bool
}

// read hands over the records of a piece, each valid during the call only.
func (p *pieceReader) read(piece []byte, each func(*interval.Record)) error {
	if len(piece) == 0 || piece[0] != pieceForm {
		return fmt.Errorf("%w: its form is not known to this version", errPiece)
	}
	p.rest, p.bad = piece[1:], false
	r := interval.Record{Site: p.site}
	for len(p.rest) > 0 {
		p.next(&r)
		if p.bad {
			return errPiece
		}
		each(&r)
	}
	return nil
}

// next changes r from the record before to the next one.
func (p *pieceReader) next(r *interval.Record) {
	d := p.rest[0]
	p.rest = p.rest[1:]
	if d&sameMeter == 0 {
		r.Meter = p.name()
	}
	if number := p.uvarint(); number == 0 {
		r.Kind = interval.Kind(p.name())
	} else if number <= uint64(len(pieceKinds)) {
		r.Kind = pieceKinds[number-1]
	} else {
		p.bad = true
	}
	if d&sameTime == 0 {
		r.Start += p.varint()
		r.Length = int32(p.varint())
	}
	if d&sameMark == 0 {
		r.Flags = interval.Flags(p.varint())
		r.Rev = int32(p.varint())
	}
	r.SI, r.U, r.Cov, r.Min, r.Max = math.NaN(), 0, 1, math.NaN(), math.NaN()
	if d&hasSI != 0 {
		r.SI = p.number()
	}
	if d&hasU != 0 {
		r.U = p.number()
	}
	if d&fullCover == 0 {
		r.Cov = p.number()
	}
	if d&hasExtremes != 0 {
		r.Min, r.Max = p.number(), p.number()
	}
}

func (p *pieceReader) uvarint() uint64 {
	v, size := binary.Uvarint(p.rest)
	if size <= 0 {
		p.bad = true
		return 0
	}
	p.rest = p.rest[size:]
	return v
}

func (p *pieceReader) varint() int64 {
	v, size := binary.Varint(p.rest)
	if size <= 0 {
		p.bad = true
		return 0
	}
	p.rest = p.rest[size:]
	return v
}

func (p *pieceReader) number() float64 {
	return math.Float64frombits(bits.ReverseBytes64(p.uvarint()))
}

func (p *pieceReader) name() string {
	n := p.uvarint()
	if n > uint64(len(p.rest)) {
		p.bad = true
		return ""
	}
	text := p.rest[:n]
	p.rest = p.rest[n:]
	name, known := p.names[string(text)]
	if !known {
		name = string(text)
		p.names[name] = name
	}
	return name
}
