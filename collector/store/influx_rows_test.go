package store

import (
	"errors"
	"testing"

	"thermie/interval"
)

// A row of which InfluxDB has not written every field yet, or of another
// program, is no interval; least of all one whose value is unknown.
func TestARowIsWholeOrPassedOver(t *testing.T) {
	for row, want := range map[string]struct{ data, gap bool }{
		"[1751327400,3600000,2078,1,null,null,2,0]":    {true, true},
		"[1751327400,null,null,0,null,null,2,0]":       {true, true}, // a gap that an agent wrote itself has no version
		"[1751327400,null,null,0.5,null,null,2,0]":     {false, true},
		"[1751327400,null,2078,1,null,null,2,0]":       {false, true},
		"[1751327400,3600000,2078,null,null,null,2,0]": {},
		"[1751327400,3600000,2078,1,null,null,null,0]": {},
		"[1751327400,3600000,2078,1,null,null,2,null]": {},
	} {
		var r interval.Record
		data, err1 := readRow([]byte(row), false, &r)
		gap, err2 := readRow([]byte(row), true, &r)
		if data != want.data || gap != want.gap || errors.Join(err1, err2) != nil {
			t.Errorf("%s: %v, %v, as a gap %v, %v", row, data, err1, gap, err2)
		}
	}
}

// FuzzReadRow: whatever InfluxDB or something in its place answers, a row is
// read whole, passed over or refused.
func FuzzReadRow(f *testing.F) {
	for _, row := range []string{"[1751327400,3600000,2078,1,null,null,2,0]", "[1,null,null,0,null,null,1099511627778,3]", "[1]", "[]", "null", "[1,2,3,4,5,6,7,8,9]", "[1e3,1e400,2,1,1,1,2,0]"} {
		f.Add([]byte(row))
	}
	f.Fuzz(func(t *testing.T, row []byte) {
		var r interval.Record
		if whole, err := readRow(row, len(row)%2 == 0, &r); whole && err != nil {
			t.Error("whole and wrong")
		}
	})
}
