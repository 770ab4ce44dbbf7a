package compare

import (
	"slices"
	"strconv"

	"thermie/reports"
	"thermie/reports/document"
)

// Table names the comparison with a year in the codes of its figures.
func Table(from int) string { return "change " + strconv.Itoa(from) }

// SinceTable names the comparison with a filing.
func SinceTable(id string) string { return "since " + id }

// beforeRow is the row of the sums that are compared with; those that are
// compared have the codes of the totals that they are.
const beforeRow = "before"

// rows are all that a comparison can have.
var rows = []string{beforeRow, "real", "weather", "networks", "meters", "records", "declared", "coverage", "perimeter", "method", "remainder", "total"}

// Holds reports whether a code is that of a cell of a comparison's table, in
// the dossier of a territory's year.
func Holds(code, siren string, year int, table string) bool {
	at := document.Place{Report: "pcaet", Area: siren, Period: strconv.Itoa(year), Table: table}
	return slices.ContainsFunc(rows, func(row string) bool {
		return slices.ContainsFunc(reports.Compared, func(key string) bool {
			at.Row, at.Column = row, key+"_mwh"
			return at.Code() == code
		})
	})
}
