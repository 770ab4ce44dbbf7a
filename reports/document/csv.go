package document

import (
	"bufio"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
)

// CSVFormat is how a CSV file is spelled.
type CSVFormat struct {
	BOM       bool   // UTF-8 byte order mark, by which Excel knows the encoding
	Delimiter string // ";" or ","
	Decimal   string // "." or ","; must differ from the delimiter
	CRLF      bool   // lines end CR LF as RFC 4180 has it, else LF
	Lang      string // of the marks of figures that are not known; French when empty
}

// The formats in use.
var (
	// DepositCSV is how the open data of the PCAET deposit platform are
	// spelled: BOM, semicolon, decimal point, LF.
	DepositCSV = CSVFormat{BOM: true, Delimiter: ";", Decimal: "."}
	// PlainCSV is RFC 4180 in UTF-8, for programs.
	PlainCSV = CSVFormat{Delimiter: ",", Decimal: ".", CRLF: true}
)

// CSVWriter writes rows of a CSV file. The first error sticks and is
// returned by Close.
type CSVWriter struct {
	format CSVFormat
	out    *bufio.Writer
	width  int // fields of the first row; 0 before it
	err    error
}

// NewCSVWriter starts a file on w.
func NewCSVWriter(w io.Writer, f CSVFormat) *CSVWriter {
	c := &CSVWriter{format: f, out: bufio.NewWriter(w)}
	if f.Delimiter == "" || f.Delimiter == f.Decimal {
		c.err = fmt.Errorf("CSV: delimiter %q and decimal mark %q must be two different signs", f.Delimiter, f.Decimal)
	}
	if f.BOM {
		c.put("\ufeff")
	}
	return c
}

// Row writes one row. A field is a string, a Figure, a Number, an int or
// nil, which leaves it empty. All rows have as many fields as the first.
func (c *CSVWriter) Row(fields ...any) {
	if c.width == 0 {
		c.width = len(fields)
	}
	if len(fields) != c.width && c.err == nil {
		c.err = fmt.Errorf("CSV: a row of %d fields in a file of %d columns", len(fields), c.width)
	}
	for i, field := range fields {
		if i > 0 {
			c.put(c.format.Delimiter)
		}
		c.put(c.field(field))
	}
	if c.format.CRLF {
		c.put("\r")
	}
	c.put("\n")
}

// Number is a number with a fixed count of decimals; NaN leaves the field
// empty, since missing is never zero.
type Number struct {
	Value    float64
	Decimals int
}

func (c *CSVWriter) field(value any) string {
	switch v := value.(type) {
	case nil:
		return ""
	case int:
		return strconv.Itoa(v)
	case Number:
		if math.IsNaN(v.Value) || math.IsInf(v.Value, 0) {
			return ""
		}
		return strings.Replace(strconv.FormatFloat(v.Value, 'f', v.Decimals, 64), ".", c.format.Decimal, 1)
	case Figure:
		if v.Mark != Known {
			return c.quote(v.Text(c.format.Lang))
		}
		return strings.Replace(v.Plain(), ".", c.format.Decimal, 1)
	case string:
		return c.quote(v)
	}
	if c.err == nil {
		c.err = fmt.Errorf("CSV: cannot write a %T", value)
	}
	return ""
}

// quote quotes a text where needed. A text that a spreadsheet would run as a
// formula is preceded by an apostrophe: names come from other people's
// files.
func (c *CSVWriter) quote(s string) string {
	if s != "" && strings.ContainsRune("=+-@\t\r", rune(s[0])) {
		s = "'" + s
	}
	if strings.ContainsAny(s, "\"\r\n"+c.format.Delimiter) || s != strings.TrimSpace(s) {
		return `"` + strings.ReplaceAll(s, `"`, `""`) + `"`
	}
	return s
}

func (c *CSVWriter) put(s string) {
	if c.err == nil {
		_, c.err = c.out.WriteString(s)
	}
}

// Close writes what is left and returns the first error.
func (c *CSVWriter) Close() error {
	if c.err == nil {
		c.err = c.out.Flush()
	}
	return c.err
}
