package daemon

import (
	"context"
	"log/slog"
	"os"
	"os/signal"
	"strings"
	"syscall"
)

// Service is a program that runs by a configuration of type C.
type Service[C any] struct {
	Load func() (C, error)                      // reads and checks the configuration
	Run  func(ctx context.Context, cfg C) error // until ctx ends, leaving behind what the next run needs; says Ready itself
	Log  *slog.Logger
}

// Serve runs the service until it returns or ctx ends. On SIGHUP the
// configuration is loaded anew. With a fault in it the service runs on as it
// is and says why; a clean one ends the run in order, and the next run begins
// with it. Nothing changes under a running service. The error is that of the
// first load, or of a run.
func (s Service[C]) Serve(ctx context.Context) error {
	asked := make(chan os.Signal, 1)
	signal.Notify(asked, syscall.SIGHUP)
	defer signal.Stop(asked)
	cfg, err := s.Load()
	for err == nil {
		var next *C
		if next, err = s.once(ctx, cfg, asked); next == nil {
			break
		}
		cfg = *next
	}
	return err
}

// once runs the service with one configuration. next is the one to go on
// with; nil: there is none, the service has ended.
func (s Service[C]) once(ctx context.Context, cfg C, asked <-chan os.Signal) (next *C, err error) {
	current, end := context.WithCancel(ctx)
	defer end()
	done := make(chan error, 1)
	go func() { done <- s.Run(current, cfg) }()
	for {
		select {
		case err := <-done:
			return nil, err
		case <-ctx.Done():
			s.tell(Stopping)
			return nil, <-done
		case <-asked:
			if next := s.reload(); next != nil {
				end()
				return next, <-done
			}
		}
	}
}

// reload returns the new configuration, or nil where it has faults.
func (s Service[C]) reload() *C {
	s.tell(Reloading)
	cfg, err := s.Load()
	if err == nil {
		s.Log.Info("the configuration is good; starting anew with it")
		return &cfg
	}
	for fault := range strings.Lines(err.Error()) {
		s.Log.Error("the configuration is not taken; running on with the one before", "fault", strings.TrimSpace(fault))
	}
	s.tell(Ready, Status("running with the configuration before: the new one has faults, the log lists them"))
	return nil
}

func (s Service[C]) tell(states ...string) {
	if err := Notify(states...); err != nil {
		s.Log.Warn(err.Error())
	}
}
