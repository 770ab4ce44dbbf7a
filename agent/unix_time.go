package agent

import (
	"math"
	"time"
)

// maxUnix is the last second of the year 9999: beyond it a number is
// milliseconds, or nonsense.
const maxUnix = 253402300799

// unixTime returns the instant at s seconds of Unix time, exact to the
// millisecond, which is as fine as a float in a message is worth.
func unixTime(s float64) time.Time { return time.UnixMilli(int64(math.Round(s * 1000))).UTC() }
