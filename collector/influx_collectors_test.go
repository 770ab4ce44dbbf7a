package collector

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"thermie/collector/store"
	"thermie/configs"
	"thermie/interval"
)

// serverOver is a collector over a store of any kind, with the token of
// paris-1.
func serverOver(t *testing.T, kept store.Store) *testServer {
	t.Helper()
	file := filepath.Join(t.TempDir(), "token")
	if err := os.WriteFile(file, []byte(secret), 0o600); err != nil {
		t.Fatal(err)
	}
	cfg := &configs.Collector{Listen: "127.0.0.1:0", Tokens: []configs.Token{{Site: "paris-1", File: file}}}
	s, err := New(cfg, kept, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(context.Background()); err != nil {
			t.Error(err)
		}
	})
	return &testServer{Server: s, t: t, url: "http://" + s.Addr()}
}

// collectorVariable names the configuration of the collector that this
// process is.
const collectorVariable = "THERMIE_TEST_COLLECTOR"

func TestMain(m *testing.M) {
	if config := os.Getenv(collectorVariable); config != "" {
		if err := CmdCollector(context.Background(), []string{"-config", config}, os.Stdout, os.Stderr); err != nil {
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// collectorProcess is a whole collector of its own.
type collectorProcess struct {
	url     string
	process *exec.Cmd
}

// startCollector runs a collector with the store of cfg until the test ends.
func startCollector(t *testing.T, cfg *configs.Collector) *collectorProcess {
	t.Helper()
	token := filepath.Join(t.TempDir(), "token")
	if err := os.WriteFile(token, []byte(secret), 0o600); err != nil {
		t.Fatal(err)
	}
	file := writeConfig(t, cfg)
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	text = fmt.Appendf(text, "listen: 127.0.0.1:0\ntokens: [{site: paris-1, file: %q}]\n", token)
	if err := os.WriteFile(file, text, 0o600); err != nil {
		t.Fatal(err)
	}
	c := &collectorProcess{process: exec.Command(os.Args[0], "-test.run=^$")}
	c.process.Env = append(os.Environ(), collectorVariable+"="+file)
	log, err := c.process.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.process.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.kill)
	serves := regexp.MustCompile(`collector serves" address=(\S+)`)
	lines := bufio.NewScanner(log)
	for lines.Scan() {
		if found := serves.FindStringSubmatch(lines.Text()); found != nil {
			go func() { _, _ = io.Copy(io.Discard, log) }()
			c.url = found[1]
			return c
		}
	}
	t.Fatalf("the collector ended before it served: %v", lines.Err())
	return nil
}

func (c *collectorProcess) kill() {
	_ = c.process.Process.Kill()
	_ = c.process.Wait() // it was killed
}

// send writes lines and returns nil if they are acknowledged.
func (c *collectorProcess) send(lines string) error {
	request, err := http.NewRequest(http.MethodPost, c.url+"/api/v2/write?precision=s", strings.NewReader(lines))
	if err != nil {
		return err
	}
	request.Header.Set("Authorization", "Token "+secret)
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusNoContent {
		return refusalOf(response)
	}
	return nil
}

// refusalOf is what came instead of a success.
func refusalOf(response *http.Response) error {
	body, err := io.ReadAll(response.Body)
	return errors.Join(fmt.Errorf("%s: %s", response.Status, body), err)
}

// Two collectors share an InfluxDB. One is killed under load; its senders go
// to the other with what was not acknowledged. Nothing is lost, and both the
// collector that is left and a new one read every interval once.
func TestTwoCollectorsOneKilled(t *testing.T) {
	_, cfg := influxPlace(t)
	first, second := startCollector(t, cfg), startCollector(t, cfg)
	const senders, batches = 4, 60
	var want []interval.Record
	for number := range int64(senders * batches) {
		want = append(want, dayBatch(number)...)
	}
	halfway := make(chan bool, senders)
	ended := make(chan error, senders)
	for sender := range int64(senders) {
		go func() {
			to := []*collectorProcess{first, second}
			if sender%2 == 1 { // some begin with the one that stays
				to = []*collectorProcess{second}
			}
			for number := sender; number < senders*batches; number += senders {
				lines := linesOf(dayBatch(number))
				err := to[0].send(lines)
				for ; err != nil && len(to) > 1; err = to[0].send(lines) {
					to = to[1:]
				}
				if err != nil {
					ended <- err
					return
				}
				if number/senders == batches/2 {
					halfway <- true
				}
			}
			ended <- nil
		}()
	}
	<-halfway
	first.kill()
	for range senders {
		if err := <-ended; err != nil {
			t.Error(err)
		}
	}
	for name, s := range map[string]*collectorProcess{"the one left": second, "a new one": startCollector(t, cfg)} {
		got := exportOf(t, s)
		if !slices.EqualFunc(got, want, interval.Record.Same) {
			t.Errorf("%s has %d intervals, want %d", name, len(got), len(want))
		}
	}
	if got := recordsOf(t, openInflux(t, cfg)); !slices.EqualFunc(got, want, interval.Record.Same) {
		t.Errorf("InfluxDB has %d intervals, want %d", len(got), len(want))
	}
}

// exportOf reads everything of paris-1 through a collector's own door.
func exportOf(t *testing.T, c *collectorProcess) (recs []interval.Record) {
	t.Helper()
	request, err := http.NewRequest(http.MethodGet, c.url+"/api/v1/export?site=paris-1", nil)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Authorization", "Token "+secret)
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		t.Fatal(refusalOf(response))
	}
	err = interval.ReadLines(response.Body, func(_ int, line []byte) error {
		var l interval.Line
		if err := l.Decode(line, time.Second); err != nil {
			return err
		}
		recs = append(recs, l.Record)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return recs
}

// `thermie export` of the embedded store, written to a collector on
// InfluxDB, gives the same records and the same export, and so does the way
// back.
func TestMigrationKeepsEverything(t *testing.T) {
	_, cfg := influxPlace(t)
	here := t.TempDir()
	embedded, err := store.OpenEmbedded(here)
	if err != nil {
		t.Fatal(err)
	}
	b := fixture(t)
	for number := range int64(300) {
		b.Records = append(b.Records, dayBatch(number)...)
	}
	if err := embedded.Append(context.Background(), b); err != nil {
		t.Fatal(err)
	}
	before := recordsOf(t, embedded)
	if err := embedded.Close(); err != nil {
		t.Fatal(err)
	}
	var exported bytes.Buffer
	if err := CmdExport(context.Background(), []string{"-data", here, "-site", "paris-1"}, &exported, io.Discard); err != nil {
		t.Fatal(err)
	}

	far := openInflux(t, cfg)
	s := serverOver(t, far)
	for range 2 { // a second time changes nothing
		s.expect(s.post(bytes.NewReader(exported.Bytes())), http.StatusNoContent, "")
		if after := recordsOf(t, far); !slices.EqualFunc(after, before, interval.Record.Same) {
			t.Fatalf("%d records became %d", len(before), len(after))
		}
	}
	if c, err := far.Counts(context.Background()); err != nil || c.Intervals != c.Replayed || c.Conflicts != 0 {
		t.Errorf("counts %+v, %v", c, err)
	}
	var again bytes.Buffer
	if err := CmdExport(context.Background(), []string{"-config", writeConfig(t, cfg), "-site", "paris-1"}, &again, io.Discard); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(again.Bytes(), exported.Bytes()) {
		t.Errorf("the export of InfluxDB has %d bytes, that of the embedded store %d", again.Len(), exported.Len())
	}

	back, err := store.OpenEmbedded(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer back.Close()
	s = serverOver(t, back)
	s.expect(s.post(bytes.NewReader(again.Bytes())), http.StatusNoContent, "")
	if after := recordsOf(t, back); !slices.EqualFunc(after, before, interval.Record.Same) {
		t.Errorf("on the way back, %d records became %d", len(before), len(after))
	}
}

// Of lines that InfluxDB will never take, the sender hears which; the others
// are stored.
func TestTheSenderHearsWhichLinesInfluxRefuses(t *testing.T) {
	d, cfg := influxPlace(t)
	s := serverOver(t, openInflux(t, cfg))
	d.Write(t, cfg.Store.Bucket, fmt.Sprintf("interval,site=paris-1,meter=foreign,kind=k,len=600 min=1i %d\n", noon))
	bad := with(rec(noon, 1), func(r *interval.Record) { r.Kind, r.SI, r.Min, r.Max = interval.AirTemperature, 300, 290, 310 })
	s.expect(s.post(wire(rec(noon, 1), bad, rec(noon+600, 2))), 400, "invalid", "2 of 3 lines stored", "line 2: ", "field type conflict")
	s.expect(s.post(wire(bad)), 400, "invalid", "nothing stored", "line 1: ")
}
