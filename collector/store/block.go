package store

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"

	"thermie/interval"
)

// series is what one block is about. Lengths are kept apart: each is exact
// by itself, and interval.Merge chooses between them when they are read.
type series struct {
	meter  string
	kind   interval.Kind
	length int32
}

// seriesOf returns the series that r belongs to.
func seriesOf(r *interval.Record) series { return series{r.Meter, r.Kind, r.Length} }

// secondsPerDay is the span of a block of short intervals.
const secondsPerDay = 86400

// short reports whether intervals are shorter than the hours of a roll-up.
// Others take the roll-up's place: they are kept as long as roll-ups are.
func (s series) short() bool { return s.length < secondsPerHour }

// blockDay returns the UTC day with which the block begins that holds the
// intervals starting on a day. A day of short intervals fills a block; of
// others a month does, for a block of a few is mostly its head.
func (s series) blockDay(day int64) int64 {
	if s.short() {
		return day
	}
	return dayOf(monthSpan(monthOf(day * secondsPerDay)).from)
}

// perBlock is how many intervals mostly lie in a block.
func (s series) perBlock() int {
	if s.short() {
		return secondsPerDay / int(s.length)
	}
	return 31*secondsPerDay/int(s.length) + 1
}

// The first byte of a block says how the rest is written. A later form gets
// the next number; these are read forever.
const (
	plainBlock   byte = 1 // columns as they are
	zstdBlock    byte = 2 // columns packed with zstd
	checkedPlain byte = 3 // as 1 and 2, behind a checksum
	checkedZstd  byte = 4
)

// castagnoli is the checksum's polynomial, for which processors have an
// instruction.
var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// appendBlock writes the records of one series, sorted by start and with
// distinct starts from the given UTC day on, and loses nothing: decodeBlock
// gives back the same bits.
//
// The columns follow each other: number of records, start as the number of
// seconds since the day began, si, u, cov, min, max, flags, rev. Form and
// checksum come before them.
func appendBlock(dst []byte, recs []interval.Record, from int64) []byte {
	n := len(recs)
	ints := make([]int64, n)
	floats := make([]float64, n)
	intColumn := func(b []byte, of func(*interval.Record) int64) []byte {
		for i := range recs {
			ints[i] = of(&recs[i])
		}
		return appendInts(b, ints)
	}
	floatColumn := func(b []byte, of func(*interval.Record) float64) []byte {
		for i := range recs {
			floats[i] = of(&recs[i])
		}
		return appendFloats(b, floats)
	}

	plain := binary.AppendUvarint(nil, uint64(n))
	// Intervals that follow each other have one step, which is one run.
	before, day := int64(0), from*secondsPerDay
	plain = intColumn(plain, func(r *interval.Record) int64 {
		step := r.Start - day - before
		before = r.Start - day
		return step
	})
	plain = floatColumn(plain, func(r *interval.Record) float64 { return r.SI })
	plain = floatColumn(plain, func(r *interval.Record) float64 { return r.U })
	plain = floatColumn(plain, func(r *interval.Record) float64 { return r.Cov })
	plain = floatColumn(plain, func(r *interval.Record) float64 { return r.Min })
	plain = floatColumn(plain, func(r *interval.Record) float64 { return r.Max })
	plain = intColumn(plain, func(r *interval.Record) int64 { return int64(r.Flags) })
	plain = intColumn(plain, func(r *interval.Record) int64 { return int64(r.Rev) })

	head := len(dst)
	dst = pack(append(dst, checkedZstd, 0, 0, 0, 0), plain)
	if len(dst)-head-checkedHead > len(plain) {
		dst = append(append(dst[:head], checkedPlain, 0, 0, 0, 0), plain...)
	}
	binary.BigEndian.PutUint32(dst[head+1:], crc32.Checksum(dst[head+checkedHead:], castagnoli))
	return dst
}

// checkedHead is the length of form and checksum.
const checkedHead = 5

// decodeBlock appends to recs the records of a block of site and s that
// begins with the given UTC day (days since 1970).
func decodeBlock(recs []interval.Record, block []byte, site string, s series, day int64) ([]interval.Record, error) {
	plain, err := openBlock(block)
	if err != nil {
		return recs, fmt.Errorf("block of %s %s/%s, day %d: %w", site, s.meter, s.kind, day, err)
	}
	n, size := binary.Uvarint(plain)
	if size <= 0 || n > secondsPerDay {
		return recs, fmt.Errorf("block of %s %s/%s, day %d: number of records is damaged", site, s.meter, s.kind, day)
	}
	c := columns{rest: plain[size:], n: int(n)}
	steps := c.ints()
	si, u, cov, low, high := c.floats(), c.floats(), c.floats(), c.floats(), c.floats()
	flags, rev := c.ints(), c.ints()
	if c.err == nil && len(c.rest) > 0 {
		c.err = errors.New("bytes are left over")
	}
	if c.err != nil {
		return recs, fmt.Errorf("block of %s %s/%s, day %d: %w", site, s.meter, s.kind, day, c.err)
	}
	start := day * secondsPerDay
	for i := range steps {
		start += steps[i]
		recs = append(recs, interval.Record{Site: site, Meter: s.meter, Kind: s.kind, Length: s.length,
			Start: start, SI: si[i], U: u[i], Cov: cov[i], Min: low[i], Max: high[i],
			Flags: interval.Flags(flags[i]), Rev: int32(rev[i])})
	}
	return recs, nil
}

// openBlock returns the columns of a block.
func openBlock(block []byte) ([]byte, error) {
	if len(block) == 0 {
		return nil, errors.New("is empty")
	}
	form, columns := block[0], block[1:]
	if form == checkedPlain || form == checkedZstd {
		if len(block) < checkedHead || crc32.Checksum(block[checkedHead:], castagnoli) != binary.BigEndian.Uint32(columns) {
			return nil, errors.New("is damaged: its checksum does not match")
		}
		form, columns = form-checkedPlain+plainBlock, block[checkedHead:]
	}
	switch form {
	case plainBlock:
		return columns, nil
	case zstdBlock:
		return unpack(columns)
	}
	return nil, fmt.Errorf("is of form %d, which this version does not know", block[0])
}

// columns cuts one column after the other, until the first error.
type columns struct {
	rest []byte
	n    int
	err  error
}

func (c *columns) ints() (v []int64) {
	if c.err == nil {
		v, c.rest, c.err = cutInts(c.rest, c.n)
	}
	return v
}

func (c *columns) floats() (v []float64) {
	if c.err == nil {
		v, c.rest, c.err = cutFloats(c.rest, c.n)
	}
	return v
}

// dayOf returns the UTC day of a Unix second, in days since 1970.
func dayOf(second int64) int64 { return second / secondsPerDay }
