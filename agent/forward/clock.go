package forward

import (
	"fmt"
	"net/http"
	"time"
)

// ClockOffset is a comparison of the server's clock with ours, by the Date
// header of a 204.
type ClockOffset struct {
	Offset time.Duration // the server's clock minus ours
	Within time.Duration // what it may be off: half a second that Date does not tell, half the round trip
	At     time.Time     // when; zero: never
}

// compareClocks takes the server's time to be that of the middle of the
// request, and of the second that Date names.
func compareClocks(date string, sent, received time.Time) (ClockOffset, bool) {
	theirs, err := http.ParseTime(date)
	if err != nil {
		return ClockOffset{}, false
	}
	half := received.Sub(sent) / 2
	ours := sent.Add(half).Round(0)
	return ClockOffset{theirs.Add(500 * time.Millisecond).Sub(ours), 500*time.Millisecond + half, received}, true
}

// String says which way our clock is off.
func (o ClockOffset) String() string {
	if o.At.IsZero() {
		return "not known"
	}
	way := "behind"
	if o.Offset < 0 {
		way = "ahead of"
	}
	return fmt.Sprintf("%.1f s (±%.1f s) %s the collector's", o.Offset.Abs().Seconds(), o.Within.Seconds(), way)
}
