package interval

import (
	"math"
	"time"
)

// lastSecond is the end of the year 9999: beyond it a number is milliseconds,
// or nonsense.
const lastSecond = 253402300799

// UnixTime returns the instant at s seconds of Unix time, exact to the
// millisecond, which is as fine as a float in a message is worth. ok is false
// where s is not between 1970 and the year 9999.
func UnixTime(s float64) (at time.Time, ok bool) {
	if !(s > 0 && s <= lastSecond) {
		return at, false
	}
	return time.UnixMilli(int64(math.Round(s * 1000))).UTC(), true
}
