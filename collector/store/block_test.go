package store

import (
	"encoding/binary"
	"math"
	"math/rand/v2"
	"testing"

	"thermie/interval"
)

// sameBits is stricter than Record.Same: negative zero is not zero.
func sameBits(a, b interval.Record) bool {
	bits := func(x float64) uint64 {
		if math.IsNaN(x) {
			return math.Float64bits(math.NaN())
		}
		return math.Float64bits(x)
	}
	return a.Same(b) && bits(a.SI) == bits(b.SI) && bits(a.U) == bits(b.U) && bits(a.Cov) == bits(b.Cov) &&
		bits(a.Min) == bits(b.Min) && bits(a.Max) == bits(b.Max)
}

func checkRoundTrip(t *testing.T, recs []interval.Record) []byte {
	t.Helper()
	block := appendBlock(nil, recs, dayOf(recs[0].Start))
	first := recs[0]
	back, err := decodeBlock(nil, block, first.Site, seriesOf(&first), dayOf(first.Start))
	if err != nil {
		t.Fatalf("decode: %v", err)
	}
	if len(back) != len(recs) {
		t.Fatalf("%d records became %d", len(recs), len(back))
	}
	for i := range recs {
		if !sameBits(recs[i], back[i]) {
			t.Fatalf("record %d: %+v became %+v", i, recs[i], back[i])
		}
	}
	return block
}

func day(n int, fill func(i int, r *interval.Record)) []interval.Record {
	recs := make([]interval.Record, n)
	for i := range recs {
		recs[i] = interval.Record{Site: "s", Meter: "m", Kind: interval.ElectricEnergy, Start: 20000*secondsPerDay + int64(i)*600,
			Length: 600, Cov: 1, Min: math.NaN(), Max: math.NaN(), Flags: interval.Flags(interval.Live)}
		fill(i, &recs[i])
	}
	return recs
}

func TestBlockKeepsEveryBit(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	cases := map[string]func(i int, r *interval.Record){
		"counter":        func(i int, x *interval.Record) { x.SI, x.U = float64(3600*(410+r.IntN(9))), 1039 },
		"temperature":    func(i int, x *interval.Record) { x.SI = 295.15 + float64(r.IntN(90))/100; x.Min, x.Max = 294.2, 297 },
		"long mantissas": func(i int, x *interval.Record) { x.SI = r.NormFloat64(); x.U = r.Float64() },
		"gaps": func(i int, x *interval.Record) {
			if i%7 == 3 {
				x.SI, x.Cov, x.U = math.NaN(), 0, 0
			}
		},
		"extremes": func(i int, x *interval.Record) {
			x.SI = []float64{math.Copysign(0, -1), math.MaxFloat64, math.SmallestNonzeroFloat64, -1e300, 1e22, 0.1}[i%6]
		},
		"huge powers":   func(i int, x *interval.Record) { x.SI = float64(i) * 1e15 },
		"mixed":         func(i int, x *interval.Record) { x.SI = []float64{1e15, 1e-15}[i%2] },
		"unknown flags": func(i int, x *interval.Record) { x.Flags = interval.Flags(r.Int64()); x.Rev = r.Int32() },
		"irregular":     func(i int, x *interval.Record) { x.Start += int64(r.IntN(500)) },
	}
	for name, fill := range cases {
		t.Run(name, func(t *testing.T) {
			checkRoundTrip(t, day(144, fill))
			checkRoundTrip(t, day(1, fill))
		})
	}
}

// A day of a counter in its meter's own steps must stay small, or a nation
// does not fit.
func TestBlockIsSmall(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	block := checkRoundTrip(t, day(144, func(i int, x *interval.Record) { x.SI, x.U = float64(3600*(4100+r.IntN(200))), 1039 }))
	if per := float64(len(block)) / 144; per > 2.5 {
		t.Errorf("%.2f bytes an interval", per)
	}
}

func FuzzBlockRoundTrip(f *testing.F) {
	f.Add([]byte("0123456789012345678901234567890123456789012345678901234567890123456789"))
	f.Fuzz(func(t *testing.T, data []byte) {
		var recs []interval.Record
		at := int64(20000 * secondsPerDay)
		for ; len(data) >= 53 && at < 20001*secondsPerDay; data = data[53:] {
			float := func(i int) float64 { return math.Float64frombits(binary.LittleEndian.Uint64(data[i:])) }
			recs = append(recs, interval.Record{Site: "s", Meter: "m", Kind: "k", Length: 60, Start: at,
				SI: float(0), U: float(8), Cov: float(16), Min: float(24), Max: float(32),
				Flags: interval.Flags(binary.LittleEndian.Uint64(data[40:])), Rev: int32(binary.LittleEndian.Uint32(data[48:]))})
			at += 1 + int64(data[52])*30
		}
		if len(recs) > 0 {
			checkRoundTrip(t, recs)
		}
	})
}

// Whatever is in a blob, decoding it ends with records or an error.
func FuzzDecodeBlock(f *testing.F) {
	f.Add(appendBlock(nil, day(144, func(i int, r *interval.Record) { r.SI = float64(i) }), 20000))
	f.Add([]byte{plainBlock, 2, 2, 5, 2})
	f.Fuzz(func(t *testing.T, data []byte) {
		recs, err := decodeBlock(nil, data, "s", series{"m", "k", 60}, 20000)
		if err == nil && len(recs) > secondsPerDay {
			t.Fatalf("%d records in one day", len(recs))
		}
	})
}

// BenchmarkDecodeMonth decodes the hours of a month.
func BenchmarkDecodeMonth(b *testing.B) {
	r := rand.New(rand.NewPCG(1, 2))
	hours := day(744, func(i int, x *interval.Record) {
		x.Start, x.Length = monthSpan(600).from+int64(i)*3600, 3600
		x.SI, x.U, x.Cov = 3600*float64(24000+r.IntN(2400)), 2545, 1
	})
	data := encodeMonth(hours, 600)
	recs := make([]interval.Record, 0, 744)
	for b.Loop() {
		if _, err := decodeMonth(recs, data, "s", profile{"m", interval.ElectricEnergy}, 600); err != nil {
			b.Fatal(err)
		}
	}
}
