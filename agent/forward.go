package agent

import (
	"context"
	"log/slog"
	"net/url"
	"time"

	"thermie/configs"
)

// ForwardOptions tune a forwarder. The zero value takes the defaults.
type ForwardOptions struct {
	Spread   bool          // live: each upload starts hash(site) mod 120 s late
	Proxy    *url.URL      // nil: none, whatever the environment says
	MaxBytes int           // of one request's body; default 256 KiB
	Timeout  time.Duration // of one request; default 30 s
	Log      *slog.Logger  // default slog.Default()
}

// ForwardStats is what a status page shows of a forwarder.
type ForwardStats struct {
	Forwarded   uint64        // lines acknowledged since start
	Rejected    uint64        // lines refused for good since start
	Failures    uint64        // requests that were not acknowledged
	LastSuccess time.Time     // zero: none yet
	Alarm       string        // why uploads are held; empty when all is well
	ClockOffset time.Duration // the server's clock minus ours, by its last 204
}

// Forwarder sends the queue's lines upstream, one batch at a time.
type Forwarder struct{}

// NewForwarder returns a forwarder of q to up.
func NewForwarder(q *Queue, up configs.Upstream, o ForwardOptions) *Forwarder { return &Forwarder{} }

// Run forwards until ctx ends and then returns nil.
func (f *Forwarder) Run(ctx context.Context) error { return nil }

// Drain forwards at once, without the upload delay, until the queue is empty.
func (f *Forwarder) Drain(ctx context.Context) error { return nil }

// Stats returns the forwarder's counters.
func (f *Forwarder) Stats() ForwardStats { return ForwardStats{} }
