package reports

import "io"

// Output is one file of a report.
type Output struct {
	Name  string
	Write func(io.Writer) error
}

// Contents is a file whose bytes are known.
func Contents(name string, data []byte) Output {
	return Output{Name: name, Write: func(w io.Writer) error { _, err := w.Write(data); return err }}
}
