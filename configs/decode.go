package configs

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"reflect"
	"regexp"
	"strconv"
	"strings"
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

// MarshalYAML writes a duration as UnmarshalYAML reads it.
func (d Duration) MarshalYAML() (any, error) { return time.Duration(d).String(), nil }

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

// Encode writes v as YAML that DecodeStrict reads back.
func Encode(v any) ([]byte, error) {
	var b bytes.Buffer
	e := yaml.NewEncoder(&b)
	e.SetIndent(2)
	if err := e.Encode(v); err != nil {
		return nil, fmt.Errorf("write YAML: %w", err)
	}
	return b.Bytes(), nil
}

// document is a parsed file that remembers where everything stood.
type document struct {
	file string
	root *yaml.Node
}

// decode does the work of DecodeStrict and keeps the document, by which
// later checks find their lines.
func decode(file string, data []byte, into any) (*document, Faults) {
	doc := &document{file: file, root: &yaml.Node{}}
	if len(data) > maxFile {
		return doc, Faults{{File: file, Message: fmt.Sprintf("the file has %d bytes, more than a configuration may have (%d)", len(data), maxFile)}}
	}
	if faults := doc.parse(data); len(faults) > 0 {
		return doc, faults
	}
	strict := yaml.NewDecoder(bytes.NewReader(data))
	strict.KnownFields(true)
	err := strict.Decode(into)
	if err == nil || errors.Is(err, io.EOF) {
		return doc, nil
	}
	return doc, translate(file, err, knownKeys(reflect.TypeOf(into)))
}

// parse builds the tree and refuses what YAML allows and a configuration
// has no use for.
func (d *document) parse(data []byte) Faults {
	decoder := yaml.NewDecoder(bytes.NewReader(data))
	var top yaml.Node
	if err := decoder.Decode(&top); errors.Is(err, io.EOF) {
		return nil
	} else if err != nil {
		return translate(d.file, err, nil)
	}
	if len(top.Content) == 1 {
		d.root = top.Content[0]
	}
	faults := d.refused(d.root)
	var second yaml.Node
	if err := decoder.Decode(&second); !errors.Is(err, io.EOF) {
		line := second.Line
		faults = append(faults, Fault{d.file, line, "a second document follows", "keep one document a file: remove the line of three dashes and what follows it"})
	}
	return faults
}

// refused lists anchors, aliases and numbers that are not finite, which
// would pass the decoder.
func (d *document) refused(n *yaml.Node) (faults Faults) {
	switch {
	case n.Kind == yaml.AliasNode || n.Anchor != "":
		return Faults{{d.file, n.Line, "anchors and aliases are not read", "write the value out"}}
	case n.Kind == yaml.ScalarNode && n.Tag == "!!float":
		if v, err := strconv.ParseFloat(strings.Replace(n.Value, ".", "", 1), 64); err == nil && v-v != 0 {
			return Faults{{d.file, n.Line, n.Value + " is not a finite number", "leave the key out where the value is not known"}}
		}
	}
	for _, child := range n.Content {
		faults = append(faults, d.refused(child)...)
	}
	return faults
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

var (
	yamlLine     = regexp.MustCompile(`^(?:yaml: )?line (\d+): (?s)(.*)$`)
	yamlUnknown  = regexp.MustCompile(`^field (.*) not found in type (\S+)$`)
	yamlTwice    = regexp.MustCompile(`^field (.*) already set in type \S+$`)
	yamlTwiceKey = regexp.MustCompile(`^mapping key (.*) already defined at line (\d+)$`)
	yamlType     = regexp.MustCompile("^cannot unmarshal !!(\\S+)(?: `(.*)`)? into (\\S+)$")
)

// translate turns the decoder's words into ours.
func translate(file string, err error, keys map[string][]string) (faults Faults) {
	var several *yaml.TypeError
	if !errors.As(err, &several) {
		several = &yaml.TypeError{Errors: []string{err.Error()}}
	}
	for _, text := range several.Errors {
		f := Fault{File: file, Message: strings.TrimPrefix(text, "yaml: ")}
		if m := yamlLine.FindStringSubmatch(text); m != nil {
			f.Line, _ = strconv.Atoi(m[1])
			f.Message = m[2]
		}
		f.Message, f.Hint = inPlainWords(f.Message, keys)
		faults = append(faults, f)
	}
	return faults
}

func inPlainWords(text string, keys map[string][]string) (message, hint string) {
	if m := yamlUnknown.FindStringSubmatch(text); m != nil {
		return "unknown key " + m[1], didYouMean(m[1], keys[m[2]])
	}
	if m := yamlTwice.FindStringSubmatch(text); m != nil {
		return "key " + m[1] + " is written twice", "keep one of them"
	}
	if m := yamlTwiceKey.FindStringSubmatch(text); m != nil {
		return "key " + m[1] + " is written twice, first in line " + m[2], "keep one of them"
	}
	if m := yamlType.FindStringSubmatch(text); m != nil {
		return wrongType(m[1], m[2], m[3]), ""
	}
	return text, ""
}

// wrongType says what was expected where a value does not fit its key.
func wrongType(found, value, wanted string) string {
	what := map[string]string{"seq": "a list", "map": "a block of keys"}[found]
	if what == "" {
		what = strconv.Quote(value)
	}
	switch {
	case strings.HasPrefix(wanted, "[]"):
		return what + " stands where a list is expected"
	case wanted == "bool":
		return what + " is neither true nor false"
	case strings.HasPrefix(wanted, "float"):
		return what + " is not a number"
	case wanted == "uint8":
		return what + " is not a whole number from 0 to 255"
	case wanted == "uint16":
		return what + " is not a whole number from 0 to 65535"
	case strings.HasPrefix(wanted, "int"), strings.HasPrefix(wanted, "uint"):
		if !strings.Contains(wanted, ".") {
			return what + " is not a whole number"
		}
	case wanted == "string":
		return what + " stands where a text is expected"
	}
	return what + " stands where a block of keys is expected"
}
