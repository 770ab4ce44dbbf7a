package collector

import (
	"cmp"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"sync"
	"time"

	"thermie/collector/feeds"
	"thermie/collector/registry"
	"thermie/collector/rights"
	"thermie/collector/store"
	"thermie/configs"
)

// Server answers for one store: the write door, the export, the pages.
type Server struct {
	cfg      *configs.Collector
	store    store.Store
	registry *Registry
	declared *registry.DB
	rights   *rights.Desk
	feeds    *feeds.Feeds
	series   knownSeries
	log      *slog.Logger
	now      func() time.Time
	begun    time.Time // by the same clock
	secret   string    // by which the collector knows itself
	meter    meter
	turns    chan struct{} // of those who compute pages
	releases chan struct{} // that are being read

	http     *http.Server
	listener net.Listener
	served   chan error
}

// New makes a server for cfg over a store, which stays the caller's to close,
// opens its rights, and reads the token files.
func New(cfg *configs.Collector, over store.Store, log *slog.Logger) (_ *Server, err error) {
	s := &Server{cfg: cfg, store: over, log: log, now: time.Now, secret: rand.Text(),
		turns: make(chan struct{}, maxPages), releases: make(chan struct{}, maxReleases), served: make(chan error, 1)}
	defer func() {
		if err != nil {
			err = errors.Join(fmt.Errorf("collector: %w", err), s.release(context.Background()))
		}
	}()
	if s.feeds, err = feeds.Open(cfg, over, log); err != nil {
		return nil, err
	}
	if s.rights, err = OpenRights(context.Background(), cfg, land{s}, func() time.Time { return s.now() }); err != nil {
		return nil, err
	}
	if err := s.rights.Configure(s.secret, itself); err != nil {
		return nil, err
	}
	if err := s.openRegistry(context.Background(), released{over, s.rights}); err != nil {
		return nil, err
	}
	s.http = &http.Server{
		Handler:           s.Handler(),
		ReadHeaderTimeout: 10 * time.Second,
		ReadTimeout:       2 * time.Minute,
		IdleTimeout:       5 * time.Minute,
		MaxHeaderBytes:    64 << 10,
		ErrorLog:          slog.NewLogLogger(log.Handler(), slog.LevelWarn),
	}
	return s, nil
}

// openRegistry opens what is declared, brings it in line with the
// configuration, and lays it over a store.
func (s *Server) openRegistry(ctx context.Context, over store.Store) (err error) {
	if s.declared, err = registry.Open(ctx, s.cfg.Data, func() time.Time { return s.now() }); err != nil {
		return err
	}
	var changes registry.Changes
	if s.registry, changes, err = NewRegistry(ctx, s.cfg, over, s.declared); err != nil {
		return err
	}
	for _, warning := range changes.Warnings {
		s.log.Warn("what is declared", "warning", warning)
	}
	return nil
}

// Registry returns what the server knows of sites, territories and networks.
func (s *Server) Registry() *Registry { return s.registry }

// Handler returns the server's doors and pages.
func (s *Server) Handler() http.Handler {
	mux := http.NewServeMux()
	for _, r := range s.routes() {
		mux.Handle(r.pattern, r.handler)
	}
	return s.guarded(mux)
}

// Start opens the listener of the configuration (port 0 takes a free one)
// and serves until Close.
func (s *Server) Start() error {
	listener, err := listen(s.cfg)
	if err != nil {
		return err
	}
	s.listener = listener
	s.begun = s.now()
	go func() { s.served <- fmt.Errorf("serve: %w", s.http.Serve(listener)) }()
	return nil
}

// Addr returns host:port once the server has started.
func (s *Server) Addr() string { return s.listener.Addr().String() }

// Close stops listening and waits, until ctx ends, for the open requests.
func (s *Server) Close(ctx context.Context) (err error) {
	defer func() { err = errors.Join(err, s.release(ctx)) }()
	if s.listener == nil {
		return nil
	}
	err = s.http.Shutdown(ctx)
	if served := <-s.served; !errors.Is(served, http.ErrServerClosed) {
		err = errors.Join(err, served)
	}
	return err
}

// release closes whatever is open.
func (s *Server) release(ctx context.Context) (err error) {
	if s.feeds != nil {
		err = s.feeds.Close(ctx)
	}
	if s.rights != nil {
		err = errors.Join(err, s.rights.Close())
	}
	if s.declared != nil {
		err = errors.Join(err, s.declared.Close())
	}
	return err
}

// stopTime is how long open requests may go on when the collector ends.
const stopTime = 10 * time.Second

// Run opens the store, serves until ctx ends, and closes everything: first
// the listener, then the open requests, then the store, which folds.
func Run(ctx context.Context, cfg *configs.Collector, log *slog.Logger) (err error) {
	kept, err := store.Open(cfg)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, kept.Close()) }()
	s, err := New(cfg, kept, log)
	if err != nil {
		return err
	}
	if err := s.Start(); err != nil {
		return errors.Join(err, s.Close(ctx))
	}
	log.Info("collector serves", "address", s.scheme()+"://"+s.Addr(), "data", cfg.Data, "store", cmp.Or(cfg.Store.URL, configs.EmbeddedStore), "retention", cfg.Retention)
	ctx, end := context.WithCancel(ctx)
	defer end()
	var beside sync.WaitGroup
	beside.Go(func() { s.reassure(ctx) })
	beside.Go(func() { s.keepCards(ctx) })
	beside.Go(func() { s.feeds.Run(ctx, s.now) })
	select {
	case <-ctx.Done():
	case err := <-s.served:
		s.served <- err // Close says it
	}
	end()
	beside.Wait()
	stop, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopTime)
	defer cancel()
	return s.Close(stop)
}
