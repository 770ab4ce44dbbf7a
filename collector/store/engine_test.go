package store

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"thermie/configs"
	"thermie/proof"
)

// engine is what a kind of store needs to run: nothing, or a server.
type engine struct {
	kind   string
	influx *proof.Influxd
}

// newEngine starts what the kind needs. A test is skipped where that is not
// on this machine.
func newEngine(t testing.TB, kind storeKind) engine {
	e := engine{kind: kind.name}
	if kind.name == configs.InfluxStore {
		e.influx = proof.StartInfluxd(t)
	}
	return e
}

// place returns the configuration of an empty store.
func (e engine) place(t testing.TB) *configs.Collector {
	t.Helper()
	cfg := &configs.Collector{Listen: "127.0.0.1:0", Data: t.TempDir(), Store: configs.Store{Kind: e.kind}}
	if e.influx != nil {
		cfg.Store.URL, cfg.Store.Bucket = e.influx.URL, e.influx.NewDatabase(t)
	}
	return cfg
}

// writeConfig writes the part of cfg that says where its store is.
func writeConfig(t testing.TB, cfg *configs.Collector) (file string) {
	t.Helper()
	text := fmt.Sprintf("data: %q\nstore: {kind: %s}\n", cfg.Data, cfg.Store.Kind)
	if cfg.Store.URL != "" {
		text = fmt.Sprintf("data: %q\nstore: {kind: %s, url: %q, bucket: %s}\n", cfg.Data, cfg.Store.Kind, cfg.Store.URL, cfg.Store.Bucket)
	}
	file = filepath.Join(t.TempDir(), "collector.yaml")
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}
