package demo

import (
	"context"
	"crypto/rand"
	_ "embed"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"thermie/collector"
	"thermie/collector/store"
	"thermie/configs"
)

// The territory: what the collector's configuration declares, and the outlines
// of its communes.
var (
	//go:embed scenario.yaml
	scenario []byte
	//go:embed communes.geojson
	communes []byte
)

// configName is the configuration in the state folder: the first file there.
const configName = "collector.yaml"

// startCollector serves an empty store for the fictitious territory. Its
// configuration lies in the state folder, so that `thermie collector` and
// `thermie export` can be tried on what the demonstration leaves behind.
func (d *Demo) startCollector(state string, o Options) (*configs.Collector, error) {
	if err := errors.Join(os.MkdirAll(o.Out, 0o755), os.MkdirAll(state, 0o700)); err != nil {
		return nil, fmt.Errorf("making the demonstration's folder: %w", err)
	}
	path := filepath.Join(state, configName)
	outlines := filepath.Join(state, "communes.geojson")
	if err := errors.Join(os.WriteFile(path, scenario, 0o644), os.WriteFile(outlines, communes, 0o644)); err != nil {
		return nil, fmt.Errorf("writing the collector's configuration: %w", err)
	}
	cfg, err := configs.LoadCollector(path)
	if err != nil {
		return nil, err
	}
	cfg.Listen = o.Listen
	for _, token := range cfg.Tokens {
		if err := os.WriteFile(token.File, []byte(rand.Text()+"\n"), 0o600); err != nil {
			return nil, fmt.Errorf("writing the token of %s: %w", token.Site, err)
		}
	}
	kept, err := store.OpenEmbedded(cfg.Data)
	if err != nil {
		return nil, err
	}
	d.stops = append(d.stops, func() { kept.Close() })
	server, err := collector.New(cfg, kept, quiet())
	if err != nil {
		return nil, err
	}
	if err := server.Start(); err != nil {
		return nil, err
	}
	d.stops = append(d.stops, func() { closeServer(server) })
	d.Address, d.registry = server.Addr(), server.Registry()
	return cfg, nil
}

// tokenFile holds the secret with which one site's agent may write.
func tokenFile(state, site string) string { return filepath.Join(state, site+".token") }

// quiet keeps the parts' own conversation to what a newcomer must know.
func quiet() *slog.Logger {
	return slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelWarn}))
}

// closeServer lets open requests end, but not for ever.
func closeServer(s *collector.Server) {
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	s.Close(ctx)
}
