package forward

import (
	"bufio"
	"bytes"
	"context"
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
	"time"

	"thermie/proof"
)

// startInfluxd runs a real InfluxDB 1.8 on a free port until the test ends,
// and returns its address.
func startInfluxd(t *testing.T) string {
	t.Helper()
	program := proof.Program(t, "influxd", proof.GoInfluxd)
	dir := t.TempDir()
	config := filepath.Join(dir, "influxd.conf")
	text := fmt.Sprintf(`reporting-disabled = true
bind-address = "127.0.0.1:0"
[meta]
  dir = %[1]q
[data]
  dir = %[2]q
  wal-dir = %[3]q
[monitor]
  store-enabled = false
[http]
  bind-address = "127.0.0.1:0"
  log-enabled = false
`, filepath.Join(dir, "meta"), filepath.Join(dir, "data"), filepath.Join(dir, "wal"))
	if err := os.WriteFile(config, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	server := exec.Command(program, "-config", config)
	log, err := server.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = server.Process.Kill()
		_ = server.Wait()
	})
	listening := regexp.MustCompile(`Listening on HTTP.*addr=(\S+)`)
	lines := bufio.NewScanner(log)
	for lines.Scan() {
		if found := listening.FindStringSubmatch(lines.Text()); found != nil {
			go func() { _, _ = io.Copy(io.Discard, log) }()
			return "http://" + found[1]
		}
	}
	t.Fatalf("influxd ended before it listened: %v", lines.Err())
	return ""
}

// askInflux sends an InfluxQL statement and returns the rows of its first series.
func askInflux(t *testing.T, address, statement string) [][]any {
	t.Helper()
	response, err := http.PostForm(address+"/query", url.Values{"db": {"thermie"}, "epoch": {"s"}, "q": {statement}})
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

// An InfluxDB that we did not write takes our lines. Of a batch with a line
// of the wrong type it stores the rest and says "partial write" without
// saying which; the bad line, and one that is no line protocol at all, end
// in rejected/ with InfluxDB's words.
func TestLinesArriveInARealInfluxDB(t *testing.T) {
	address := startInfluxd(t)
	q := queueOf(t, 100)
	f, pauses := forwarderTo(t, q, address, Options{})
	held := 0
	pause := f.wait
	f.wait = func(ctx context.Context, d time.Duration) error {
		held++
		if !strings.Contains(f.Stats().Alarm, "404") {
			t.Errorf("without the database, the alarm is %q", f.Stats().Alarm)
		}
		askInflux(t, address, "CREATE DATABASE thermie")
		return pause(ctx, d)
	}
	drain(t, f)
	if held != 1 || len(*pauses) != 1 {
		t.Errorf("held %d times until the database was there", held)
	}

	wrongType := bytes.Replace(wireLine(150), []byte("rev=0i"), []byte(`rev="zero"`), 1)
	batch := append(wireLines(101, 150), wrongType, []byte("neither tags nor fields"))
	batch = append(batch, wireLines(151, 200)...)
	if err := q.Append(append(bytes.Join(batch, nl), '\n'), nil); err != nil {
		t.Fatal(err)
	}
	drain(t, f)
	rows := askInflux(t, address, "SELECT si FROM interval ORDER BY time")
	if len(rows) != 198 {
		t.Fatalf("%d intervals are stored, want 198", len(rows))
	}
	for i, row := range rows {
		n := i + 1
		if n >= 150 {
			n++
		}
		if row[0].(float64) != float64(1751328000+600*n) || row[1].(float64) != float64(1000+n) {
			t.Fatalf("row %d reads %v", i, row)
		}
	}
	kept := rejectedText(t, q)
	for _, want := range []string{"field type conflict", string(wrongType), "unable to parse", "\nneither tags nor fields\n"} {
		if !strings.Contains(kept, want) {
			t.Errorf("rejected/ lacks %q:\n%s", want, kept)
		}
	}
	if f.Stats().Rejected != 2 {
		t.Errorf("stats %+v", f.Stats())
	}
}
