package feeds

import "time"

// Point is one line of InfluxDB's line protocol, whoever wrote it. It may be
// decoded into again and again.
type Point struct {
	Measurement string
	Tags        []Tag
	Fields      []Field
	At          time.Time // zero where the line has no time

	tagged, fielded map[string]bool // names that have come: a line may have thousands
}

// Tag is a name of a point with its value.
type Tag struct{ Key, Value string }

// Field is one value of a point.
type Field struct {
	Key    string
	Number float64 // of a Number
	Type   FieldType
}

// FieldType is what sort of value a field has.
type FieldType uint8

// The sorts of values: floats and integers of both kinds, true and false,
// text in quotes.
const (
	Number FieldType = iota
	Truth
	Text
)

func (t FieldType) String() string { return [...]string{"number", "truth value", "text"}[t] }

// tag returns the value of a tag; ok is false where the point has none.
func (p *Point) tag(key string) (value string, ok bool) {
	for _, t := range p.Tags {
		if t.Key == key {
			return t.Value, true
		}
	}
	return "", false
}

// reset forgets everything but the room that it has.
func (p *Point) reset() {
	if p.tagged == nil {
		p.tagged, p.fielded = map[string]bool{}, map[string]bool{}
	}
	clear(p.tagged)
	clear(p.fielded)
	*p = Point{Tags: p.Tags[:0], Fields: p.Fields[:0], tagged: p.tagged, fielded: p.fielded}
}
