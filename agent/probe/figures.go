package probe

import (
	"fmt"
	"maps"
	"math"
	"slices"
)

// watts, voltAmperes and wattHours write a figure as a person reads it.
func watts(w float64) string       { return scaled(w, "W") }
func voltAmperes(s float64) string { return scaled(s, "VA") }
func wattHours(j float64) string   { return scaled(j/3600, "Wh") }

func scaled(v float64, unit string) string {
	for _, prefix := range []struct {
		factor float64
		sign   string
	}{{1e9, "G"}, {1e6, "M"}, {1e3, "k"}} {
		if math.Abs(v) >= prefix.factor {
			return fmt.Sprintf("%.4g %s%s", v/prefix.factor, prefix.sign, unit)
		}
	}
	return fmt.Sprintf("%.4g %s", v, unit)
}

func sortedKeys(m map[string]float64) []string { return slices.Sorted(maps.Keys(m)) }
