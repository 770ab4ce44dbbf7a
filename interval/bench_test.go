package interval

import (
	"bytes"
	"fmt"
	"math"
	"testing"
	"time"
)

// fleetDay is a day of 10-minute intervals of some sites with 40 series.
func fleetDay(sites int) (recs []Record) {
	kinds := []Kind{ElectricPower, ElectricEnergy, SupplyTemperature, ReturnTemperature}
	for site := range sites {
		for start := int64(0); start < 86400; start += 600 {
			for series := range 40 {
				r := Record{Site: fmt.Sprintf("site-%d", site), Meter: fmt.Sprintf("meter-%d", series/4), Kind: kinds[series%4],
					Start: 1751328000 + start, Length: 600, SI: 14460000 + 12.3*float64(start), U: 12300, Cov: 1, Min: math.NaN(), Max: math.NaN(), Flags: 2}
				if series%4 > 1 {
					r.SI, r.U, r.Min, r.Max = 300.15, 0.02, 299.9, 300.4
				}
				recs = append(recs, r)
			}
		}
	}
	return recs
}

func BenchmarkEncode(b *testing.B) {
	recs := fleetDay(1)
	var buf []byte
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		buf = recs[i%len(recs)].AppendLine(buf[:0])
	}
}

func BenchmarkDecode(b *testing.B) {
	var wire []byte
	for _, r := range fleetDay(5) {
		wire = append(r.AppendLine(wire), '\n')
	}
	lines := bytes.Split(bytes.TrimSpace(wire), []byte("\n"))
	b.SetBytes(int64(len(wire) / len(lines)))
	b.ReportAllocs()
	var l Line
	for i := 0; b.Loop(); i++ {
		if err := l.Decode(lines[i%len(lines)], time.Second); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkBuilder(b *testing.B) {
	build := newBuilder()
	var meters []string
	for i := range 40 {
		meters = append(meters, fmt.Sprintf("meter-%d", i))
	}
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		at := after(float64(i/40) * 10)
		r := Reading{meters[i%40], ElectricPower, at, float64(1000 + i%7)}
		if i%2 == 0 {
			r.Kind, r.SI = ElectricEnergy, float64(i)*1000
		}
		if err := build.Add(r); err != nil {
			b.Fatal(err)
		}
		if i%40 == 39 {
			build.Advance(at)
		}
	}
}

func BenchmarkMerge(b *testing.B) {
	recs := fleetDay(5)
	for name, in := range map[string][]Record{"arrival": recs, "merged": Merge(recs)} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				Merge(in)
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(len(in)), "ns/record")
		})
	}
}
