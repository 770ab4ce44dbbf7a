package carry

import (
	"crypto/ed25519"
	"fmt"
	"strconv"
	"time"
)

// Receipt says that a collector has stored a carried file.
type Receipt struct {
	Site    string
	Number  uint64
	File    string // its name, see Seal.Name
	Lines   int    // in the file
	Refused int    // of them, lines that the collector keeps aside because it cannot store them
	Taken   time.Time
}

const receiptTitle = "thermie receipt, version 1"

// Sign writes the receipt as a text.
func (r Receipt) Sign(key ed25519.PrivateKey) []byte {
	return seal(receiptTitle, []field{
		{"site", r.Site}, {"number", strconv.FormatUint(r.Number, 10)}, {"file", r.File},
		{"lines", strconv.Itoa(r.Lines)}, {"refused", strconv.Itoa(r.Refused)}, {"taken", r.Taken.UTC().Format(time.RFC3339)},
	}, key)
}

// OpenReceipt reads a receipt that the holder of key has signed.
func OpenReceipt(text []byte, key ed25519.PublicKey) (Receipt, error) {
	read, err := unseal(text, receiptTitle, "site", "number", "file", "lines", "refused", "taken")
	if err != nil {
		return Receipt{}, fmt.Errorf("the receipt cannot be read: %w", err)
	}
	if err := read.verify(key); err != nil {
		return Receipt{}, fmt.Errorf("receipt: %w", err)
	}
	r := Receipt{Site: read.values["site"], File: read.values["file"]}
	number, err1 := strconv.ParseUint(read.values["number"], 10, 64)
	lines, err2 := strconv.Atoi(read.values["lines"])
	refused, err3 := strconv.Atoi(read.values["refused"])
	taken, err4 := time.Parse(time.RFC3339, read.values["taken"])
	for _, err := range []error{err1, err2, err3, err4} {
		if err != nil {
			return Receipt{}, fmt.Errorf("the receipt makes no sense: %w", err)
		}
	}
	r.Number, r.Lines, r.Refused, r.Taken = number, lines, refused, taken
	return r, nil
}
