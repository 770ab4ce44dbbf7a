package agent

import (
	"context"
	"log/slog"
	"time"

	"thermie/configs"
	"thermie/interval"
)

// source is where readings come from. One that fails logs it and delivers
// nothing: a missing reading is missing coverage, never a zero, and never
// the end of another source.
type source interface {
	// channels names the series that the source may deliver.
	channels() []channel
	// hold is how long a value of the source stands when no new one comes.
	hold() time.Duration
	// run delivers readings by the wall clock until ctx ends. deliver does
	// not block.
	run(ctx context.Context, deliver func([]interval.Reading))
	// start readies the source for steps: what the virtual data center says
	// from then on will be heard.
	start(ctx context.Context) error
	// step returns the readings of one instant of stepped time, when the
	// source has answered or its patience has ended.
	step(ctx context.Context, at time.Time) []interval.Reading
	// stop ends what start began.
	stop()
}

// surroundings is what a source is opened with.
type surroundings struct {
	ctx       context.Context // a source's connections end with it
	cfg       *configs.Agent
	templates map[string]configs.Template
	log       *slog.Logger
}

// stepped reports whether time is simulated: nothing in a plant is asked, so
// the request cap and the back-offs, which are in wall time, do not apply.
func (s surroundings) stepped() bool { return s.cfg.Stepped != nil }

// sourceTable lists the kinds of sources; a new one is a file and a row.
var sourceTable = []func(surroundings) ([]source, error){
	openModbus,
	openMQTT,
	openHost,
}

// openSources returns the configured sources. Nothing is connected yet.
func openSources(s surroundings) ([]source, error) {
	var all []source
	for _, open := range sourceTable {
		some, err := open(s)
		if err != nil {
			return nil, err
		}
		all = append(all, some...)
	}
	return all, nil
}
