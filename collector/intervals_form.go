package collector

import (
	"bufio"
	"encoding/csv"
	"encoding/json"
	"io"
	"math"
	"net/http"
	"strconv"
	"strings"
	"time"

	"thermie/interval"
)

// intervalForm is a form in which intervals are sent.
type intervalForm struct {
	name, mediaType string
	begin, end      string
	write           func(w io.Writer, r *interval.Record, first bool) error
}

// intervalForms lists the forms; the first is the default.
var intervalForms = []intervalForm{
	{"json", "application/json; charset=utf-8", `{"intervals":[`, "]}\n", writeJSON},
	{"csv", "text/csv; charset=utf-8", "site,meter,kind,start,length_s,si,unit,u,coverage,min,max,origin,flags,rev\n", "", writeCSV},
	{"line", "text/plain; charset=utf-8", "", "", writeLine},
}

// intervalWriter sends intervals one by one.
type intervalWriter struct {
	w     http.ResponseWriter
	form  intervalForm
	out   *bufio.Writer
	begun bool
	any   bool
}

// begin sends the head, once.
func (o *intervalWriter) begin() error {
	if o.begun {
		return nil
	}
	o.begun = true
	o.w.Header().Set("Content-Type", o.form.mediaType)
	o.out = bufio.NewWriterSize(o.w, 32<<10)
	_, err := o.out.WriteString(o.form.begin)
	return err
}

func (o *intervalWriter) write(r *interval.Record) error {
	if err := o.begin(); err != nil {
		return err
	}
	first := !o.any
	o.any = true
	return o.form.write(o.out, r, first)
}

// close sends what is left.
func (o *intervalWriter) close() error {
	if err := o.begin(); err != nil {
		return err
	}
	if _, err := o.out.WriteString(o.form.end); err != nil {
		return err
	}
	return o.out.Flush()
}

// shownInterval is an interval as JSON and CSV show it. What is not known is
// null, never 0.
type shownInterval struct {
	Site    string   `json:"site"`
	Meter   string   `json:"meter"`
	Kind    string   `json:"kind"`
	Start   string   `json:"start"`
	Length  int32    `json:"length_s"`
	SI      *float64 `json:"si"`
	Unit    string   `json:"unit"` // of si, u, min and max; empty of a kind that we do not know
	U       *float64 `json:"u"`
	Cov     float64  `json:"coverage"`
	Min     *float64 `json:"min"`
	Max     *float64 `json:"max"`
	Origin  string   `json:"origin"`
	Flags   []string `json:"flags"`
	Version int32    `json:"rev"`
}

var (
	originNames = map[interval.Origin]string{
		interval.Estimated: "estimated", interval.Imported: "imported", interval.Live: "live", interval.Correction: "correction",
	}
	flagNames = []struct {
		flag interval.Flags
		name string
	}{
		{interval.Bridged, "bridged"}, {interval.ClockStep, "clock_step"}, {interval.Suspect, "suspect"},
		{interval.Reset, "reset"}, {interval.Simulated, "simulated"}, {interval.Unsynced, "unsynced"},
		{interval.Spread, "spread"}, {interval.LeftOut, "left_out"},
	}
)

func show(r *interval.Record) shownInterval {
	nature, _ := r.Kind.Nature()
	s := shownInterval{
		Site: r.Site, Meter: r.Meter, Kind: string(r.Kind), Start: time.Unix(r.Start, 0).UTC().Format(time.RFC3339), Length: r.Length,
		Unit: nature.Unit, Cov: r.Cov, Origin: originNames[r.Flags.Origin()], Flags: []string{}, Version: r.Rev,
		Min: known(r.Min), Max: known(r.Max),
	}
	if !r.Gap() {
		s.SI, s.U = known(r.SI), known(r.U)
	}
	for _, one := range flagNames {
		if r.Flags.Has(one.flag) {
			s.Flags = append(s.Flags, one.name)
		}
	}
	return s
}

// known is v, or nothing where v is absent.
func known(v float64) *float64 {
	if math.IsNaN(v) {
		return nil
	}
	return &v
}

func writeJSON(w io.Writer, r *interval.Record, first bool) error {
	text, err := json.Marshal(show(r))
	if err != nil {
		return err
	}
	if !first {
		text = append([]byte(",\n"), text...)
	}
	_, err = w.Write(text)
	return err
}

func writeCSV(w io.Writer, r *interval.Record, _ bool) error {
	s := show(r)
	number := func(v *float64) string {
		if v == nil {
			return ""
		}
		return strconv.FormatFloat(*v, 'g', -1, 64)
	}
	rows := csv.NewWriter(w)
	err := rows.Write([]string{s.Site, s.Meter, s.Kind, s.Start, strconv.Itoa(int(s.Length)), number(s.SI), s.Unit, number(s.U),
		number(&s.Cov), number(s.Min), number(s.Max), s.Origin, strings.Join(s.Flags, " "), strconv.Itoa(int(s.Version))})
	rows.Flush()
	return err
}

func writeLine(w io.Writer, r *interval.Record, _ bool) error {
	_, err := w.Write(append(r.AppendLine(nil), '\n'))
	return err
}
