package registry

import (
	"strings"
	"testing"
)

// What the order states comes with the order's date and the year of its data;
// a mean of years says so.
func TestTheOrderIsSourcedAndDated(t *testing.T) {
	for id, mean := range map[string]bool{"0102C": true, "0103C": false} {
		stated, ok := order()[id]
		y := stated.year
		if !ok || y.Year != 2023 || y.EnRRShare == nil || !strings.Contains(y.Source, "11 avril 2025") || strings.Contains(y.Source, "moyenne 2021-2023") != mean {
			t.Errorf("network %s: %+v", id, stated)
		}
	}
}
