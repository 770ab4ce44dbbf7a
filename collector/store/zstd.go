package store

import (
	"fmt"
	"sync"

	"github.com/klauspost/compress/zstd"
)

// maxUnpacked bounds what a damaged blob can make us allocate.
const maxUnpacked = 16 << 20

// coder packs and unpacks small blobs; both ends are safe for concurrent use.
var coder = sync.OnceValue(func() (c struct {
	pack   *zstd.Encoder
	unpack *zstd.Decoder
}) {
	// The options are constant and valid, so there is no error to handle.
	c.pack, _ = zstd.NewWriter(nil, zstd.WithEncoderConcurrency(2), zstd.WithEncoderCRC(false),
		zstd.WithSingleSegment(true), zstd.WithWindowSize(64<<10))
	c.unpack, _ = zstd.NewReader(nil, zstd.WithDecoderConcurrency(2), zstd.WithDecoderMaxMemory(maxUnpacked))
	return c
})

// pack compresses plain and appends it to dst.
func pack(dst, plain []byte) []byte { return coder().pack.EncodeAll(plain, dst) }

// unpack returns what pack was given.
func unpack(packed []byte) ([]byte, error) {
	plain, err := coder().unpack.DecodeAll(packed, nil)
	if err != nil {
		return nil, fmt.Errorf("unpack: %w", err)
	}
	return plain, nil
}
