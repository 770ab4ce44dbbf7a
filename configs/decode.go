package configs

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"reflect"
	"regexp"
	"time"

	"gopkg.in/yaml.v3"
)

// maxFile bounds a YAML file: a configuration that names every meter of a
// large fleet stays far below it.
const maxFile = 1 << 20

// Duration is a length of time written as Go writes it: "30s", "10m",
// "1h30m".
type Duration time.Duration

// UnmarshalYAML reads a duration. Its error carries the line, and leaves
// the other faults of the file to be found as well.
func (d *Duration) UnmarshalYAML(n *yaml.Node) error {
	v, err := time.ParseDuration(n.Value)
	if err != nil || n.Kind != yaml.ScalarNode {
		return &yaml.TypeError{Errors: []string{
			fmt.Sprintf("line %d: %q is not a duration such as 30s, 10m or 1h30m", n.Line, n.Value)}}
	}
	*d = Duration(v)
	return nil
}

// String gives the duration as it is written in a file.
func (d Duration) String() string { return time.Duration(d).String() }

// DecodeStrict reads one YAML document into the value that into points at,
// whose present contents are the defaults; an empty document leaves them.
// Unknown keys, keys written twice, values of another type, a second
// document, anchors, non-finite numbers and files above 1 MiB are refused;
// the error is Faults, with all of them.
func DecodeStrict(file string, data []byte, into any) error {
	_, faults := decode(file, data, into)
	return faults.asError()
}

// DecodeKept reads back what JSON wrote, of whatever size: what this program
// keeps may hold the course and the hours of many networks.
func DecodeKept(file string, data []byte, into any) error {
	_, faults := decodeAll(file, data, into)
	return faults.asError()
}

// document is a parsed file that remembers where everything stood.
type document struct {
	file string
	root *yaml.Node
}

// decode does the work of DecodeStrict and keeps the document, by which
// later checks find their lines. doc is nil where the file could not be
// parsed at all.
func decode(file string, data []byte, into any) (doc *document, faults Faults) {
	if len(data) > maxFile {
		return nil, Faults{{File: file, Message: fmt.Sprintf("the file has more than the %d bytes that a configuration may have", maxFile)}}
	}
	return decodeAll(file, data, into)
}

func decodeAll(file string, data []byte, into any) (doc *document, faults Faults) {
	doc = &document{file: file, root: &yaml.Node{}}
	faults, err := doc.parse(data)
	if err != nil {
		return nil, translate(file, []string{err.Error()})
	}
	faults = append(faults, doc.keys(doc.root, reflect.TypeOf(into))...)
	var wrong *yaml.TypeError
	if err := doc.root.Decode(into); errors.As(err, &wrong) {
		faults = append(faults, translate(file, wrong.Errors)...)
	} else if err != nil {
		faults = append(faults, translate(file, []string{err.Error()})...)
	}
	return doc, faults
}

// parse builds the tree and refuses what YAML allows and a configuration
// has no use for.
func (d *document) parse(data []byte) (Faults, error) {
	decoder := yaml.NewDecoder(bytes.NewReader(data))
	var top, second yaml.Node
	if err := decoder.Decode(&top); errors.Is(err, io.EOF) {
		return nil, nil
	} else if err != nil {
		return nil, err
	}
	if len(top.Content) == 1 {
		d.root = top.Content[0]
	}
	faults := d.refused(d.root)
	if err := decoder.Decode(&second); !errors.Is(err, io.EOF) {
		faults = append(faults, Fault{File: d.file, Line: second.Line, Message: "a second document follows",
			Hint: "keep one document a file: remove the line of three dashes and what follows it"})
	}
	return faults, nil
}

// refused lists anchors, aliases and numbers that are not finite, and takes
// them out of the tree.
func (d *document) refused(n *yaml.Node) (faults Faults) {
	fault := func(message, hint string) {
		faults = append(faults, Fault{File: d.file, Line: n.Line, Message: message, Hint: hint, lost: true})
		*n = yaml.Node{Kind: yaml.ScalarNode, Tag: "!!null", Line: n.Line}
	}
	switch {
	case n.Kind == yaml.AliasNode || n.Anchor != "":
		fault("anchors and aliases are not read", "write the value out")
	case n.Kind == yaml.ScalarNode && n.Tag == "!!float":
		var v float64
		if err := n.Decode(&v); err != nil || v-v != 0 {
			fault(n.Value+" is not a finite number", "leave the key out where the value is not known")
		}
	}
	for _, child := range n.Content {
		faults = append(faults, d.refused(child)...)
	}
	return faults
}

