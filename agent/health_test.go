package agent

import (
	"bytes"
	"context"
	"log/slog"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

func TestTheLogIsQuietAboutAFaultThatGoesOn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var said bytes.Buffer
		h := &health{log: slog.New(slog.NewTextHandler(&said, nil))}
		for range 120 {
			h.fail(context.DeadlineExceeded)
			time.Sleep(time.Second)
		}
		h.ok()
		h.ok()
		if faults, back := strings.Count(said.String(), "no reading"), strings.Count(said.String(), "reading again"); faults != 4 || back != 1 {
			t.Errorf("%d faults and %d recoveries said:\n%s", faults, back, said.String())
		}
	})
}
