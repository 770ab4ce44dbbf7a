package reports

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"hash"
	"math"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"

	"thermie/interval"
)

// Digest is a SHA-256 of what figures were computed from: the same inputs have
// the same digest, wherever they were read from.
type Digest [sha256.Size]byte

// String is the digest in hexadecimal.
func (d Digest) String() string { return hex.EncodeToString(d[:]) }

// Short is the beginning of it, for a table.
func (d Digest) Short() string { return hex.EncodeToString(d[:6]) }

// DigestOf is that of a site's cards, in the wire form and sorted, and of its
// merged records, in their order: of each point and kind the name, then nine
// numbers of eight bytes a record.
func DigestOf(cards []interval.Card, records []interval.Record) (d Digest) {
	h := sha256.New()
	lines := make([]string, len(cards))
	for i, c := range cards {
		lines[i] = string(c.AppendLine(nil)) + "\n"
	}
	slices.Sort(lines)
	for _, line := range lines {
		h.Write([]byte(line))
	}
	block := make([]byte, 0, 1<<16)
	for i := range records {
		r := &records[i]
		if i == 0 || r.Meter != records[i-1].Meter || r.Kind != records[i-1].Kind {
			block = append(block, r.Meter+" "+string(r.Kind)+"\n"...)
		}
		block = appendRecord(block, r)
		if len(block) > 1<<16-256 {
			h.Write(block)
			block = block[:0]
		}
	}
	h.Write(block)
	h.Sum(d[:0])
	return d
}

func appendRecord(b []byte, r *interval.Record) []byte {
	for _, v := range [...]uint64{uint64(r.Start), uint64(r.Length), uint64(r.Flags), uint64(r.Rev)} {
		b = binary.LittleEndian.AppendUint64(b, v)
	}
	for _, v := range [...]float64{r.SI, r.U, r.Cov, r.Min, r.Max} {
		if v != v {
			v = math.NaN() // one spelling of what is absent
		}
		b = binary.LittleEndian.AppendUint64(b, math.Float64bits(v))
	}
	return b
}

// Inputs is the digest of all that a dossier was computed from: its year, what
// is declared of its area and the files that this names, the dated tables, and
// its sites' cards and records. A collector's store and an export of it give
// the same, unless the collector's registry says more of the area than the
// configuration does: what it completes, or the sites of a commune.
func (d *Dossier) Inputs() (total Digest, err error) {
	h := sha256.New()
	area, err := d.Area.Rebased(filepath.Base).JSON() // wherever its files lie
	if err != nil {
		return total, fmt.Errorf("what is declared of the area: %w", err)
	}
	tables, err := Tables()
	if err != nil {
		return total, err
	}
	enter(h, "year", []byte(strconv.Itoa(d.Options.Year)))
	enter(h, "area", area)
	for _, t := range tables {
		enter(h, t.Name, t.Data)
	}
	for _, file := range d.Area.Files() {
		if data, err := os.ReadFile(file); err == nil { // one that cannot be read was a fault of the dossier
			enter(h, "file", data)
		}
	}
	for _, s := range d.Sites {
		enter(h, "site "+s.ID, s.Inputs[:])
	}
	h.Sum(total[:0])
	return total, nil
}

// enter adds a named part of a known length.
func enter(h hash.Hash, name string, data []byte) {
	fmt.Fprintf(h, "%s %d\n", name, len(data))
	h.Write(data)
}

// TableFile is one of the dated tables that come with the program.
type TableFile struct {
	Name string
	Data []byte
}

// Tables returns the dated tables that figures are computed with and printed
// from, in order.
func Tables() ([]TableFile, error) {
	files, err := factorFiles.ReadDir("factors")
	if err != nil {
		return nil, err
	}
	var tables []TableFile
	for _, f := range files {
		data, err := factorFiles.ReadFile(path.Join("factors", f.Name()))
		if err != nil {
			return nil, err
		}
		tables = append(tables, TableFile{f.Name(), data})
	}
	return tables, nil
}
