package exchange

import (
	"cmp"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"thermie/interval"
	"thermie/reports"
	"thermie/reports/document"
)

// nativeUnits is how a kind is written: an extensive one as the mean power
// over the part of the interval that was seen, the others as they are.
var nativeUnits = map[interval.Kind]struct {
	unit  string
	value func(r interval.Record) float64
}{
	interval.ThermalEnergy:      {"kw", meanKilowatts},
	interval.ThermalPower:       {"kw", meanKilowatts},
	interval.CircuitHeat:        {"kw", meanKilowatts},
	interval.ElectricEnergy:     {"kw", meanKilowatts},
	interval.ElectricPower:      {"kw", meanKilowatts},
	interval.VolumeFlowRate:     {"m3_per_h", func(r interval.Record) float64 { return r.SI * 3600 }},
	interval.SupplyTemperature:  {"c", celsius},
	interval.ReturnTemperature:  {"c", celsius},
	interval.OutdoorTemperature: {"c", celsius},
}

func meanKilowatts(r interval.Record) float64 { return r.SI / (float64(r.Length) * r.Cov) / 1e3 }
func celsius(r interval.Record) float64       { return interval.Temperature(r.SI).Celsius() }

// WriteNative writes what the meters behind the source said, at their own
// step: one row a start and length in fixed UTC+1, and for each metering
// point and kind a value with its unit in the head and the share of the
// interval that was seen. A gap is an empty cell with coverage 0; an interval
// that does not exist at all leaves both empty. simulated and estimated say
// whether any value of the row is; the note stands in the first row.
func WriteNative(out io.Writer, s *SourceSeries, records []interval.Record) error {
	n := newNative(s, records)
	if len(n.columns) == 0 {
		return refuse("no_heat")
	}
	w, err := s.words()
	if err != nil {
		return err
	}
	note := strings.Join(append(s.marks(w), w.T("note.gap_empty"), s.made(w)), " ")
	c := document.NewCSVWriter(out, document.PlainCSV)
	heads := []any{"time_utc_plus_1", "length_s"}
	for _, k := range n.columns {
		name := k.point + "." + string(k.kind)
		heads = append(heads, name+"_"+nativeUnits[k.kind].unit, name+"_coverage")
	}
	c.Row(append(heads, "simulated", "estimated", "note")...)
	for rows := n.records; len(rows) > 0; {
		step := n.step(rows)
		rows = rows[len(step):]
		at := time.Unix(step[0].Start, 0).In(s.From.Location())
		fields := append([]any{at.Format("2006-01-02 15:04:05"), int(step[0].Length)}, n.cells(step)...)
		c.Row(append(fields, note)...)
		note = ""
	}
	return c.Close()
}

// nativeKey is one column.
type nativeKey struct {
	point string
	kind  interval.Kind
}

// native is the table being made.
type native struct {
	columns   []nativeKey
	records   []interval.Record // sorted by start and length
	simulated bool
}

func newNative(s *SourceSeries, records []interval.Record) *native {
	n := &native{simulated: s.Simulated()}
	behind := s.pointsBehind()
	seen := map[nativeKey]bool{}
	for _, r := range records {
		_, writable := nativeUnits[r.Kind]
		if !writable || !behind[r.Meter] {
			continue
		}
		n.records = append(n.records, r)
		if k := (nativeKey{r.Meter, r.Kind}); !seen[k] {
			seen[k] = true
			n.columns = append(n.columns, k)
		}
	}
	slices.SortFunc(n.columns, func(a, b nativeKey) int {
		return cmp.Or(cmp.Compare(a.point, b.point), cmp.Compare(a.kind, b.kind))
	})
	slices.SortStableFunc(n.records, func(a, b interval.Record) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.Length, b.Length))
	})
	return n
}

// pointsBehind are the points that the heat is measured or computed from:
// those of the tap, the hand-over and the climate, and, without a heat meter,
// the electricity that becomes heat.
func (s *SourceSeries) pointsBehind() map[string]bool {
	heated, metered := map[string]bool{}, false
	for _, c := range s.Points {
		switch c.Point.Role {
		case interval.RoleHeat:
			heated[c.Meter], metered = true, true
		case interval.RoleHandover, interval.RoleClimate:
			heated[c.Meter] = true
		}
	}
	for _, c := range s.Points {
		if !metered && (c.Point.InRoom || c.Point.Role == interval.RoleIT || c.Point.Role == interval.RoleTotal) {
			heated[c.Meter] = true
		}
	}
	return heated
}

// step returns the first records of one start and length.
func (n *native) step(rows []interval.Record) []interval.Record {
	end := 1
	for end < len(rows) && rows[end].Start == rows[0].Start && rows[end].Length == rows[0].Length {
		end++
	}
	return rows[:end]
}

// cells are a row's values and coverages, and its marks.
func (n *native) cells(step []interval.Record) []any {
	cells := make([]any, 2*len(n.columns), 2*len(n.columns)+3)
	simulated, estimated := n.simulated, false
	for _, r := range step {
		i := slices.Index(n.columns, nativeKey{r.Meter, r.Kind})
		value := math.NaN()
		if !r.Gap() && r.Cov > 0 {
			value = nativeUnits[r.Kind].value(r)
		}
		cells[2*i], cells[2*i+1] = document.Number{Value: value, Decimals: 3}, document.Number{Value: reports.FloorTo(r.Cov, 3), Decimals: 3}
		simulated = simulated || r.Flags.Has(interval.Simulated)
		estimated = estimated || !r.Gap() && r.Flags.Origin() == interval.Estimated
	}
	return append(cells, strconv.FormatBool(simulated), strconv.FormatBool(estimated))
}
