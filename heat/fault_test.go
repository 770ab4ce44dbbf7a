package heat

import (
	"strings"
	"testing"
	"time"
)

func TestAFaultSpeaksEnglish(t *testing.T) {
	at := time.Date(2025, time.March, 30, 3, 0, 0, 0, time.UTC)
	f := NewFault("x", "row {row}, {at}: {power_w} W in “{cell}”", "row", 5, "at", at, "power_w", 1234.5, "cell", excerpt("a\x1b[31m"))
	if got, want := f.Error(), "row 5, 2025-03-30 03:00: 1234.5 W in “a·[31m”"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if long := excerpt(strings.Repeat("é", 200)); len([]rune(long)) != longestExcerpt+1 {
		t.Errorf("an excerpt of %d letters", len([]rune(long)))
	}
}
