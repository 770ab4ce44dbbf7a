package daemon

import (
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
)

// MetricsType is the content type of Prometheus' text form.
const MetricsType = "text/plain; version=0.0.4; charset=utf-8"

// Metric is one family in Prometheus' text form.
type Metric struct {
	Name   string
	Kind   string // counter or gauge
	Help   string
	Values []Sample
}

// Sample is one value of a family. NaN is not written: what is not known is
// no number.
type Sample struct {
	Labels []string // name and value in turn
	Value  float64
}

// Single is the values of a family without labels.
func Single(value float64) []Sample { return []Sample{{Value: value}} }

// escapes are those of the text form.
var escapes = strings.NewReplacer("\\", `\\`, "\"", `\"`, "\n", `\n`)

// WriteMetrics writes families whose names begin with prefix; one without
// values is left out.
func WriteMetrics(w io.Writer, prefix string, families []Metric) {
	for _, m := range families {
		name, headed := prefix+m.Name, false
		for _, s := range m.Values {
			if math.IsNaN(s.Value) {
				continue
			}
			if !headed {
				fmt.Fprintf(w, "# HELP %s %s\n# TYPE %s %s\n", name, m.Help, name, m.Kind)
				headed = true
			}
			fmt.Fprintf(w, "%s%s %s\n", name, labels(s.Labels), strconv.FormatFloat(s.Value, 'f', -1, 64))
		}
	}
}

func labels(pairs []string) string {
	if len(pairs) == 0 {
		return ""
	}
	var parts []string
	for i := 0; i+1 < len(pairs); i += 2 {
		parts = append(parts, pairs[i]+`="`+escapes.Replace(pairs[i+1])+`"`)
	}
	return "{" + strings.Join(parts, ",") + "}"
}
