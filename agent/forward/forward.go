package forward

import (
	"context"
	"errors"
	"fmt"
	"hash/fnv"
	"log/slog"
	"sync"
	"time"

	"thermie/agent/queue"
	"thermie/configs"
)

// Options tune a forwarder. The zero value takes the defaults.
type Options struct {
	Spread   bool          // live: an upload starts hash(site) mod 120 s after the lines came, so that sites do not all come at once
	MaxBytes int           // of one request's body; default 256 KiB
	Timeout  time.Duration // of one request; default 30 s
	Log      *slog.Logger  // default slog.Default()
}

func (o Options) withDefaults() Options {
	if o.MaxBytes <= 0 {
		o.MaxBytes = 256 << 10
	}
	if o.Timeout <= 0 {
		o.Timeout = 30 * time.Second
	}
	if o.Log == nil {
		o.Log = slog.Default()
	}
	return o
}

// Forwarder sends the queue's lines upstream: in order, one batch at a time,
// and only what a 204 acknowledged leaves the queue. A batch answered by 400
// is halved until the bad line stands alone; that line goes to the folder
// rejected/ with the server's words. Everything else that goes wrong is
// waited for, however long it takes: agent/DESIGN.md has the table.
type Forwarder struct {
	queue   *queue.Queue
	offline bool // nothing is sent: lines are carried by hand
	backlog bool // lines waited at the start
	o       Options
	up      *destination
	fault   error         // of the configuration; each upload fails with it
	turn    chan struct{} // held by the one that sends
	wait    func(ctx context.Context, d time.Duration) error

	window   int // lines that a request may have, while a bad one is sought
	maxBytes int // that a request may have, after the server found one too large
	failures int // in a row
	speaker  speaker

	mu    sync.Mutex
	stats Stats
}

// New returns a forwarder of q to up. Nothing is sent before Run or
// Drain.
func New(q *queue.Queue, up configs.Upstream, o Options) *Forwarder {
	o = o.withDefaults()
	f := &Forwarder{
		queue: q, offline: up.Offline, backlog: q.Len() > 0, o: o,
		turn:   make(chan struct{}, 1),
		wait:   waitFor,
		window: unlimited, maxBytes: o.MaxBytes,
		speaker: speaker{log: o.Log.With("collector", up.URL), now: time.Now},
	}
	if !up.Offline {
		f.up, f.fault = newDestination(up)
	}
	return f
}

// unlimited is more lines than any batch has.
const unlimited = 1 << 30

// Run forwards what comes into the queue until ctx ends, and then returns
// nil. What is not acknowledged by then stays in the queue. What waited before
// New goes at once, be it a week's.
func (f *Forwarder) Run(ctx context.Context) error {
	if f.offline {
		f.queue.Watch(ctx)
		return nil
	}
	spread := f.o.Spread && !f.backlog
	for f.queue.Wait(ctx) == nil {
		if spread && f.wait(ctx, uploadDelay(f.queue.Site())) != nil {
			break
		}
		if f.Drain(ctx) != nil {
			break
		}
		spread = f.o.Spread
	}
	return nil
}

// uploadDelay is a site's own place in the two minutes after an interval's end.
func uploadDelay(site string) time.Duration {
	h := fnv.New32a()
	_, _ = h.Write([]byte(site))
	return time.Duration(h.Sum32()%120) * time.Second
}

// Drain forwards without the upload delay until nothing waits that may leave.
// Its only error is that ctx ended before; it names what the server last said.
func (f *Forwarder) Drain(ctx context.Context) error {
	if f.offline {
		return nil
	}
	select {
	case f.turn <- struct{}{}:
		defer func() { <-f.turn }()
	case <-ctx.Done():
		return ctx.Err()
	}
	for {
		batch, err := f.queue.Next(f.maxBytes)
		if err == nil && len(batch.Lines) == 0 {
			return nil
		}
		if err == nil {
			err = f.send(ctx, batch.Head(f.window))
		}
		if err != nil && ctx.Err() == nil {
			f.failures++
			f.failed(err)
			_ = f.wait(ctx, pauseAfter(err, f.failures))
		}
		if ctx.Err() != nil {
			return fmt.Errorf("%d lines wait in the queue: %w", f.queue.Len(), errors.Join(ctx.Err(), err))
		}
	}
}

// send makes one request and deals with its answer; an error is one to wait
// after.
func (f *Forwarder) send(ctx context.Context, b queue.Batch) error {
	if f.fault != nil {
		return f.fault
	}
	timed, cancel := context.WithTimeout(ctx, f.o.Timeout)
	defer cancel()
	err := f.up.write(timed, b.Lines)
	switch judge(err) {
	case stored:
		f.window = 2 * min(f.window, unlimited/2) // doubling before the bound would overflow on 32 bits
		return f.acknowledged(b)
	case atFault:
		if len(b.Lines) > 1 {
			f.window = len(b.Lines) / 2
			return nil
		}
		return f.reject(b, err)
	case tooLarge:
		if len(b.Lines) > 1 {
			f.maxBytes = max(size(b)/2, 1)
			return nil
		}
		f.maxBytes = f.o.MaxBytes
		return f.reject(b, err)
	}
	return err
}

func (f *Forwarder) acknowledged(b queue.Batch) error {
	f.failures = 0
	f.speaker.recovered()
	f.mu.Lock()
	f.stats.Forwarded += uint64(len(b.Lines))
	f.stats.LastSuccess = time.Now()
	f.stats.Alarm = ""
	f.mu.Unlock()
	return f.queue.Ack(b)
}

// reject takes a single line out of the queue's way. The server is there,
// so this is no failure to wait after.
func (f *Forwarder) reject(b queue.Batch, why error) error {
	var a *uploadAnswer
	errors.As(why, &a)
	if err := f.queue.Reject(b, a.Error()); err != nil {
		return err
	}
	f.mu.Lock()
	f.stats.Rejected++
	f.mu.Unlock()
	f.speaker.say("the collector rejected a line, kept in "+f.queue.Rejected(), why)
	return nil
}

func size(b queue.Batch) (n int) {
	for _, line := range b.Lines {
		n += len(line) + 1
	}
	return n
}

func waitFor(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}
