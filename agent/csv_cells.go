package agent

import (
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
	"unicode/utf8"
)

// splitCells cuts a line into cells. A cell in double quotes may hold the
// delimiter, and a quote written twice.
func splitCells(line, delimiter string) ([]string, error) {
	var cells []string
	for {
		cell, rest, more, err := cutCell(line, delimiter)
		if err != nil {
			return nil, err
		}
		cells = append(cells, cell)
		if !more {
			return cells, nil
		}
		line = rest
	}
}

// cutCell takes the first cell off a line; more says that another follows.
func cutCell(line, delimiter string) (cell, rest string, more bool, err error) {
	if !strings.HasPrefix(line, `"`) {
		cell, rest, more = strings.Cut(line, delimiter)
		return strings.TrimSpace(cell), rest, more, nil
	}
	var text strings.Builder
	for line = line[1:]; ; line = line[1:] {
		quoted, after, closed := strings.Cut(line, `"`)
		text.WriteString(quoted)
		if !closed {
			return "", "", false, fmt.Errorf("%w: a quoted cell does not end", errBadLine)
		}
		if line = after; !strings.HasPrefix(line, `"`) {
			break
		}
		text.WriteByte('"')
	}
	if line == "" {
		return text.String(), "", false, nil
	}
	rest, more = strings.CutPrefix(line, delimiter)
	if !more {
		return "", "", false, fmt.Errorf("%w: text behind a closing quote", errBadLine)
	}
	return text.String(), rest, true, nil
}

var errEmptyCell = errors.New("empty")

// cellNumber reads a cell as a number. Thousands may be set apart by spaces.
// What is not a finite number is an error, never a zero.
func cellNumber(cell, decimal string) (float64, error) {
	text := strings.NewReplacer(" ", "", "\u00a0", "", "\u202f", "").Replace(cell)
	if text == "" {
		return 0, errEmptyCell
	}
	if decimal == "," {
		if strings.Contains(text, ".") {
			return 0, notANumber(cell, decimal)
		}
		text = strings.Replace(text, ",", ".", 1)
	}
	n, err := strconv.ParseFloat(text, 64)
	if err != nil || strings.ContainsAny(text, "xX_") {
		return 0, notANumber(cell, decimal)
	}
	if math.IsNaN(n) || math.IsInf(n, 0) {
		return 0, fmt.Errorf("%q is not a finite number", cell)
	}
	return n, nil
}

func notANumber(cell, decimal string) error {
	if utf8.RuneCountInString(cell) > 40 {
		cell = string([]rune(cell)[:40]) + "…"
	}
	return fmt.Errorf("%q is not a number with decimal %q", cell, decimal)
}
