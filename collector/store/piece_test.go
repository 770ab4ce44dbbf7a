package store

import (
	"math"
	"slices"
	"testing"

	"thermie/interval"
)

func readPiece(site string, piece []byte) (recs []interval.Record, err error) {
	p := pieceReader{site: site, names: map[string]string{}}
	err = p.read(piece, func(r *interval.Record) { recs = append(recs, *r) })
	return recs, err
}

// A piece gives back what was put in, bit for bit and in order.
func TestPiecesLoseNothing(t *testing.T) {
	recs := []interval.Record{
		rec(noon, 3.6e6), rec(noon+600, -0.1),
		with(rec(noon, 300.15), func(r *interval.Record) {
			r.Kind, r.Meter, r.Min, r.Max, r.U = "neutron_flux", "m2", 299.9, math.Copysign(0, -1), 0
		}),
		with(rec(noon-600, math.NaN()), func(r *interval.Record) { r.U, r.Cov, r.Flags, r.Rev = 0, 0, 1<<62, math.MaxInt32 }),
		with(rec(noon, 5), func(r *interval.Record) { r.Length, r.Cov = 3600, 0.3 }),
	}
	got, err := readPiece("paris-1", appendPiece(nil, recs))
	if err != nil || !slices.EqualFunc(got, recs, sameBits) {
		t.Errorf("got %v %v, want %v", got, err, recs)
	}
}

// Whatever the disk gives back, reading ends, and what is read is written
// and read again alike.
func FuzzPiece(f *testing.F) {
	first, second := fixtureContent()
	f.Add(appendPiece(nil, first.Records))
	f.Add(appendPiece(nil, second.Records))
	f.Add([]byte{pieceForm})
	f.Fuzz(func(t *testing.T, piece []byte) {
		recs, err := readPiece("paris-1", piece)
		if err != nil {
			return
		}
		again, err := readPiece("paris-1", appendPiece(nil, recs))
		if err != nil || !slices.EqualFunc(again, recs, sameBits) {
			t.Errorf("%v became %v, %v", recs, again, err)
		}
	})
}
