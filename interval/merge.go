package interval

import (
	"cmp"
	"slices"
)

// Merge makes one series a point and kind of records in any order: replays,
// corrections, late data, imports, overlaps. The result is sorted by site,
// meter, kind and start, and never overlaps itself within a point and kind.
// recs is left as it is.
//
//   - Of one key, the record that supersedes the others stays (Supersedes).
//   - The shortest length wins: a longer interval is used only where no
//     shorter one lies inside it.
//   - A gap stays only where no data are, unless it is a correction, which
//     takes back what was known and counts as data here.
//
// The order of records never matters, and merging twice is merging once. To
// merge what was merged before with what came since is to merge all, if all
// intervals are aligned: len divides a day and start is a multiple of len.
// For others no rule that keeps intervals whole could promise this: where A
// overlaps B and B overlaps C, dropping B for A forgets that C was to go for
// B. The same holds of a gap beside data of a shorter length, both inside
// longer data: which of the gaps are still listed may depend on the order of
// merging, the data never do.
func Merge(recs []Record) []Record { return MergeInPlace(slices.Clone(recs)) }

// MergeInPlace is Merge for who needs recs no longer: it makes no copy of
// them, and its result lies in their place.
func MergeInPlace(recs []Record) []Record {
	sorted := recs
	if !inOrder(sorted) {
		slices.SortFunc(sorted, func(a, b Record) int { return order(&a, &b) })
	}
	out := sorted[:0] // never ahead of what is read
	for rest := sorted; len(rest) > 0; {
		n, keys := 1, 1
		for ; n < len(rest) && sameSeries(&rest[0], &rest[n]); n++ {
			if rest[n].Start != rest[keys-1].Start || rest[n].Length != rest[keys-1].Length {
				rest[keys] = rest[n]
				keys++
			}
		}
		out = append(out, mergeSeries(rest[:keys])...)
		rest = rest[n:]
	}
	return out
}

func inOrder(recs []Record) bool {
	for i := 1; i < len(recs); i++ {
		if order(&recs[i-1], &recs[i]) > 0 {
			return false
		}
	}
	return true
}

func sameSeries(a, b *Record) bool {
	return a.Meter == b.Meter && a.Kind == b.Kind && a.Site == b.Site
}

// order sorts by series, start and length, and within a key the record to
// keep first. Two records that differ under one revision are a fault of
// their source; some order is theirs all the same.
func order(a, b *Record) int {
	switch {
	case a.Site != b.Site:
		return cmp.Compare(a.Site, b.Site)
	case a.Meter != b.Meter:
		return cmp.Compare(a.Meter, b.Meter)
	case a.Kind != b.Kind:
		return cmp.Compare(a.Kind, b.Kind)
	case a.Start != b.Start:
		return cmp.Compare(a.Start, b.Start)
	case a.Length != b.Length:
		return cmp.Compare(a.Length, b.Length)
	case a.Supersedes(*b):
		return -1
	case b.Supersedes(*a):
		return 1
	}
	return cmp.Or(cmp.Compare(b.Cov, a.Cov), cmp.Compare(b.SI, a.SI), cmp.Compare(a.U, b.U),
		cmp.Compare(a.Min, b.Min), cmp.Compare(a.Max, b.Max), cmp.Compare(a.Flags, b.Flags))
}

// mergeSeries resolves the overlaps of one point and kind; recs are sorted
// by start and have distinct keys.
func mergeSeries(recs []Record) []Record {
	if simple(recs) {
		return recs
	}
	var data, gaps []Record
	for _, r := range recs {
		if r.vacant() {
			gaps = append(gaps, r)
		} else {
			data = append(data, r)
		}
	}
	kept := shortestFirst(data)
	open := slices.DeleteFunc(gaps, func(gap Record) bool { return occupied(kept, gap.Start, gap.End()) })
	return weave(kept, shortestFirst(open))
}

// simple reports whether recs are all of one length and do not overlap.
func simple(recs []Record) bool {
	for i := 1; i < len(recs); i++ {
		if recs[i].Length != recs[0].Length || recs[i-1].Start+int64(recs[i-1].Length) > recs[i].Start {
			return false
		}
	}
	return true
}

// shortestFirst keeps of recs, sorted by start, what the lengths allow.
func shortestFirst(recs []Record) (kept []Record) {
	byRank := map[rank][]Record{}
	for _, r := range recs {
		k := rankOf(&r)
		byRank[k] = append(byRank[k], r)
	}
	ranks := make([]rank, 0, len(byRank))
	for k := range byRank {
		ranks = append(ranks, k)
	}
	slices.SortFunc(ranks, func(a, b rank) int {
		return cmp.Or(cmp.Compare(a.block, b.block), cmp.Compare(a.length, b.length))
	})
	for _, k := range ranks {
		var fit []Record
		for _, r := range byRank[k] {
			from, to := k.territory(&r)
			apart := len(fit) == 0 || fit[len(fit)-1].End() <= r.Start
			if apart && !occupied(kept, from, to) {
				fit = append(fit, r)
			}
		}
		kept = weave(kept, fit)
	}
	return kept
}

// rank orders records: the lower is kept first.
type rank struct{ block, length int64 }

// blocks are lengths each of which divides the next, so that intervals of
// these lengths lie inside each other or apart.
var blocks = []int64{1, 10, 60, 300, 600, 1800, 3600, 86400}

// rankOf gives r the smallest block that its length divides. A length that
// is a block itself gives way only to what lies inside it. Another aligned
// length, such as 15 min, may overlap a neighbour length in part; it gives
// way to anything shorter in its whole block. Whatever else is not aligned
// stands for itself.
func rankOf(r *Record) rank {
	length := int64(r.Length)
	k := rank{length, length}
	if length <= 0 || mod(r.Start, length) != 0 {
		return k
	}
	for _, block := range blocks {
		if block%length == 0 {
			k.block = block
			break
		}
	}
	return k
}

// territory is the time in which r stands only if nothing of a lower rank
// is there.
func (k rank) territory(r *Record) (from, to int64) {
	if k.block == k.length {
		return r.Start, r.End()
	}
	from = r.Start - mod(r.Start, k.block)
	return from, from + k.block
}

// mod is the remainder that is never negative.
func mod(a, b int64) int64 { return ((a % b) + b) % b }

// occupied reports whether one of recs, sorted and apart, has time between
// from and to.
func occupied(recs []Record, from, to int64) bool {
	at, _ := slices.BinarySearchFunc(recs, from, func(r Record, from int64) int {
		if r.End() <= from {
			return -1
		}
		return 1
	})
	return at < len(recs) && recs[at].Start < to
}

// weave makes one sorted list of two.
func weave(a, b []Record) []Record {
	if len(a) == 0 || len(b) == 0 {
		return append(a, b...)
	}
	out := make([]Record, 0, len(a)+len(b))
	for len(a) > 0 && len(b) > 0 {
		if a[0].Start < b[0].Start {
			out, a = append(out, a[0]), a[1:]
		} else {
			out, b = append(out, b[0]), b[1:]
		}
	}
	return append(append(out, a...), b...)
}
