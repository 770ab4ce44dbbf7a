package heat

import (
	"bufio"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"thermie/interval"
)

// DemandSeries is a network's own hours, as its operator exports them.
type DemandSeries struct {
	Demand  []interval.Power
	Outdoor []interval.Temperature // of the same hours; nil where the file has none
	Year    int                    // of the time stamps; 0 where there are none
}

// demandUnits are the heads that a column of demand may have.
var demandUnits = map[string]interval.Power{
	"demand_w": interval.Watt, "demand_kw": interval.Kilowatt, "demand_mw": interval.Megawatt,
	"demand_kwh": interval.Kilowatt, "demand_mwh": interval.Megawatt, // an hour's energy is its mean power
}

// stampForms are the spellings of a clock time; the French one comes from
// spreadsheets.
var stampForms = []string{"2006-01-02 15:04", "2006-01-02T15:04", "2006-01-02 15:04:05", "2006-01-02T15:04:05", "02/01/2006 15:04", "02/01/2006 15:04:05"}

// mostDemandRows bounds a file: quarter-hours of a year, which are refused
// with a reason, still fit.
const mostDemandRows = 40_000

// ReadDemand reads a network's own year: a table with a head, parted by
// semicolons, commas or tabs, with the columns demand_kw (or _w, _mw, _kwh,
// _mwh), and if they are known time (the start of the hour) and outdoor_c. A
// comma is a decimal sign where it does not part the columns. Stamps may be
// those of another year of as many hours as p. Errors name the row.
//
// Method: DS1.
func ReadDemand(r io.Reader, p Period) (DemandSeries, error) {
	t, err := openDemand(r)
	if err != nil {
		return DemandSeries{}, err
	}
	var s DemandSeries
	var walls []time.Time
	for row := 1; ; row++ {
		cells, err := t.read(row)
		if errors.Is(err, io.EOF) {
			break
		}
		if err == nil {
			err = t.take(row, cells, &s, &walls, p.From.Location())
		}
		if err != nil {
			return DemandSeries{}, err
		}
	}
	if len(walls) > 0 {
		s.Year = walls[0].Year()
		_, offset := p.From.Zone()
		if err := hourByHour(walls, YearOf(s.Year, offset/60)); err != nil {
			return DemandSeries{}, err
		}
	}
	s.Demand, err = HourlyDemand(s.Demand, p)
	return s, err
}

// demandTable is an opened file: its rows and where its columns are.
type demandTable struct {
	rows                  *csv.Reader
	time, demand, outdoor int // columns; −1 where there is none
	unit                  interval.Power
	comma                 bool // decimal commas
}

// openDemand reads the head.
func openDemand(r io.Reader) (demandTable, error) {
	lines := bufio.NewReader(r)
	head, err := lines.ReadString('\n')
	if err != nil && !errors.Is(err, io.EOF) {
		return demandTable{}, fmt.Errorf("hourly demand: %w", err)
	}
	head = strings.ToLower(strings.TrimSpace(strings.TrimPrefix(head, "\ufeff")))
	separator := ','
	for _, other := range ";\t" {
		if strings.ContainsRune(head, other) {
			separator = other
		}
	}
	names := strings.Split(head, string(separator))
	for i := range names {
		names[i] = strings.Trim(strings.TrimSpace(names[i]), `"`)
	}
	t := demandTable{time: slices.Index(names, "time"), demand: -1, outdoor: slices.Index(names, "outdoor_c"), comma: separator != ',' || len(names) == 1}
	for i, name := range names {
		if unit, known := demandUnits[name]; known {
			t.demand, t.unit = i, unit
		}
	}
	if t.demand < 0 {
		return t, NewFault("head", `hourly demand: no column of demand in the head "{head}": name it demand_kw or demand_mw`, "head", excerpt(head))
	}
	if len(names) == 1 {
		separator = ';' // a single column may hold decimal commas
	}
	t.rows = csv.NewReader(lines)
	t.rows.Comma, t.rows.FieldsPerRecord, t.rows.ReuseRecord = separator, len(names), true
	return t, nil
}

// read returns a row's cells, and io.EOF behind the last.
func (t *demandTable) read(row int) ([]string, error) {
	cells, err := t.rows.Read()
	var torn *csv.ParseError
	switch {
	case errors.As(err, &torn):
		return nil, NewFault("row_cells", "hourly demand: row {row}: {cause}", "row", row, "cause", torn.Err.Error())
	case errors.Is(err, io.EOF):
		return nil, err
	case err != nil:
		return nil, fmt.Errorf("hourly demand: row %d: %w", row, err)
	case row > mostDemandRows:
		return nil, NewFault("rows_most", "hourly demand: more than {most} rows", "most", mostDemandRows)
	}
	return cells, nil
}

// take enters one row.
func (t *demandTable) take(row int, cells []string, s *DemandSeries, walls *[]time.Time, zone *time.Location) error {
	power, err := t.number(row, cells[t.demand])
	if err != nil {
		return err
	}
	s.Demand = append(s.Demand, interval.Power(power)*t.unit)
	if t.outdoor >= 0 {
		celsius, err := t.number(row, cells[t.outdoor])
		if err != nil {
			return err
		}
		s.Outdoor = append(s.Outdoor, interval.Celsius(celsius))
	}
	if t.time >= 0 {
		wall, known := parseStamp(cells[t.time], zone)
		if !known {
			return NewFault("row_time", `hourly demand: row {row}: "{cell}" is not a time: write 2025-01-31 14:00`, "row", row, "cell", excerpt(cells[t.time]))
		}
		*walls = append(*walls, wall)
	}
	return nil
}

func (t *demandTable) number(row int, cell string) (float64, error) {
	text := strings.TrimSpace(cell)
	if t.comma {
		text = strings.Replace(text, ",", ".", 1)
	}
	v, err := strconv.ParseFloat(text, 64)
	if err != nil || !finite(v) {
		return 0, NewFault("row_number", `hourly demand: row {row}: "{cell}" is not a number`, "row", row, "cell", excerpt(cell))
	}
	return v, nil
}

// parseStamp reads a clock time, or an instant with its offset, which is
// turned into the zone's clock.
func parseStamp(text string, zone *time.Location) (at time.Time, known bool) {
	text = strings.TrimSpace(text)
	if at, err := time.Parse(time.RFC3339, text); err == nil {
		_, offset := at.In(zone).Zone()
		return at.Add(time.Duration(offset) * time.Second).UTC(), true
	}
	for _, form := range stampForms {
		if at, err := time.Parse(form, text); err == nil {
			return at, true
		}
	}
	return time.Time{}, false
}
