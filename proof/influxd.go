package proof

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// Influxd is a real InfluxDB 1.8.
type Influxd struct {
	URL    string // once it has started
	Rights bool   // asks for a user and a password

	dir       string
	process   *exec.Cmd
	databases int
}

// StartInfluxd runs InfluxDB until the test ends.
func StartInfluxd(t testing.TB) *Influxd {
	t.Helper()
	d := &Influxd{dir: t.TempDir()}
	t.Cleanup(d.Kill)
	d.Start(t, FreeAddress(t)) // which is its own again after it was killed
	return d
}

// Start runs the server on what it kept so far.
func (d *Influxd) Start(t testing.TB, address string) {
	t.Helper()
	config := filepath.Join(d.dir, "influxd.conf")
	text := fmt.Sprintf(`reporting-disabled = true
bind-address = "127.0.0.1:0"
[meta]
  dir = %[1]q
[data]
  dir = %[2]q
  wal-dir = %[3]q
  index-version = "tsi1"
  max-series-per-database = 0
[monitor]
  store-enabled = false
[http]
  bind-address = %[4]q
  log-enabled = false
  auth-enabled = %[5]v
`, filepath.Join(d.dir, "meta"), filepath.Join(d.dir, "data"), filepath.Join(d.dir, "wal"), address, d.Rights)
	if err := os.WriteFile(config, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	d.process = exec.Command(Program(t, "influxd", GoInfluxd), "-config", config)
	log, err := d.process.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := d.process.Start(); err != nil {
		t.Fatal(err)
	}
	listening := regexp.MustCompile(`Listening on HTTP.*addr=(\S+)`)
	lines := bufio.NewScanner(log)
	for lines.Scan() {
		if found := listening.FindStringSubmatch(lines.Text()); found != nil {
			go func() { _, _ = io.Copy(io.Discard, log) }()
			d.URL = "http://" + found[1]
			return
		}
	}
	t.Fatalf("influxd ended before it listened: %v", lines.Err())
}

// Kill ends the server without a chance to tidy up.
func (d *Influxd) Kill() {
	if d.process != nil && d.process.Process != nil {
		_ = d.process.Process.Kill()
		_ = d.process.Wait() // it was killed
		d.process = nil
	}
}

// Settle waits until no write is under way: one whose sender was killed is
// carried out all the same.
func (d *Influxd) Settle(t testing.TB) {
	t.Helper()
	for {
		response, err := http.Get(d.URL + "/debug/vars")
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(response.Body)
		response.Body.Close()
		if err != nil {
			t.Fatal(err)
		}
		if found := activeWrites.FindSubmatch(text); found == nil {
			t.Fatalf("influxd does not say what it is at: %s", text)
		} else if string(found[1]) == "0" {
			return
		}
	}
}

var activeWrites = regexp.MustCompile(`"writeReqActive":(\d+)`)

// NewDatabase makes a database and returns its name.
func (d *Influxd) NewDatabase(t testing.TB) string {
	t.Helper()
	d.databases++
	name := fmt.Sprintf("thermie%d", d.databases)
	d.Ask(t, "", "CREATE DATABASE "+name)
	return name
}

// Ask runs an InfluxQL statement and returns the rows of its first series,
// times in seconds.
func (d *Influxd) Ask(t testing.TB, database, statement string) [][]any {
	t.Helper()
	response, err := http.PostForm(d.URL+"/query", url.Values{"db": {database}, "epoch": {"s"}, "q": {statement}})
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	var answer struct {
		Results []struct {
			Error  string
			Series []struct{ Values [][]any }
		}
	}
	if err := json.NewDecoder(response.Body).Decode(&answer); err != nil || response.StatusCode != http.StatusOK {
		t.Fatalf("%s: %s %v", statement, response.Status, err)
	}
	if len(answer.Results) == 0 || len(answer.Results[0].Series) == 0 {
		return nil
	}
	return answer.Results[0].Series[0].Values
}

// Write sends lines as any program would, times in seconds.
func (d *Influxd) Write(t testing.TB, database, lines string) {
	t.Helper()
	response, err := http.Post(d.URL+"/api/v2/write?precision=s&bucket="+database, "text/plain", strings.NewReader(lines))
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	if body, err := io.ReadAll(response.Body); response.StatusCode != http.StatusNoContent {
		t.Fatalf("write to InfluxDB: %s %s %v", response.Status, body, err)
	}
}
