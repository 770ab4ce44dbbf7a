package reports

import "io"

// Output is one file of a report.
type Output struct {
	Name  string
	Write func(io.Writer) error
}
