package feeds

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"thermie/durable"
	"thermie/interval"
)

// state is what a feed knew when its log began. It carries the settings
// under which the log was written: what follows from the log must follow
// under those, whatever the configuration says by now.
type state struct {
	Version  int          `json:"version"`
	Log      int          `json:"log"` // number of the log that goes on from here
	Settings settings     `json:"settings"`
	Series   []trackState `json:"series"`
	Pending  []string     `json:"pending,omitempty"` // wire lines that the store has not taken yet
}

// stateVersion is that of the state that is written. Before there were
// numbers, it was 1 too.
const stateVersion = 1

// settings are what a builder is made with.
type settings struct {
	Length int64             `json:"length_s"`
	Hold   int64             `json:"hold_s"`
	Flags  interval.Flags    `json:"flags"`
	Series []seriesRegisters `json:"series"`
}

// seriesRegisters is one series and what is known of its counter.
type seriesRegisters struct {
	Meter string        `json:"meter"`
	Kind  interval.Kind `json:"kind"`
	interval.Register
}

// trackState is the state of one track.
type trackState struct {
	Meter     string             `json:"meter"`
	Kind      interval.Kind      `json:"kind"`
	Recent    []sample           `json:"recent"`
	Counted   int                `json:"counted"`
	Until     int64              `json:"until_ns"`
	Baselines interval.Baselines `json:"baselines"`
}

// errDamaged is in the chain of an error about a file that does not hold
// what was written to it.
var errDamaged = errors.New("damaged")

const stateFile = "state.json"

func logFile(dir string, number int) string {
	return filepath.Join(dir, fmt.Sprintf("log-%d", number))
}

// readState reads the state in dir; found is false where a feed begins.
func readState(dir string) (s state, found bool, err error) {
	raw, err := os.ReadFile(filepath.Join(dir, stateFile))
	if errors.Is(err, fs.ErrNotExist) {
		return s, false, nil
	}
	if err != nil {
		return s, false, err
	}
	if err := json.Unmarshal(raw, &s); err != nil {
		return state{}, false, fmt.Errorf("%w: %s: %w", errDamaged, stateFile, err)
	}
	if s.Version > stateVersion {
		return state{}, false, fmt.Errorf("%s is of version %d and this program knows %d (hint: use the newer program that wrote it)", stateFile, s.Version, stateVersion)
	}
	for _, one := range s.Series {
		if one.Counted < 0 || one.Counted > len(one.Recent) {
			return state{}, false, fmt.Errorf("%w: %s: %d of %d readings of %s counted", errDamaged, stateFile, one.Counted, len(one.Recent), one.Meter)
		}
	}
	return s, true, nil
}

// writeState puts the state in the place of the one before, in one step.
func writeState(dir string, s state) error {
	raw, err := json.Marshal(s)
	if err != nil {
		return err
	}
	return durable.WriteFile(filepath.Join(dir, stateFile), raw, 0o600)
}
