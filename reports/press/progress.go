package press

import (
	"cmp"
	"fmt"
	"io"
	"time"

	"thermie/reports"
)

// Progress is how long work runs in silence, and how often it then speaks.
const (
	quietFor   = 2 * time.Second
	speakEvery = 2 * time.Second
)

// steps are what a person calls the steps of a report.
var steps = map[string]string{"sites": "reading sites", "match": "matching sites and networks", "trajectories": "computing trajectories", "files": "writing files"}

// progressTo prints how far the work is, once it lasts longer than two
// seconds. now is the clock.
func progressTo(out io.Writer, now func() time.Time) reports.Progress {
	next := now().Add(quietFor)
	said := ""
	return func(step string, done, total int) {
		at := now()
		if at.Before(next) && (said == "" || step == said) {
			return
		}
		said, next = step, at.Add(speakEvery)
		fmt.Fprintf(out, "%s: %d of %d\n", cmp.Or(steps[step], step), done, total)
	}
}
