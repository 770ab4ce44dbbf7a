package interval

import (
	"testing"
	"time"
)

func TestACardFollowsTheOneBefore(t *testing.T) {
	now := time.Unix(1735689600, 0)
	last := Card{Site: "s", Meter: "m", ValidFrom: 7, Rev: 2, Point: &Point{Name: "a", Serial: "1"}}
	for name, c := range map[string]struct {
		next    Point
		changed bool
		from    int64
		rev     int32
	}{
		"the same":         {Point{Name: "a", Serial: "1"}, false, 7, 2},
		"a word put right": {Point{Name: "b", Serial: "1"}, true, 7, 3},
		"a device changed": {Point{Name: "a", Serial: "2"}, true, now.Unix(), 0},
	} {
		card, changed := Card{Site: "s", Meter: "m", Point: &c.next}.Following(last, now)
		if changed != c.changed || card.ValidFrom != c.from || card.Rev != c.rev {
			t.Errorf("%s: %+v, %v", name, card, changed)
		}
	}
}
