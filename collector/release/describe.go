package release

import (
	"fmt"
	"io"
	"strconv"
	"strings"
	"text/tabwriter"
	"time"

	"thermie/collector/rights"
	"thermie/interval"
)

// maxShown bounds the rows that are told one by one.
const maxShown = 12

// Describe writes in words what the extract tells, for who reviews it.
func (e *Extract) Describe(w io.Writer, signature string) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	line := func(key string, value any) { fmt.Fprintf(t, "%s\t%v\n", key, value) }
	line("site", e.Site)
	line("to", e.To)
	line("serial", e.Serial)
	line("signature", signature)
	if e.Revokes {
		line("revokes", "every release of this site to this audience; what was filed stays filed")
		return t.Flush()
	}
	for _, f := range rights.Fields {
		if r, ok := e.Fields[f]; ok {
			line("releases", fmt.Sprintf("%s by %s", f, r))
		}
	}
	line("year", e.Year)
	if !e.Expires.IsZero() {
		line("expires", e.Expires.Format(time.DateOnly))
	}
	if e.Place.Name != "" {
		line("name", e.Place.Name+", "+e.Place.Operator)
	}
	if e.Place.Data != interval.MeasuredData {
		line("data", e.Place.Data)
	}
	e.describeHeat(line)
	for _, f := range e.Firm {
		line("firm power "+f.Period, fmt.Sprintf("P50 %s, P90 %s, P95 %s, P99 %s kW", number(f.P50), number(f.P90), number(f.P95), number(f.P99)))
	}
	return t.Flush()
}

func (e *Extract) describeHeat(line func(string, any)) {
	if e.Heat == nil {
		return
	}
	line("recoverable heat", fmt.Sprintf("%s kWh ± %.0f %% (k=2), coverage %.1f %%, %s", number(e.Heat.RecoverableKWh), 200*e.Heat.U, 100*e.Heat.Coverage, e.Heat.Method))
	for i, row := range e.Heat.Rows {
		if i == maxShown {
			line("", fmt.Sprintf("and %d rows more", len(e.Heat.Rows)-maxShown))
			break
		}
		text := number(row.RecoverableKWh) + " kWh"
		if row.CapturedKWh != nil {
			text += fmt.Sprintf(", captured %s kWh", number(row.CapturedKWh))
		}
		line(row.From.Format("2006-01-02 15:04"), text+fmt.Sprintf(", coverage %.1f %%, by %s", 100*row.Coverage, strings.Join(row.Tiers, ", ")))
	}
}

// number prints a value, « unknown » where there is none.
func number(v *float64) string {
	if v == nil {
		return "unknown"
	}
	return strconv.FormatFloat(*v, 'f', -1, 64)
}
