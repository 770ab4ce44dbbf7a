package demo

import (
	"bufio"
	"bytes"
	"context"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"thermie/collector"
)

// part is how many lines of an export go into one write, as in DOORS.md.
const part = 100_000

// Everything of every site, exported and written to the door of an empty
// collector, gives the same reports of every kind, byte for byte.
func TestAnExportGivesTheSameReports(t *testing.T) {
	out, again := playedOut(t), &Demo{}
	defer again.Close()
	o := Options{Out: t.TempDir(), Listen: "127.0.0.1:0", Lang: "fr", Date: time.Date(2026, 1, 15, 0, 0, 0, 0, time.UTC), Software: "test"}
	state := filepath.Join(o.Out, "state")
	town, err := again.startCollector(state, o)
	if err != nil {
		t.Fatal(err)
	}
	for _, token := range town.Tokens {
		var lines bytes.Buffer
		args := []string{"-data", filepath.Join(out, "state", "collector"), "-site", token.Site}
		if err := collector.CmdExport(context.Background(), args, &lines, io.Discard); err != nil {
			t.Fatal(err)
		}
		importLines(t, again.Address, token.File, &lines)
	}
	if err := again.writeReports(context.Background(), town, o, NewProgress(io.Discard)); err != nil {
		t.Fatal(err)
	}
	want, got := reportFiles(t, out), reportFiles(t, o.Out)
	if len(want) < 10 || strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Fatalf("files %v, want %v", got, want)
	}
	for _, name := range want {
		before, err := os.ReadFile(filepath.Join(out, name))
		if err != nil {
			t.Fatal(err)
		}
		after, err := os.ReadFile(filepath.Join(o.Out, name))
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(before, after) {
			t.Errorf("%s is not the same", name)
		}
	}
}

// importLines writes lines to a collector in parts, as split and curl do.
func importLines(t *testing.T, address, tokenFile string, lines io.Reader) {
	t.Helper()
	secret, err := os.ReadFile(tokenFile)
	if err != nil {
		t.Fatal(err)
	}
	send := func(body *bytes.Buffer) {
		r, err := http.NewRequest(http.MethodPost, "http://"+address+"/api/v2/write?precision=s", body)
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Authorization", "Token "+strings.TrimSpace(string(secret)))
		res, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		defer res.Body.Close()
		if res.StatusCode != http.StatusNoContent {
			said, _ := io.ReadAll(res.Body)
			t.Fatalf("%s: %s", res.Status, said)
		}
	}
	in := bufio.NewScanner(lines)
	in.Buffer(nil, 1<<20)
	var body bytes.Buffer
	for n := 1; in.Scan(); n++ {
		body.Write(append(in.Bytes(), '\n'))
		if n%part == 0 {
			send(&body)
			body.Reset()
		}
	}
	if in.Err() != nil {
		t.Fatal(in.Err())
	}
	send(&body)
}
