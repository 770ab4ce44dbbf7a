package main

import (
	"archive/zip"
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// A site without a network: its agent measures a day and sends nothing. The
// day is carried in two files, and the collector's store then holds, line for
// line, what it holds of a site that sends. What is changed, replaced, or
// brought out of order is refused, and nothing leaves the agent's queue
// before the collector's own receipt has come back.
func TestADayIsCarriedByHand(t *testing.T) {
	sent := newChain(t).play(0)

	c := newChain(t)
	site := c.edit(c.agentYAML, regexp.MustCompile(`(?m)^collector:\n(?:  .*\n)*`), "collector:\n  offline: true\n  hold: true\n")
	c.must("agent", "-config", site)
	code := regexp.MustCompile(`-release (\S+)`).FindStringSubmatch(c.must("outbox", "-config", site))[1]
	file := func(name string) string { return filepath.Join(c.dir, name) }
	c.refused("nothing waits that may leave", "carry", "-config", site, "-out", file("early"))
	c.must("outbox", "-config", site, "-release", code)

	said := c.must("carry", "-config", site, "-out", file("first"))
	key := regexp.MustCompile(`key (\S+)`).FindStringSubmatch(said)[1]
	if !strings.Contains(said, "file 1 of site micro-dc") {
		t.Error(said)
	}
	if said := c.must("carry", "-config", site); !strings.Contains(said, "file 1") || !strings.Contains(said, key) {
		t.Errorf("the list of files has not the first, or not the key:\n%s", said)
	}
	c.refused("nothing waits", "carry", "-config", site, "-out", file("second"))
	c.must("carry", "-config", site, "-again", "1", "-out", file("copy"))
	if !bytes.Equal(read(t, file("first")), read(t, file("copy"))) {
		t.Error("the file that is written again is another one")
	}

	store := c.start("collector", "-config", c.collectorYAML)
	defer func() { kill(store) }()
	taking := []string{"takein", "-config", c.collectorYAML, file("first")}
	c.refused("carry_key", taking...)
	c.edit(c.collectorYAML, regexp.MustCompile(`file: token\}`), fmt.Sprintf("file: token, carry_key: %q}", strings.Repeat("A", 43)+"="))
	c.refused("not signed by the agent", taking...)
	c.edit(c.collectorYAML, regexp.MustCompile(`carry_key: ".*"`), fmt.Sprintf("carry_key: %q", key))
	change(t, file("first"), file("changed"))
	c.refused("someone has changed it", "takein", "-config", c.collectorYAML, file("changed"))
	if err := os.WriteFile(file("cut"), read(t, file("first"))[:2000], 0o600); err != nil {
		t.Fatal(err)
	}
	c.refused("cut", "takein", "-config", c.collectorYAML, file("cut"))

	said = c.eventually(taking...)
	receiptKey := regexp.MustCompile(`key (\S+)`).FindStringSubmatch(said)[1]
	c.must(taking...) // twice is once
	c.refused("receipt_key", "carry", "-config", site, "-receipt", file("first.receipt"))
	c.edit(site, regexp.MustCompile(`  hold: true\n`), fmt.Sprintf("  hold: true\n  receipt_key: %q\n", receiptKey))
	forged := bytes.Replace(read(t, file("first.receipt")), []byte("number: 1"), []byte("number: 2"), 1)
	if err := os.WriteFile(file("forged"), forged, 0o600); err != nil {
		t.Fatal(err)
	}
	c.refused("nothing was deleted", "carry", "-config", site, "-receipt", file("forged"))
	c.must("carry", "-config", site, "-receipt", file("first.receipt"))
	c.refused("not waiting", "carry", "-config", site, "-receipt", file("first.receipt"))
	if said := c.must("outbox", "-config", site); !strings.Contains(said, "Nothing waits") {
		t.Errorf("after the receipt:\n%s", said)
	}
	if carried := c.export(); !bytes.Equal(sent, carried) {
		t.Errorf("what was carried differs from what was sent:\n%s", firstDifference(sent, carried))
	}
}

// edit changes a file of the chain and returns its path.
func (c *chain) edit(path string, what *regexp.Regexp, to string) string {
	c.t.Helper()
	text := string(read(c.t, path))
	if !what.MatchString(text) {
		c.t.Fatalf("%s has no %s:\n%s", path, what, text)
	}
	if err := os.WriteFile(path, []byte(what.ReplaceAllLiteralString(text, to)), 0o600); err != nil {
		c.t.Fatal(err)
	}
	return path
}

// run runs a command to its end.
func (c *chain) run(args ...string) (out, errOut string, err error) {
	var said, complained bytes.Buffer
	cmd := c.command(args...)
	cmd.Stdout, cmd.Stderr = &said, &complained
	err = cmd.Run()
	return said.String(), complained.String(), err
}

func (c *chain) must(args ...string) string {
	c.t.Helper()
	out, errOut, err := c.run(args...)
	if err != nil {
		c.t.Fatalf("thermie %s: %v\n%s", strings.Join(args, " "), err, errOut)
	}
	return out
}

// refused runs a command that must fail and say why.
func (c *chain) refused(why string, args ...string) {
	c.t.Helper()
	if out, errOut, err := c.run(args...); err == nil || !strings.Contains(errOut, why) {
		c.t.Errorf("thermie %s: %v, want %q\n%s%s", strings.Join(args, " "), err, why, out, errOut)
	}
}

// eventually runs a command until the collector has come up.
func (c *chain) eventually(args ...string) string {
	c.t.Helper()
	for {
		out, errOut, err := c.run(args...)
		if err == nil {
			return out
		}
		if !strings.Contains(errOut, "is the collector running") {
			c.t.Fatalf("%v\n%s", err, errOut)
		}
	}
}

// change copies a carried file with one digit of its lines changed.
func change(t *testing.T, from, to string) {
	t.Helper()
	in, err := zip.OpenReader(from)
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	var out bytes.Buffer
	archive := zip.NewWriter(&out)
	for _, entry := range in.File {
		content, err := in.Open(entry.Name)
		if err != nil {
			t.Fatal(err)
		}
		var text bytes.Buffer
		text.ReadFrom(content)
		w, _ := archive.Create(entry.Name)
		w.Write(bytes.Replace(text.Bytes(), []byte("si=1"), []byte("si=2"), 1))
	}
	archive.Close()
	if err := os.WriteFile(to, out.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
}

func read(t *testing.T, path string) []byte {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return content
}
