package probe

import (
	"fmt"
	"strconv"
	"strings"
)

// The last unit id of a serial line (MODBUS over Serial Line 1.02, 2.2), and
// the one by which a gateway itself is addressed.
const (
	lastUnit    = 247
	gatewayUnit = 255
)

// ParseUnits reads unit ids such as 1-32,100.
func ParseUnits(text string) (units []uint8, err error) {
	for part := range strings.SplitSeq(text, ",") {
		from, to, several := strings.Cut(strings.TrimSpace(part), "-")
		first, err := parseUnit(from)
		if err != nil {
			return nil, err
		}
		last := first
		if several {
			if last, err = parseUnit(to); err != nil {
				return nil, err
			}
		}
		if last < first || several && last > lastUnit {
			return nil, fmt.Errorf("units %q are no range of ids up to %d", part, lastUnit)
		}
		for unit := first; unit <= last; unit++ {
			units = append(units, uint8(unit))
		}
	}
	return units, nil
}

func parseUnit(text string) (int, error) {
	unit, err := strconv.Atoi(strings.TrimSpace(text))
	if err != nil || unit < 0 || unit > lastUnit && unit != gatewayUnit {
		return 0, fmt.Errorf("unit %q is not a number from 0 to %d, or %d (hint: such as 1-32,100)", text, lastUnit, gatewayUnit)
	}
	return unit, nil
}
