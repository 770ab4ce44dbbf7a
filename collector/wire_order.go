package collector

import (
	"bytes"
	"fmt"
	"slices"
)

// wireTags are the tags of our own lines, in their order.
var wireTags = map[string][]string{
	"interval": {"site", "meter", "kind", "len"},
	"card":     {"site", "meter"},
	"event":    {"site", "meter"},
}

// ourLine reports whether a line has one of our measurements.
func ourLine(line []byte) bool {
	name, _, _ := bytes.Cut(line, []byte(","))
	_, ours := wireTags[string(name)]
	return ours
}

// wireOrder spells a line of our own with its tags in their order, which is
// part of the grammar and which other writers do not keep: Telegraf sorts
// them by name. Called only for lines that could not be read as they stand,
// it costs the others nothing. ok is false where the order of tags is not
// what is wrong; the error names a tag that may not be there, or is not.
func wireOrder(dst, line []byte) (ordered []byte, ok bool, err error) {
	if !ourLine(line) {
		return dst, false, nil
	}
	head, rest, _ := bytes.Cut(line, []byte(" "))
	parts := bytes.Split(head, []byte(","))
	wanted := wireTags[string(parts[0])]
	values := map[string][]byte{}
	for _, part := range parts[1:] {
		key, value, stated := bytes.Cut(part, []byte("="))
		switch name := string(key); {
		case !slices.Contains(wanted, name):
			return dst, false, fmt.Errorf("tag %q is not one of %v (hint: in Telegraf omit_hostname = true, and no global_tags)", name, wanted)
		case !stated:
			return dst, false, fmt.Errorf("tag %s has no value", name)
		case values[name] != nil:
			return dst, false, fmt.Errorf("tag %s comes twice", name)
		default:
			values[name] = value
		}
	}
	dst = append(dst, parts[0]...)
	for _, name := range wanted {
		if values[name] == nil {
			return dst, false, fmt.Errorf("tag %s is missing", name)
		}
		dst = append(append(append(append(dst, ','), name...), '='), values[name]...)
	}
	if bytes.Equal(dst, head) {
		return dst, false, nil
	}
	return append(append(dst, ' '), rest...), true, nil
}
