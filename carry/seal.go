package carry

import (
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"strconv"
)

// Seal says what a carried file holds, and who vouches for it.
type Seal struct {
	Site     string
	Number   uint64 // of the file, from 1 without holes
	Previous string // the name of the file before; "none" for the first
	Lines    int
	Bytes    int64  // of the lines
	SHA256   string // of the lines, hex

	text sealed
	name string
}

// None stands for the name of the file before the first.
const None = "none"

const sealTitle = "thermie carried lines, version 1"

// sign makes the seal's text.
func (s *Seal) sign(key ed25519.PrivateKey) []byte {
	text := seal(sealTitle, []field{
		{"site", s.Site}, {"number", strconv.FormatUint(s.Number, 10)}, {"previous", s.Previous},
		{"lines", strconv.Itoa(s.Lines)}, {"bytes", strconv.FormatInt(s.Bytes, 10)}, {"sha256", s.SHA256},
	}, key)
	s.name = nameOf(text)
	return text
}

func parseSeal(text []byte) (Seal, error) {
	read, err := unseal(text, sealTitle, "site", "number", "previous", "lines", "bytes", "sha256")
	if err != nil {
		return Seal{}, fmt.Errorf("the seal cannot be read: %w", err)
	}
	s := Seal{Site: read.values["site"], Previous: read.values["previous"], SHA256: read.values["sha256"], text: read, name: nameOf(text)}
	if s.Number, err = strconv.ParseUint(read.values["number"], 10, 64); err == nil {
		if s.Lines, err = strconv.Atoi(read.values["lines"]); err == nil {
			s.Bytes, err = strconv.ParseInt(read.values["bytes"], 10, 64)
		}
	}
	if err == nil && (s.Number == 0 || s.Lines < 0 || s.Bytes < 0) {
		err = errors.New("one is too small")
	}
	if err != nil {
		return Seal{}, fmt.Errorf("the seal's numbers make no sense: %w", err)
	}
	return s, nil
}

// Name is the hash of the whole seal, by which the next file and the receipt
// know this one.
func (s Seal) Name() string { return s.name }

func nameOf(text []byte) string {
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:])
}
