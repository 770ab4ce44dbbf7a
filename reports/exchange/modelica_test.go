package exchange

import (
	"bufio"
	"bytes"
	"fmt"
	"strconv"
	"strings"
	"testing"
)

// readModelica reads a text table as the Modelica Standard Library describes
// it: "#1" first, comments after "#", a head that gives the size, then
// exactly as many rows of as many numbers.
func readModelica(data []byte) ([][]float64, error) {
	lines := bufio.NewScanner(bytes.NewReader(data))
	lines.Scan()
	if lines.Text() != "#1" {
		return nil, fmt.Errorf("starts with %q", lines.Text())
	}
	var rows, width int
	var table [][]float64
	for lines.Scan() {
		text, _, _ := strings.Cut(lines.Text(), "#")
		if strings.TrimSpace(text) == "" {
			continue
		}
		if rows == 0 {
			if _, err := fmt.Sscanf(text, "double tab1(%d,%d)", &rows, &width); err != nil {
				return nil, fmt.Errorf("head %q: %w", text, err)
			}
			continue
		}
		var row []float64
		for _, f := range strings.Fields(text) {
			v, err := strconv.ParseFloat(f, 64)
			if err != nil {
				return nil, err
			}
			row = append(row, v)
		}
		if len(row) != width {
			return nil, fmt.Errorf("a row of %d numbers in a table of %d", len(row), width)
		}
		table = append(table, row)
	}
	if len(table) != rows {
		return nil, fmt.Errorf("%d rows, the head says %d", len(table), rows)
	}
	return table, nil
}

func TestModelicaTable(t *testing.T) {
	table, err := readModelica(seriesFile(t, "modelica", "fr"))
	if err != nil {
		t.Fatal(err)
	}
	if len(table) != 73 {
		t.Fatalf("%d rows, want 72 hours and the end", len(table))
	}
	for i, row := range table {
		if row[0] != float64(i*3600) {
			t.Fatalf("row %d is at %g s", i, row[0])
		}
		if row[1] < 800e3 || row[1] > 1300e3 || row[2] != 318.15 || row[3] != 308.15 {
			t.Errorf("row %d: %v is not in W and K", i, row)
		}
	}
	if table[5][4] != 0 || table[4][4] != 1 || table[10][4] != 0.999 {
		t.Errorf("coverages %g, %g, %g: want 0 for the filled hour, 1 for a full one, 0.999 for nearly one", table[5][4], table[4][4], table[10][4])
	}
}

// A name with a line end must not leave its comment.
func TestNamesStayInTheirComment(t *testing.T) {
	if text := string(seriesFile(t, "modelica", "fr")); !strings.Contains(text, "# Calculateur d'essai (dlc-2mw)\n") {
		t.Errorf("the name broke the comment:\n%.200s", text)
	}
}
