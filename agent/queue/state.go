package queue

import (
	"bytes"
	"compress/flate"
	"encoding/base64"
	"errors"
	"io"
	"sync"
)

// stateMark begins the comment line of a block that holds the baselines.
const stateMark = "#state "

// packing is flate's level: of BestCompression's room it takes a fortieth
// more, and half of its time.
const packing = 5

// packers are kept, because each takes most of a megabyte.
var packers = sync.Pool{New: func() any {
	w, _ := flate.NewWriter(nil, packing) // fails only for an unknown level
	return w
}}

// encodeState packs baselines into one comment line while they are written:
// they stand in every block, and plain they would take more room than the
// lines.
func encodeState(baselines func(io.Writer) error) ([]byte, error) {
	var packed bytes.Buffer
	w := packers.Get().(*flate.Writer)
	defer packers.Put(w)
	w.Reset(&packed)
	if err := errors.Join(baselines(w), w.Close()); err != nil { // a buffer takes everything
		return nil, err
	}
	return base64.StdEncoding.AppendEncode([]byte(stateMark), packed.Bytes()), nil
}

// mostState is far above what a site's baselines take.
const mostState = 256 << 20

// baselines are what the block's state says; nil where it says nothing that
// can be read.
func (b block) baselines() []byte {
	if b.state == nil {
		return nil
	}
	baselines, err := decodeState(b.state)
	if err != nil {
		return nil
	}
	return baselines
}

func decodeState(line []byte) ([]byte, error) {
	packed, err := base64.StdEncoding.AppendDecode(nil, bytes.TrimPrefix(line, []byte(stateMark)))
	if err != nil {
		return nil, err
	}
	return io.ReadAll(io.LimitReader(flate.NewReader(bytes.NewReader(packed)), mostState))
}
