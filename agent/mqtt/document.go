package mqtt

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
)

// largestText bounds a message of numbers or JSON.
const largestText = 64 << 10

// document parses a JSON payload.
func document(payload []byte) (doc any, err error) {
	if len(payload) > largestText {
		return nil, fmt.Errorf("payload of %d bytes, more than %d", len(payload), largestText)
	}
	if err := json.Unmarshal(payload, &doc); err != nil {
		return nil, fmt.Errorf("payload is not JSON: %w", err)
	}
	return doc, nil
}

// pick reads the values of a document, all of one instant.
func pick(doc any, values []value, at time.Time) (out outcome) {
	out.at = at
	var faults []error
	for _, v := range values {
		n, ok, err := numberAt(doc, v.path)
		if err != nil {
			faults = append(faults, err)
		} else if ok {
			out.readings = append(out.readings, v.reading(n, at))
		}
	}
	out.err = errors.Join(faults...)
	return out
}

// valueAt walks a path such as "cdu.supply.t" or "em.0.power" through a JSON
// document; ok is false where there is nothing.
func valueAt(doc any, path string) (found any, ok bool) {
	for name := range strings.SplitSeq(path, ".") {
		switch node := doc.(type) {
		case map[string]any:
			if doc, ok = node[name]; !ok {
				return nil, false
			}
		case []any:
			i, err := strconv.Atoi(name)
			if err != nil || i < 0 || i >= len(node) {
				return nil, false
			}
			doc = node[i]
		default:
			return nil, false
		}
	}
	return doc, true
}

// numberAt is the number at a path. null is not a number, and something else
// that is not a number is an error.
func numberAt(doc any, path string) (n float64, ok bool, err error) {
	found, ok := valueAt(doc, path)
	if !ok {
		return 0, false, nil
	}
	switch number := found.(type) {
	case nil:
		return math.NaN(), true, nil
	case float64:
		return number, true, nil
	}
	return 0, false, fmt.Errorf("%s holds %.40q, not a number", path, fmt.Sprint(found))
}

// textAt is the text at a path, empty where there is none.
func textAt(doc any, path string) string {
	found, _ := valueAt(doc, path)
	text, _ := found.(string)
	return text
}
