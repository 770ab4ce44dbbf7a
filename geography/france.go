package geography

import (
	"bytes"
	"compress/gzip"
	_ "embed"
	"fmt"
	"io"
	"sync"
)

// France is the geography of one millésime. It is never changed and may be
// read by many at once.
type France struct {
	Origin Origin

	regions     map[string]string     // name by code
	departments map[string]department // by code
	communes    []commune             // by code
	bodies      []Body                // by SIREN
	former      []Former              // by code
}

// Origin says where the data come from; data/ORIGIN.md says more.
type Origin struct {
	Year    int    // millésime: the geography of 1 January
	Package string // with its version
	Hash    string // of the package, as its registry states it
	Licence string
}

type department struct{ name, region string }

//go:embed data/france-2026.tsv.gz
var embedded []byte

// Open returns the geography that comes with the program. It is unpacked on
// the first call and kept.
var Open = sync.OnceValues(func() (*France, error) {
	text, err := unpack()
	if err != nil {
		return nil, fmt.Errorf("the embedded geography: %w", err)
	}
	f, err := decode(text)
	if err != nil {
		return nil, fmt.Errorf("the embedded geography: %w", err)
	}
	return f, nil
})

func unpack() (string, error) {
	unpacked, err := gzip.NewReader(bytes.NewReader(embedded))
	if err != nil {
		return "", err
	}
	text, err := io.ReadAll(unpacked)
	return string(text), err
}
