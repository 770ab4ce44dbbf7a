package agent

import (
	"encoding/json"
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
