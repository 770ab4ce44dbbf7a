package collector

import (
	"io"
	"math"
	"strconv"
	"strings"
	"time"

	"thermie/collector/rights"
	"thermie/interval"
	"thermie/reports/document"
)

// hoursName follows a site's id in the name of the file of hours that its
// operator released or consented to.
const hoursName = "-released-hourly.csv"

// releasedHours sends those hours to who may read them.
func (v *visit) releasedHours(site string) (*attachment, error) {
	if err := v.may(site, []need{{rights.Heat, rights.Hour}}); err != nil {
		return nil, err
	}
	e, err := v.extract(site)
	if err != nil {
		return nil, err
	}
	if e.Fields[rights.Heat] < rights.Hour {
		return nil, errNoPage // by the hour in another year
	}
	return attach(site+hoursName, func(w io.Writer) error { return v.writeHours(w, e) })
}

// writeHours writes a row an hour, under the time in the site's standard time
// at which it begins. Columns have machine names with units, the same in every
// language; what is unknown is an empty cell.
func (v *visit) writeHours(out io.Writer, e told) error {
	c := document.NewCSVWriter(out, document.PlainCSV)
	c.Row("from", "recoverable_kwh", "captured_kwh", "supply_c", "return_c", "coverage", "tiers", "simulated", "note")
	simulated, note := strconv.FormatBool(e.Place.Data == interval.SimulatedData), e.ground
	if e.Place.Fictitious {
		note = v.words["demonstration"] + " · " + note
	}
	for _, row := range e.Heat.Rows {
		c.Row(row.From.Format(time.RFC3339), cell(row.RecoverableKWh, 0), cell(row.CapturedKWh, 0), cell(row.SupplyC, 1), cell(row.ReturnC, 1),
			document.Number{Value: row.Coverage, Decimals: 3}, strings.Join(row.Tiers, " "), simulated, note)
	}
	return c.Close()
}

// cell is a number, or nothing where it is unknown.
func cell(value *float64, decimals int) document.Number {
	if value == nil {
		return document.Number{Value: math.NaN()}
	}
	return document.Number{Value: *value, Decimals: decimals}
}
