package collector

import (
	"context"
	"log/slog"
	"net/http"

	"thermie/configs"
)

// Server answers for one store.
type Server struct{}

// New makes a server for cfg over store.
func New(cfg *configs.Collector, store Store, log *slog.Logger) (*Server, error) { return nil, nil }

// Handler returns the server's doors and pages.
func (s *Server) Handler() http.Handler { return nil }

// Addr returns host:port once the server listens.
func (s *Server) Addr() string { return "" }

// Start opens the listener of cfg.Listen (port 0 takes a free one) and
// serves until Close.
func (s *Server) Start() error { return nil }

// Close stops serving: open requests end first, then the store is folded.
func (s *Server) Close(ctx context.Context) error { return nil }

// Run opens the store, serves until ctx ends, and closes everything.
func Run(ctx context.Context, cfg *configs.Collector, log *slog.Logger) error { return nil }
