package configs

import (
	"regexp"
	"strconv"
	"strings"
)

var (
	yamlLine = regexp.MustCompile(`^(?:yaml: )?line (\d+): (?s)(.*)$`)
	yamlType = regexp.MustCompile("^cannot unmarshal !!(\\S+)(?: `(?s)(.*)`)? into (\\S+)$")
)

// countedFrom0 is the hint for an address of a register.
const countedFrom0 = "addresses are counted from 0, as sent on the wire; a manual's 40001 is 0"

// translate turns the YAML decoder's words into ours.
func translate(file string, texts []string) (faults Faults) {
	for _, text := range texts {
		f := Fault{File: file, Message: strings.TrimPrefix(text, "yaml: "), lost: true}
		if m := yamlLine.FindStringSubmatch(text); m != nil {
			f.Line, _ = strconv.Atoi(m[1])
			f.Message = m[2]
		}
		if m := yamlType.FindStringSubmatch(f.Message); m != nil {
			f.Message = wrongType(m[1], m[2], m[3])
			if m[3] == "uint16" {
				f.Hint = countedFrom0
			}
		}
		faults = append(faults, f)
	}
	return faults
}

// wrongType says what was expected where a value does not fit its key.
func wrongType(found, value, wanted string) string {
	what := map[string]string{"seq": "a list", "map": "a block of keys"}[found]
	if what == "" {
		what = strconv.Quote(value)
	}
	return what + expected(wanted)
}

func expected(wanted string) string {
	switch {
	case strings.HasPrefix(wanted, "[]"):
		return " stands where a list is expected"
	case wanted == "bool":
		return " is neither true nor false"
	case strings.HasPrefix(wanted, "float"):
		return " is not a number"
	case wanted == "uint8":
		return " is not a whole number from 0 to 255"
	case wanted == "uint16":
		return " is not a whole number from 0 to 65535"
	case strings.HasPrefix(wanted, "int") && !strings.Contains(wanted, "."):
		return " is not a whole number"
	case wanted == "string":
		return " stands where a text is expected"
	}
	return " stands where something else is expected"
}
