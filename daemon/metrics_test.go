package daemon

import (
	"bytes"
	"math"
	"testing"
)

func TestMetricsAreWrittenAsPrometheusReadsThem(t *testing.T) {
	var out bytes.Buffer
	WriteMetrics(&out, "thermie_", []Metric{
		{"lines_total", "counter", "Lines.", Single(1e9)},
		{"offset_seconds", "gauge", "Not known.", Single(math.NaN())},
		{"up", "gauge", "Sources.", []Sample{
			{[]string{"source", `C:\"x"` + "\n"}, 1}, {[]string{"source", "b", "unit", "3"}, 0.5}, {nil, math.NaN()}}},
		{"none", "gauge", "No values.", nil},
	})
	want := `# HELP thermie_lines_total Lines.
# TYPE thermie_lines_total counter
thermie_lines_total 1000000000
# HELP thermie_up Sources.
# TYPE thermie_up gauge
thermie_up{source="C:\\\"x\"\n"} 1
thermie_up{source="b",unit="3"} 0.5
`
	if out.String() != want {
		t.Errorf("got\n%swant\n%s", &out, want)
	}
}
