package document

import (
	"archive/zip"
	"fmt"
	"io"
	"time"
)

// part is one file in an office document's package.
type part struct {
	name   string
	body   []byte
	stored bool // uncompressed
}

// packageTime is the time that every part of a package carries: the oldest
// that the format can say, so that the same report has the same bytes.
var packageTime = time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)

// writePackage writes the parts as a zip archive in the order given.
func writePackage(w io.Writer, parts []part) error {
	archive := zip.NewWriter(w)
	for _, p := range parts {
		header := &zip.FileHeader{Name: p.name, Method: zip.Deflate, Modified: packageTime}
		if p.stored {
			header.Method = zip.Store
		}
		file, err := archive.CreateHeader(header)
		if err != nil {
			return fmt.Errorf("add %s to the package: %w", p.name, err)
		}
		if _, err := file.Write(p.body); err != nil {
			return fmt.Errorf("write %s into the package: %w", p.name, err)
		}
	}
	if err := archive.Close(); err != nil {
		return fmt.Errorf("close the package: %w", err)
	}
	return nil
}
