package collector

import (
	"bytes"
	"fmt"
	"io"
	"mime"
	"net/http"
	"path/filepath"

	"thermie/reports/document"
)

// reportFile is a file that is made from T when it is asked for.
type reportFile[T any] struct {
	name  string
	about string // key of the words that describe it
	write func(T, io.Writer) error
}

// writeAs writes a document in one of the reports' formats.
func writeAs(format string, w io.Writer, doc *document.Document) error {
	for _, f := range document.Formats() {
		if f.Name == format {
			return f.Write(w, doc)
		}
	}
	return fmt.Errorf("documents have no format %q", format)
}

// mediaType returns the type of a file by its extension.
func mediaType(name string) string {
	extension := filepath.Ext(name)
	switch extension {
	case ".csv":
		return "text/csv; charset=utf-8"
	case ".geojson":
		return "application/geo+json"
	case ".gpkg":
		return "application/geopackage+sqlite3"
	case ".json":
		return "application/json"
	case ".txt":
		return "text/plain; charset=utf-8"
	}
	for _, f := range document.Formats() {
		if "."+f.Name == extension {
			return f.MediaType
		}
	}
	return "application/octet-stream"
}

// attachment is a whole file, ready to be sent.
type attachment struct {
	name string
	data bytes.Buffer
}

// attach makes a file, so that one that fails half-way is never sent.
func attach(name string, write func(io.Writer) error) (*attachment, error) {
	a := &attachment{name: name}
	if err := write(&a.data); err != nil {
		return nil, fmt.Errorf("file %s: %w", name, err)
	}
	return a, nil
}

// sent makes a handler that sends the file that compose returns. A report
// that a browser can show opens in it.
func (s *Server) sent(compose func(*visit) (*attachment, error)) http.HandlerFunc {
	return s.visited(func(v *visit, w http.ResponseWriter) error {
		a, err := inTurn(v, compose)
		if err != nil {
			return err
		}
		h := w.Header()
		secure(h)
		h.Set("Content-Type", mediaType(a.name))
		disposition := "attachment"
		if filepath.Ext(a.name) == ".html" {
			disposition = "inline"
		}
		h.Set("Content-Disposition", mime.FormatMediaType(disposition, map[string]string{"filename": a.name}))
		_, _ = w.Write(a.data.Bytes()) // who has gone away cannot be told
		return nil
	})
}
