package interval

import "time"

// LineType says which of the three lines of the wire a Line is.
type LineType uint8

// The three line types.
const (
	RecordLine LineType = iota + 1
	CardLine
	EventLine
)

// Line is one decoded wire line; only the part that Type names is set.
type Line struct {
	Type    LineType
	Record  Record
	Card    Card
	Event   Event
	Ignored int // fields that this version does not know
}

// Decode reads one line (without its newline) into l.
func (l *Line) Decode(b []byte, precision time.Duration) error { return nil }
