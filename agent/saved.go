package agent

import (
	"encoding/json"
	"fmt"
	"io"
	"time"

	"thermie/interval"
)

// saved is what the agent writes with the intervals that it has closed, in
// the same fsync: with it, a kill costs coverage and no energy.
type saved struct {
	At     time.Time                     `json:"at,omitzero"` // when intervals were last closed; in stepped time the last instant
	Cards  []interval.Card               `json:"cards"`       // as last sent, so that a change is noticed
	Series map[string]interval.Baselines `json:"series"`
}

// readSaved decodes what was saved. A damaged state is no reason not to
// measure: the caller says so and starts anew.
func readSaved(raw []byte) (s saved, err error) {
	if len(raw) == 0 {
		return s, nil
	}
	err = json.Unmarshal(raw, &s)
	return s, err
}

func (s saved) write(w io.Writer) error { return json.NewEncoder(w).Encode(s) }

// with is what write writes, with the baselines of the tracks, one after the
// other: all at once they would stand in memory several times.
func (s saved) with(tracks []*track) func(io.Writer) error {
	return func(w io.Writer) error {
		head, err := json.Marshal(struct {
			At    time.Time       `json:"at,omitzero"`
			Cards []interval.Card `json:"cards"`
		}{s.At, s.Cards})
		if err != nil {
			return err
		}
		_, err = fmt.Fprintf(w, `%s,"series":{`, head[:len(head)-1])
		each, separator := json.NewEncoder(w), ""
		for _, one := range tracks {
			if err == nil {
				_, err = fmt.Fprintf(w, `%s"%s":`, separator, name(one.series)) // ids need no escapes
			}
			if err == nil {
				err = each.Encode(one.builder.Snapshot())
			}
			if err != nil {
				return fmt.Errorf("%s: %w", name(one.series), err)
			}
			separator = ","
		}
		_, err = io.WriteString(w, "}}")
		return err
	}
}
