package queue

import (
	"bufio"
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"
	"time"
)

const killedQueue = "THERMIE_TEST_KILLED_QUEUE"

// A process appends and acknowledges until it is killed, fifty times over.
// What it reported as appended is in the queue or was forwarded before, in
// order; what it reported as acknowledged never comes again; and the baselines
// are those of the last line.
func TestFiftyKillsLoseNoLine(t *testing.T) {
	rounds := 50
	if testing.Short() {
		rounds = 5
	}
	dir := t.TempDir()
	forwarded, appended, acked := 0, 0, 0 // the highest numbers seen so far
	for round := range rounds {
		out := runUntilKilled(t, dir, time.Duration(10+13*(round%7))*time.Millisecond)
		for line := range strings.Lines(out) {
			what, number, whole := report(line)
			if !whole {
				continue // the kill cut this report
			}
			switch what {
			case "forward":
				if number > forwarded+1 {
					t.Fatalf("round %d: line %d forwarded after %d", round, number, forwarded)
				}
				if number <= acked {
					t.Fatalf("round %d: line %d comes again, %d was acknowledged", round, number, acked)
				}
				forwarded = max(forwarded, number)
			case "append":
				appended = number
			case "ack":
				acked = number
			case "baselines":
				if number < appended {
					t.Fatalf("round %d: baselines of line %d, but %d was appended", round, number, appended)
				}
				appended = number
			}
		}
	}
	q := openTestQueue(t, dir, Options{SegmentBytes: 4 << 10})
	for _, line := range takeAll(t, q) {
		if bytes.HasPrefix(line, []byte("event,")) {
			continue
		}
		n := numberOf(t, line)
		if n > forwarded+1 {
			t.Fatalf("at the end line %d follows %d", n, forwarded)
		}
		forwarded = max(forwarded, n)
	}
	if forwarded < appended || appended < rounds {
		t.Errorf("%d lines were appended, %d forwarded", appended, forwarded)
	}
	t.Logf("%d lines in %d rounds", appended, rounds)
}

// runUntilKilled runs the helper for about d and returns what it printed.
func runUntilKilled(t *testing.T, dir string, d time.Duration) string {
	t.Helper()
	child := exec.Command(os.Args[0], "-test.run=^TestHelperAppendsForEver$")
	child.Env = append(os.Environ(), killedQueue+"="+dir)
	out, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	var printed strings.Builder
	var complaints bytes.Buffer
	child.Stderr = &complaints
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewReader(out)
	for started := false; ; {
		line, err := lines.ReadString('\n')
		printed.WriteString(line)
		if err != nil {
			break
		}
		if !started && strings.HasPrefix(line, "append") {
			started = true
			time.AfterFunc(d, func() { _ = child.Process.Kill() }) // SIGKILL: nothing is tidied up
		}
	}
	if err := child.Wait(); err == nil || !strings.Contains(err.Error(), "killed") {
		t.Fatalf("the helper ended by itself: %v\n%s%s", err, printed.String(), complaints.String())
	}
	return printed.String()
}

// TestHelperAppendsForEver appends lines that count on from the baselines,
// forwards some of them, and says each step on stdout.
func TestHelperAppendsForEver(t *testing.T) {
	dir := os.Getenv(killedQueue)
	if dir == "" {
		t.Skip("helper of TestFiftyKillsLoseNoLine")
	}
	q := openTestQueue(t, dir, Options{SegmentBytes: 4 << 10})
	n, _ := strconv.Atoi(string(q.Baselines()))
	fmt.Printf("baselines %d.\n", n)
	for {
		size := 1 + n%5
		appendTo(t, q, n+1, n+1+size, strconv.Itoa(n+size))
		n += size
		fmt.Printf("append %d.\n", n)
		b, err := q.Next(50 * (1 + n%11))
		if err != nil {
			t.Fatal(err)
		}
		for _, line := range b.Lines {
			if bytes.HasPrefix(line, []byte("interval,")) {
				fmt.Printf("forward %d.\n", numberOf(t, line))
			}
		}
		if err := q.Ack(b); err != nil {
			t.Fatal(err)
		}
		if last := b.Lines[len(b.Lines)-1]; bytes.HasPrefix(last, []byte("interval,")) {
			fmt.Printf("ack %d.\n", numberOf(t, last))
		}
	}
}

// report reads one line of the helper; whole says that it was not cut short.
func report(line string) (what string, number int, whole bool) {
	what, rest, _ := strings.Cut(line, " ")
	digits, whole := strings.CutSuffix(rest, ".\n")
	number, err := strconv.Atoi(digits)
	return what, number, whole && err == nil
}

// numberOf is the n of wireLine(n).
func numberOf(t *testing.T, line []byte) int {
	t.Helper()
	_, rest, _ := bytes.Cut(line, []byte(" si="))
	digits, _, _ := bytes.Cut(rest, []byte(","))
	n, err := strconv.Atoi(string(digits))
	if err != nil {
		t.Fatalf("%q has no number", line)
	}
	return n - 1000
}
