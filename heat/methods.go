package heat

import (
	_ "embed"
	"slices"
	"strings"
	"sync"
)

// The methods that quantities carry.
const (
	methodEDC      = "B1"
	methodParts    = "B2"
	methodEIT      = "B3"
	methodOther    = "B4"
	methodInRoom   = "B5"
	methodHeat     = "T1"
	methodPUE      = "P1"
	methodInterim  = "P2"
	methodERF      = "P3"
	methodERE      = "P4"
	methodREF      = "P6"
	methodWUE      = "P7"
	methodCER      = "P8"
	methodMixed    = "TM"
	methodAllocate = "AL1"

	methodTerritory = "TE2"

	methodOwnSeries   = "DS1"
	methodProfile     = "BD1"
	methodDegreeHours = "D1"
)

// Method is an entry of METHODS.md, for a report's footnotes.
type Method struct {
	ID, Title, Formula, Source string
	Mark                       Mark
}

//go:embed METHODS.md
var methodsText string

// Methods returns the entries of METHODS.md in its order.
var Methods = sync.OnceValue(func() []Method { return parseMethods(methodsText) })

// MethodByID returns the entry of that id.
func MethodByID(id string) (Method, bool) {
	for _, m := range Methods() {
		if m.ID == id {
			return m, true
		}
	}
	return Method{}, false
}

// Notes returns the keys of the remarks that a balance or an estimate may
// carry, without the point that some name after a colon.
var Notes = sync.OnceValue(func() []string {
	_, table, _ := strings.Cut(methodsText, "## Notes")
	table, _, _ = strings.Cut(table, "\n## ")
	var keys []string
	for line := range strings.Lines(table) {
		if row, ok := strings.CutPrefix(line, "| `"); ok {
			key, _, _ := strings.Cut(row, "`")
			keys = append(keys, key)
		}
	}
	return keys
})

// AssumptionIDs returns the ids of what may be assumed where nobody measured.
func AssumptionIDs() []string {
	return append(slices.Clone(assumptionIDs), lorenzAssumption, makerAssumption)
}

// parseMethods reads the headings "### ID — Title" and the lines under them
// that begin with **Formula** and **Source**.
func parseMethods(text string) []Method {
	var methods []Method
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if heading, ok := strings.CutPrefix(line, "### "); ok {
			id, title, _ := strings.Cut(heading, " — ")
			methods = append(methods, Method{ID: id, Title: title})
			continue
		}
		if len(methods) == 0 {
			continue
		}
		m := &methods[len(methods)-1]
		if formula, ok := strings.CutPrefix(line, "**Formula** "); ok {
			m.Formula = strings.Trim(formula, "`")
		}
		if source, ok := strings.CutPrefix(line, "**Source** "); ok {
			text, mark, _ := strings.Cut(source, " Mark: ")
			m.Source, m.Mark = text, Mark(strings.TrimSuffix(mark, "."))
		}
	}
	return methods
}
