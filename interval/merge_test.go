package interval

import (
	"encoding/binary"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// at makes a record of the series that the merge tests use.
func at(start int64, length int32, si float64, flags Flags, rev int32) Record {
	r := Record{Site: "s", Meter: "m", Kind: ElectricEnergy, Start: start, Length: length,
		SI: si, Cov: 1, Min: math.NaN(), Max: math.NaN(), Flags: flags, Rev: rev}
	if math.IsNaN(si) {
		r.Cov = 0
	}
	return r
}

func TestMerge(t *testing.T) {
	const live, imported, estimated, correction = Flags(Live), Flags(Imported), Flags(Estimated), Flags(Correction)
	gap := math.NaN()
	for name, c := range map[string]struct{ in, want []Record }{
		"a replay is once": {
			[]Record{at(0, 600, 1, live, 0), at(0, 600, 1, live, 0)},
			[]Record{at(0, 600, 1, live, 0)}},
		"a correction of the source wins": {
			[]Record{at(0, 600, 2, live, 1), at(0, 600, 1, live, 0)},
			[]Record{at(0, 600, 2, live, 1)}},
		"live wins over import, whatever the revision": {
			[]Record{at(0, 600, 1, imported, 7), at(0, 600, 2, live, 0)},
			[]Record{at(0, 600, 2, live, 0)}},
		"an import fills a live gap": {
			[]Record{at(0, 600, gap, live, 0), at(0, 600, 1, imported, 0)},
			[]Record{at(0, 600, 1, imported, 0)}},
		"an estimate fills a live gap": {
			[]Record{at(0, 600, gap, live, 3), at(0, 600, 1, estimated, 0)},
			[]Record{at(0, 600, 1, estimated, 0)}},
		"a correction takes data back": {
			[]Record{at(0, 600, 1, live, 0), at(0, 600, gap, correction, 0)},
			[]Record{at(0, 600, gap, correction, 0)}},
		"the shortest length wins": {
			[]Record{at(0, 3600, 6, imported, 0), at(600, 600, 1, live, 0)},
			[]Record{at(600, 600, 1, live, 0)}},
		"a longer one is used where no shorter lies inside it": {
			[]Record{at(0, 3600, 6, imported, 0), at(3600, 600, 1, live, 0), at(7200, 3600, 6, imported, 0)},
			[]Record{at(0, 3600, 6, imported, 0), at(3600, 600, 1, live, 0), at(7200, 3600, 6, imported, 0)}},
		"also off the grid of UTC": {
			[]Record{at(1000, 3600, 6, live, 0), at(1000, 600, 1, live, 0), at(4600, 3600, 6, live, 0)},
			[]Record{at(1000, 600, 1, live, 0), at(4600, 3600, 6, live, 0)}},
		"short gaps give way to longer data": {
			[]Record{at(0, 600, gap, live, 0), at(600, 600, gap, live, 0), at(0, 3600, 6, live, 0), at(3600, 600, gap, live, 0)},
			[]Record{at(0, 3600, 6, live, 0), at(3600, 600, gap, live, 0)}},
		"data and gaps side by side stay": {
			[]Record{at(0, 300, 1, live, 0), at(300, 300, gap, live, 0), at(600, 900, gap, live, 0)},
			[]Record{at(0, 300, 1, live, 0), at(300, 300, gap, live, 0), at(600, 900, gap, live, 0)}},
		"10 min and 15 min overlap in part": {
			[]Record{at(0, 900, 3, imported, 0), at(600, 600, 2, live, 0), at(1800, 900, 3, imported, 0)},
			[]Record{at(600, 600, 2, live, 0), at(1800, 900, 3, imported, 0)}},
		"unaligned of one length: the earlier stays": {
			[]Record{at(900, 600, 3, live, 0), at(300, 600, 1, live, 0), at(600, 600, 2, live, 0)},
			[]Record{at(300, 600, 1, live, 0), at(900, 600, 3, live, 0)}},
	} {
		t.Run(name, func(t *testing.T) {
			if got := Merge(c.in); !slices.EqualFunc(got, c.want, Record.Same) {
				t.Errorf("got\n%s\nwant\n%s", lines(got), lines(c.want))
			}
		})
	}
}

func TestMergeKeepsPointsAndKindsApart(t *testing.T) {
	one, two, three := at(0, 600, 1, 2, 0), at(0, 600, 1, 2, 0), at(300, 600, 1, 2, 0)
	one.Meter, two.Kind = "n", ThermalEnergy
	if got := Merge([]Record{one, two, three}); len(got) != 3 || got[2].Meter != "n" {
		t.Errorf("got\n%s", lines(got))
	}
}

func lines(recs []Record) (out string) {
	for _, r := range recs {
		out += line(r) + "\n"
	}
	return out
}

// FuzzMerge holds the promises of Merge over arbitrary records. Each record
// is six bytes: place, length, alignment, trust, value.
func FuzzMerge(f *testing.F) {
	for seed := range uint64(40) {
		rng := rand.New(rand.NewPCG(seed, 1))
		b := make([]byte, 6*(2+seed))
		for i := range b {
			b[i] = byte(rng.Uint32())
		}
		f.Add(b, seed%2 == 0, uint8(seed))
	}
	f.Fuzz(func(t *testing.T, b []byte, aligned bool, split uint8) {
		if len(b) > 6*200 {
			return
		}
		recs := recordsOf(b, aligned)
		before := slices.Clone(recs)
		merged := Merge(recs)
		if !slices.EqualFunc(recs, before, Record.Same) {
			t.Fatal("the input was changed")
		}
		for i := 1; i < len(merged); i++ {
			if a, b := merged[i-1], merged[i]; sameSeries(&a, &b) && b.Start < a.End() {
				t.Fatalf("overlap:\n%s", lines(merged))
			}
		}
		if again := Merge(merged); !slices.EqualFunc(again, merged, Record.Same) {
			t.Fatalf("not idempotent:\n%s\nthen\n%s", lines(merged), lines(again))
		}
		slices.Reverse(recs)
		if other := Merge(recs); !slices.EqualFunc(other, merged, Record.Same) {
			t.Fatalf("order matters:\n%s\nor\n%s", lines(merged), lines(other))
		}
		if !aligned || len(recs) == 0 {
			return
		}
		cut := int(split) % len(recs)
		steps := Merge(append(Merge(recs[:cut]), recs[cut:]...))
		if !slices.EqualFunc(dataOf(steps), dataOf(merged), Record.Same) {
			t.Fatalf("in steps:\n%s\nat once\n%s", lines(steps), lines(merged))
		}
	})
}

// dataOf leaves out the gaps that any data fill.
func dataOf(recs []Record) []Record {
	return slices.DeleteFunc(slices.Clone(recs), func(r Record) bool { return r.vacant() })
}

func recordsOf(b []byte, aligned bool) (recs []Record) {
	lengths := []int32{60, 300, 600, 900, 1200, 1800, 3600, 7200, 5400, 10800, 86400}
	for ; len(b) >= 6; b = b[6:] {
		length := lengths[int(b[0])%len(lengths)]
		start := int64(binary.BigEndian.Uint16(b[1:])) * 4
		if aligned {
			start -= start % int64(length)
		}
		si := float64(b[4] % 4)
		if si == 3 {
			si = math.NaN()
		}
		r := at(start, length, si, Flags(b[3]&3), int32(b[3]>>2&1))
		if b[5] > 200 {
			r.Kind = ThermalEnergy
		}
		recs = append(recs, r)
	}
	return recs
}
