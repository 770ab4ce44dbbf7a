package heat

import (
	"bufio"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
)

// CaseResult is one worked case and what came of its expectations.
type CaseResult struct {
	Name   string
	Line   int
	Checks []CaseCheck
}

// CaseCheck is one expectation of a case.
type CaseCheck struct {
	Line      int
	Quantity  string
	Got, Want float64 // in Unit
	Unit      string
	Tolerance float64 // relative
	Method    string  // METHODS.md id of what was computed
	Err       error   // why nothing was computed, or why the method differs
}

// OK reports whether the expectation was met.
func (c CaseCheck) OK() bool {
	return c.Err == nil && math.Abs(c.Got-c.Want) <= c.Tolerance*math.Abs(c.Want)
}

// defaultTolerance of an expectation that names none.
const defaultTolerance = 0.001

// worked is a case while it is read.
type worked struct {
	values map[string]float64 // SI
	words  map[string]string
	series []stretch
	hours  int      // of all series
	formed *Balance // of the inputs so far, when one was asked for
}

// RunCases reads worked cases and computes what they expect. A case is a
// name and one line for each input and each expectation:
//
//	case Chilled-water loop, meter on the return side
//	  medium      water
//	  meter side  return
//	  flow        30 m3/h
//	  supply      38 °C
//	  return      30 °C
//	  expect heat  277.38 kW  ± 0.01 %  method C1
//
// Decimals take a point or a comma, # starts a comment. METHODS.md lists the
// inputs and quantities. The error names the first line that cannot be read;
// an expectation that is not met is no error.
func RunCases(r io.Reader) ([]CaseResult, error) {
	var results []CaseResult
	var current *worked
	lines := bufio.NewScanner(r)
	for n := 1; lines.Scan(); n++ {
		text, _, _ := strings.Cut(lines.Text(), "#")
		fields := strings.Fields(strings.ReplaceAll(text, "±", " ± "))
		if len(fields) == 0 {
			continue
		}
		if fields[0] == "case" {
			current = &worked{values: map[string]float64{}, words: map[string]string{}}
			results = append(results, CaseResult{Name: strings.Join(fields[1:], " "), Line: n})
			continue
		}
		if current == nil {
			return results, fmt.Errorf("line %d: a case begins with a line such as `case Chilled-water loop`", n)
		}
		if fields[0] != "expect" {
			if err := current.input(fields); err != nil {
				return results, fmt.Errorf("line %d: %w", n, err)
			}
			continue
		}
		check, err := current.expect(fields[1:])
		if err != nil {
			return results, fmt.Errorf("line %d: %w", n, err)
		}
		check.Line = n
		last := &results[len(results)-1]
		last.Checks = append(last.Checks, check)
	}
	if err := lines.Err(); err != nil {
		return results, fmt.Errorf("reading cases: %w", err)
	}
	return results, nil
}

// input takes a line that is no expectation.
func (w *worked) input(fields []string) error {
	w.formed = nil
	if handled, err := w.stretch(fields); handled {
		return err
	}
	name, rest := splitName(fields)
	if known, ok := caseInputs[name]; ok {
		value, err := parseValue(rest, known)
		w.values[name] = value
		return err
	}
	for _, key := range caseWords {
		if text := strings.Join(fields, " "); strings.HasPrefix(text, key+" ") {
			w.words[key] = strings.TrimSpace(strings.TrimPrefix(text, key))
			return nil
		}
	}
	return fmt.Errorf("input %q is unknown: say one of %s", name, inputNames())
}

// expect computes one expectation: quantity, value, unit, then optionally
// "± 0.1 %" and "method C1".
func (w *worked) expect(fields []string) (CaseCheck, error) {
	name, rest := splitName(fields)
	c := CaseCheck{Quantity: name, Tolerance: defaultTolerance}
	quantity, ok := caseQuantities[name]
	if !ok {
		return c, fmt.Errorf("quantity %q is unknown: say one of %s", name, quantityNames())
	}
	rest, method := cutAt(rest, "method")
	rest, tolerance := cutAt(rest, "±")
	if len(tolerance) > 0 {
		relative, err := parseValue(tolerance, dimShare)
		if err != nil {
			return c, fmt.Errorf("tolerance: %w", err)
		}
		c.Tolerance = relative
	}
	want, err := parseValue(rest, quantity.dimension)
	if err != nil {
		return c, fmt.Errorf("%s: %w", name, err)
	}
	c.Unit = strings.Join(rest[1:], " ")
	c.Method = quantity.method
	si, err := quantity.compute(w)
	c.Want, c.Got, c.Err = toUnit(want, c.Unit), toUnit(si, c.Unit), err
	if got := strings.Join(method, " "); err == nil && got != "" && got != c.Method {
		c.Err = fmt.Errorf("computed by method %s, expected %s", c.Method, got)
	}
	return c, nil
}

// splitName parts a line where its first number stands.
func splitName(fields []string) (name string, rest []string) {
	for i, f := range fields {
		if _, err := parseNumber(f); err == nil {
			return strings.Join(fields[:i], " "), fields[i:]
		}
	}
	return strings.Join(fields, " "), nil
}

// cutAt returns the fields before and after a keyword.
func cutAt(fields []string, keyword string) (before, after []string) {
	for i, f := range fields {
		if f == keyword {
			return fields[:i], fields[i+1:]
		}
	}
	return fields, nil
}

// parseNumber reads a finite decimal with a point or a comma.
func parseNumber(s string) (float64, error) {
	v, err := strconv.ParseFloat(strings.Replace(s, ",", ".", 1), 64)
	if err == nil && !finite(v) {
		err = fmt.Errorf("%q is no number", s)
	}
	return v, err
}
