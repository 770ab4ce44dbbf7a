package agent

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"sync"
	"time"

	"thermie/interval"
)

// stepped reads a virtual data center, instant by instant: the next instant
// comes when every source has answered for this one. Simulated time is never
// scaled wall time, so a slow machine gets the same bytes as a fast one.
func (s *site) stepped(ctx context.Context, sources []source) error {
	sending, stop := context.WithCancel(ctx)
	defer stop()
	waiting := make(chan struct{}, 1) // says that lines may wait
	sent := make(chan error, 1)
	go func() {
		var err error
		for range waiting {
			err = s.forwarder.Drain(sending)
		}
		sent <- err
	}()
	err := s.replay(ctx, sources, waiting)
	if err != nil {
		stop() // say so now, not when the collector has been reached
	}
	waiting <- struct{}{} // the last lines; no request is broken off, which would send lines twice
	close(waiting)
	return errors.Join(err, <-sent)
}

// replay takes one instant after the other, from the last one on disk on.
func (s *site) replay(ctx context.Context, sources []source, waiting chan<- struct{}) error {
	for _, from := range sources {
		if err := from.start(ctx); err != nil {
			return err
		}
		defer from.stop()
	}
	for {
		at, done, err := s.nextInstant(ctx)
		if err != nil {
			return err
		}
		if done {
			return s.finish()
		}
		s.add(ask(ctx, sources, at))
		if ctx.Err() != nil {
			return ctx.Err() // the instant is not whole: it is asked for again
		}
		if err := s.close(at); err != nil {
			return err
		}
		s.watch.feed(steppedTimeout)
		select {
		case waiting <- struct{}{}:
		default: // the sender has not come to the last lines yet
		}
	}
}

// ask asks all sources at once for one instant and returns the readings in
// the order of the configuration.
func ask(ctx context.Context, sources []source, at time.Time) (all []interval.Reading) {
	answers := make([][]interval.Reading, len(sources))
	var asked sync.WaitGroup
	for i, from := range sources {
		asked.Go(func() { answers[i] = from.step(ctx, at) })
	}
	asked.Wait()
	for _, readings := range answers {
		all = append(all, readings...)
	}
	return all
}

// nextInstant asks the virtual data center to move on from the last instant
// taken. done says that none is left.
func (s *site) nextInstant(ctx context.Context) (at time.Time, done bool, err error) {
	last, now := s.tracks.now, 0.0
	if !last.IsZero() {
		now = float64(last.UnixMilli()) / 1000
	}
	var reply struct {
		Now  float64 `json:"now"`
		Done bool    `json:"done"`
	}
	if err := post(ctx, s.cfg.Stepped.URL, map[string]float64{"now": now}, &reply); err != nil {
		return at, false, fmt.Errorf("asking %s for the next instant: %w", s.cfg.Stepped.URL, err)
	}
	if reply.Done {
		return at, true, nil
	}
	at, ok := interval.UnixTime(reply.Now)
	switch {
	case !ok:
		return at, false, fmt.Errorf("%s answers with %g, which is no Unix time in seconds", s.cfg.Stepped.URL, reply.Now)
	case !at.After(last):
		return at, false, fmt.Errorf("%s goes back from %s to %s", s.cfg.Stepped.URL, last.Format(time.RFC3339), at.Format(time.RFC3339))
	}
	return at, false, nil
}

// post sends a question as JSON and reads the JSON answer.
func post(ctx context.Context, url string, question, answer any) error {
	body, err := json.Marshal(question)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, steppedTimeout)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, url, bytes.NewReader(body))
	if err != nil {
		return err
	}
	request.Header.Set("Content-Type", "application/json")
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		words, _ := io.ReadAll(io.LimitReader(response.Body, 200))
		return fmt.Errorf("%s: %s", response.Status, bytes.TrimSpace(words))
	}
	return json.NewDecoder(io.LimitReader(response.Body, 1<<10)).Decode(answer)
}
