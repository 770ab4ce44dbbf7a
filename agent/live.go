package agent

import (
	"context"
	"errors"
	"runtime/debug"
	"sync"
	"time"
)

const (
	tidyEvery = time.Minute     // memory that is free goes back to the machine
	beat      = 2 * time.Second // between two looks at what the sources delivered
	cardsDay  = 24 * time.Hour
)

// live reads by the wall clock until ctx ends.
func (s *site) live(ctx context.Context, sources []source) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	var running sync.WaitGroup
	box := inbox{watch: newStepWatch(s.clock)}
	for _, from := range sources {
		running.Go(func() { from.run(ctx, box.put) })
	}
	var sent error
	running.Go(func() { sent = s.forwarder.Run(ctx) })
	err := s.build(ctx, &box)
	cancel()
	running.Wait()
	return errors.Join(err, sent)
}

// build makes intervals of what comes into the box, at each beat, and at the
// end leaves the baselines behind, so that a restart loses nothing that was
// read.
func (s *site) build(ctx context.Context, box *inbox) error {
	ticker := time.NewTicker(beat)
	defer ticker.Stop()
	_, cards := s.clock()
	var tidied time.Time
	for {
		var ended bool
		select {
		case <-ticker.C:
		case <-ctx.Done():
			ended = true
		}
		worth := s.clockReport() // before the box: a step that comes meanwhile makes it void
		deliveries, lost := box.empty()
		now, steady := s.clock()
		if len(deliveries) == 1 {
			s.markClock(worth, now)
		}
		for _, d := range deliveries {
			if d.step != nil {
				s.takeStep(*d.step)
			}
			s.add(d.readings)
		}
		if lost > 0 {
			s.log.Error("readings lost: the disk did not keep up", "readings", lost)
		}
		err := s.close(now)
		if ended || err != nil {
			return errors.Join(err, s.store())
		}
		s.watch.feed(beat)
		if now := time.Now(); now.Sub(tidied) >= tidyEvery {
			tidied = now
			debug.FreeOSMemory() // what starting, closing and sending took
		}
		if steady-cards >= cardsDay {
			cards = steady
			if err := s.sendCards(now); err != nil {
				return err
			}
		}
	}
}
