package document

import (
	"bytes"
	"encoding/csv"
	"errors"
	"math"
	"strings"
	"testing"
)

// frenchCSV is how a French desktop spells the files that it opens.
var frenchCSV = CSVFormat{BOM: true, Delimiter: ";", Decimal: ",", CRLF: true}

func TestCSVFields(t *testing.T) {
	var b bytes.Buffer
	c := NewCSVWriter(&b, frenchCSV)
	c.Row("a;b", `"c"`, "d\ne", " f ", "=1+1")
	c.Row(Number{Value: 1234.5, Decimals: 2}, Number{Value: math.NaN()}, 7, nil, Figure{Mark: Unknown, Value: 3})
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}
	r := csv.NewReader(strings.NewReader(strings.TrimPrefix(b.String(), "\ufeff")))
	r.Comma = ';'
	rows, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	want := [][]string{{"a;b", `"c"`, "d\ne", " f ", "'=1+1"}, {"1234,50", "", "7", "", "non connu"}}
	for i := range want {
		if strings.Join(rows[i], "|") != strings.Join(want[i], "|") {
			t.Errorf("row %d: %q, want %q", i, rows[i], want[i])
		}
	}
}

// failing is a full disk.
type failing struct{}

var errFull = errors.New("no space left")

func (failing) Write([]byte) (int, error) { return 0, errFull }

func TestCSVErrors(t *testing.T) {
	ragged := NewCSVWriter(&bytes.Buffer{}, PlainCSV)
	ragged.Row("a", "b")
	ragged.Row("c")
	foreign := NewCSVWriter(&bytes.Buffer{}, PlainCSV)
	foreign.Row(struct{}{})
	full := NewCSVWriter(failing{}, PlainCSV)
	full.Row("a")
	for want, c := range map[string]*CSVWriter{
		"1 fields in a file of 2": ragged, "cannot write a struct": foreign, "no space left": full,
		"two different signs": NewCSVWriter(&bytes.Buffer{}, CSVFormat{Delimiter: ",", Decimal: ","}),
	} {
		if err := c.Close(); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want an error that says %q", err, want)
		}
	}
}
