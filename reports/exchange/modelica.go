package exchange

import (
	"bufio"
	"fmt"
	"io"
	"math"

	"thermie/reports"
)

// WriteModelica writes the series as a text table for the CombiTimeTable of
// the Modelica Standard Library: time in s from 1 January 00:00 UTC+1, power
// in W, supply and return in K, and the coverage of the hour. Each row holds
// from its time on (smoothness ConstantSegments); a last row closes the year.
//
// The table has no gaps: a gap is filled with an estimate (see Filled), whose
// coverage is 0 in the last column, and the comment counts them. Without any
// temperature the file is refused.
func WriteModelica(out io.Writer, s *SourceSeries) error {
	hours, filled, err := s.Filled()
	if err != nil {
		return err
	}
	notes, err := s.notes(s.lang, filled)
	if err != nil {
		return err
	}
	w := bufio.NewWriter(out)
	fmt.Fprintf(w, "#1\n# %s (%s)\n", oneLine(s.Name()), s.ID)
	for _, n := range notes {
		fmt.Fprintf(w, "# %s\n", n)
	}
	fmt.Fprint(w, "# time_s heat_w supply_k return_k coverage; smoothness = Modelica.Blocks.Types.Smoothness.ConstantSegments\n")
	fmt.Fprintf(w, "double tab1(%d,5)\n", len(hours)+1)
	for i, h := range hours {
		if math.IsNaN(float64(h.Supply + h.Return)) {
			return refuse("no_temperature")
		}
		modelicaRow(w, i, h)
	}
	modelicaRow(w, len(hours), hours[len(hours)-1])
	return w.Flush()
}

// modelicaRow writes one row; the writer remembers the first error.
func modelicaRow(w io.Writer, hour int, h SourceHour) {
	fmt.Fprintf(w, "%d\t%.0f\t%.2f\t%.2f\t%.3f\n", hour*3600, float64(h.Power), float64(h.Supply), float64(h.Return), reports.FloorTo(h.Coverage, 3))
}

// oneLine makes a name safe for a comment: other people's names may hold line
// ends.
func oneLine(s string) string {
	clean := []rune(s)
	for i, r := range clean {
		if r < ' ' || r == 0x7f || r == 0x2028 || r == 0x2029 {
			clean[i] = ' '
		}
	}
	return string(clean)
}
