package interval

import (
	"bytes"
	"encoding/json"
	"time"
)

// Following dates c, which describes the same point as last and comes after
// it; changed is false if it says the same. A device exchanged holds from
// now. Any other change puts the same description right, for the past as
// well. A first card, which follows nothing, holds from the beginning of
// time, so that it describes imported history too.
func (c Card) Following(last Card, now time.Time) (next Card, changed bool) {
	c.ValidFrom, c.Rev = last.ValidFrom, last.Rev
	switch {
	case exchanged(last.Point, c.Point):
		c.ValidFrom, c.Rev = now.Unix(), 0
	case bytes.Equal(c.description(), last.description()):
		return c, false
	default:
		c.Rev++
	}
	return c, true
}

// exchanged reports whether the two describe different devices.
func exchanged(old, now *Point) bool {
	if old == nil || now == nil {
		return false
	}
	return old.Serial != now.Serial || old.Device != now.Device || old.Template != now.Template
}

// description is what a card says, apart from since when.
func (c Card) description() []byte {
	said, err := json.Marshal([]any{c.Point, c.Place})
	if err != nil {
		return nil // NaN in a card: a configuration's check refuses it before
	}
	return said
}
