package exchange

import (
	"bufio"
	"io"
	"strconv"
)

// WriteNPro writes the power as nPro's upload takes it: one value a line in
// kW, decimal point, 8,760 lines; 29 February is dropped.
//
// The format knows neither a gap nor a comment. A gap is filled with an
// estimate (see Filled), and the file's name says so, as it says that the
// data are simulated and the site fictitious: see nproName.
func WriteNPro(out io.Writer, s *SourceSeries) error {
	hours, _, err := s.Filled()
	if err != nil {
		return err
	}
	w := bufio.NewWriter(out)
	for _, h := range s.withoutLeapDay(hours) {
		w.WriteString(strconv.FormatFloat(h.Power.Kilowatts(), 'f', 3, 64))
		w.WriteString("\n")
	}
	return w.Flush() // remembers the first error
}
