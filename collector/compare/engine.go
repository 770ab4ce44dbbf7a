package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"

	"thermie/virtual"
)

// errNotInstalled is the error of a server whose program is not there.
var errNotInstalled = errors.New("not installed, left out")

// engine is a server that takes InfluxDB v2 writes.
type engine struct {
	name, install   string
	counted, bucket string // as virtual.Fleet knows it
	calm, folds     bool   // is loaded at a rate too; folds in the background
	command         func(p *plan, dir, address string) (program string, args []string, err error)
	prepare         func(ctx context.Context, url string) error // once it listens
}

var engines = []engine{
	{name: "thermie", counted: "thermie", bucket: "thermie", calm: true, folds: true, command: ours},
	{name: "victoria-metrics", install: "apt install victoria-metrics", counted: "victoriametrics",
		command: func(_ *plan, dir, address string) (string, []string, error) {
			return "victoria-metrics", []string{"-retentionPeriod=100y", "-storageDataPath=" + dir, "-httpListenAddr=" + address,
				"-http.connTimeout=24h", // else it hangs up after two minutes
				// or refuses to count so much
				"-search.maxUniqueTimeseries=10000000", "-search.maxSamplesPerQuery=100000000000", "-search.maxQueryDuration=10m"}, nil
		}},
	{name: "influxd", install: "go install github.com/influxdata/influxdb/cmd/influxd@v1.8.10", counted: "influxdb", bucket: "fleet/autogen",
		command: influxd, prepare: createDatabase},
}

func engineOf(name string) (engine, error) {
	at := slices.IndexFunc(engines, func(e engine) bool { return e.name == name })
	if at < 0 {
		return engine{}, fmt.Errorf("-engines: no server is called %q (hint: thermie, victoria-metrics, influxd)", name)
	}
	return engines[at], nil
}

// ours builds this module, once, and makes a configuration that accepts the
// fleet.
func ours(p *plan, dir, address string) (program string, args []string, err error) {
	program = filepath.Join(p.dir, "thermie")
	if _, err := os.Stat(program); err != nil {
		build := exec.Command("go", "build", "-o", program, "thermie")
		build.Stderr = os.Stderr
		if err := build.Run(); err != nil {
			return "", nil, fmt.Errorf("go build: %w (hint: run this in the source's folder)", err)
		}
	}
	config, err := virtual.WriteFleet(dir, p.fleet.Sites, address)
	return program, []string{"collector", "-config", config}, err
}

// influxd keeps series on the disk (tsi1), any number of them.
func influxd(_ *plan, dir, address string) (string, []string, error) {
	config := filepath.Join(dir, "influxd.conf")
	text := fmt.Sprintf(`reporting-disabled = true
bind-address = "127.0.0.1:0"
[meta]
  dir = %q
[data]
  dir = %q
  wal-dir = %q
  index-version = "tsi1"
  max-series-per-database = 0
[monitor]
  store-enabled = false
[http]
  bind-address = %q
  log-enabled = false
`, filepath.Join(dir, "meta"), filepath.Join(dir, "data"), filepath.Join(dir, "wal"), address)
	return "influxd", []string{"-config", config}, os.WriteFile(config, []byte(text), 0o600)
}

func createDatabase(ctx context.Context, at string) error {
	query := url.Values{"q": {"CREATE DATABASE fleet"}}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, at+"/query?"+query.Encode(), nil)
	if err != nil {
		return err
	}
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		return fmt.Errorf("create the database: %s", answer.Status)
	}
	return nil
}

// freeAddress returns a port that nobody has at the moment.
func freeAddress() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	return l.Addr().String(), l.Close()
}