// keys lists the keys that type t does not have, those written twice, and
// numbers that would not stay what they are, and takes them out of the tree,
// so that the rest can be decoded.
func (d *document) keys(n *yaml.Node, t reflect.Type) (faults Faults) {
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	switch {
	case n.Kind == yaml.ScalarNode:
		return d.whole(n, t)
	case n.Kind == yaml.SequenceNode && t.Kind() == reflect.Slice:
		for _, element := range n.Content {
			faults = append(faults, d.keys(element, t.Elem())...)
		}
		return faults
	case n.Kind != yaml.MappingNode || t.Kind() != reflect.Struct && t.Kind() != reflect.Map:
		return nil
	}
	first := map[string]int{}
	var kept []*yaml.Node
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		line, twice := first[key.Value]
		field, known := fieldType(t, key.Value)
		switch {
		case twice:
			faults = append(faults, Fault{File: d.file, Line: key.Line,
				Message: fmt.Sprintf("key %s is written twice, first in line %d", key.Value, line), Hint: "keep one of them"})
			continue
		case !known:
			faults = append(faults, Fault{File: d.file, Line: key.Line,
				Message: "unknown key " + key.Value, Hint: didYouMean(key.Value, fieldNames(t))})
			continue
		}
		if t.Kind() == reflect.Map {
			if cut := d.whole(key, t.Key()); cut != nil {
				faults = append(faults, cut...)
				continue
			}
		}
		first[key.Value] = key.Line
		kept = append(kept, key, value)
		faults = append(faults, d.keys(value, field)...)
	}
	n.Content = kept
	return faults
}

// octal is a number that YAML reads in base eight.
var octal = regexp.MustCompile(`^[-+]?0[0-9_]`)

// whole refuses what the YAML decoder would make another whole number of,
// without a word: 1.5, which it cuts to 1, and 010, which it reads as eight.
func (d *document) whole(n *yaml.Node, t reflect.Type) Faults {
	if !integer(t) {
		return nil
	}
	fault := Fault{File: d.file, Line: n.Line, lost: true}
	switch {
	case n.Tag == "!!float":
		fault.Message = wrongType("float", n.Value, t.Kind().String())
		fault.Hint = "write plain digits, without a point or an exponent"
	case n.Tag == "!!int" && octal.MatchString(n.Value):
		fault.Message = fmt.Sprintf("%q begins with a zero, which makes it a number in base eight", n.Value)
		fault.Hint = "write it without the zero"
	default:
		return nil
	}
	*n = yaml.Node{Kind: yaml.ScalarNode, Tag: "!!null", Line: n.Line}
	return Faults{fault}
}

// integer reports whether t holds whole numbers, and reads them from YAML as
// they are.
func integer(t reflect.Type) bool {
	reads := reflect.PointerTo(t).Implements(reflect.TypeFor[yaml.Unmarshaler]())
	return !reads && t.Kind() >= reflect.Int && t.Kind() <= reflect.Uint64
}

// find walks from the root by keys (string) and positions (int). It returns
// the line of the deepest part of the path that stands in the file.
func (d *document) find(path []any) (line int, whole bool) {
	n, line := d.root, d.root.Line
	for _, step := range path {
		next := child(n, step)
		if next == nil {
			return max(line, 1), false
		}
		n, line = next, next.Line
	}
	return max(line, 1), true
}

func child(n *yaml.Node, step any) *yaml.Node {
	switch step := step.(type) {
	case string:
		for i := 0; n.Kind == yaml.MappingNode && i+1 < len(n.Content); i += 2 {
			if n.Content[i].Value == step {
				return n.Content[i+1]
			}
		}
	case int:
		if n.Kind == yaml.SequenceNode && step < len(n.Content) {
			return n.Content[step]
		}
	}
	return nil
}
