package agent

import (
	"bytes"
	"encoding/json"
	"fmt"
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

func (s saved) bytes() ([]byte, error) { return json.Marshal(s) }

// with is what bytes gives for the baselines of the tracks, one after the
// other: all at once they would stand in memory several times. It takes about
// as much room as the time before.
func (s saved) with(tracks []*track, before int) ([]byte, error) {
	head, err := json.Marshal(struct {
		At    time.Time       `json:"at,omitzero"`
		Cards []interval.Card `json:"cards"`
	}{s.At, s.Cards})
	if err != nil {
		return nil, err
	}
	state := bytes.NewBuffer(make([]byte, 0, before+before/8))
	state.Write(head[:len(head)-1])
	state.WriteString(`,"series":{`)
	each := json.NewEncoder(state)
	for i, one := range tracks {
		if i > 0 {
			state.WriteByte(',')
		}
		state.WriteString(`"` + name(one.series) + `":`) // ids need no escapes
		if err := each.Encode(one.builder.Snapshot()); err != nil {
			return nil, fmt.Errorf("%s: %w", name(one.series), err)
		}
	}
	state.WriteString("}}")
	return state.Bytes(), nil
}
