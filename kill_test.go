package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"thermie/proof"
	"thermie/virtual"
)

// TestMain lets the test binary stand in for thermie itself, so that a test
// can start the real command as a process, and kill it.
func TestMain(m *testing.M) {
	if os.Getenv("THERMIE_AS_COMMAND") != "" {
		main()
	}
	os.Exit(m.Run())
}

// killsVariable asks for more kills of the agent than a quick run has:
//
//	THERMIE_KILLS=200 go test -run HoweverOften -v .
//
// is the acceptance run, of which every fourth kill is a power cut.
const killsVariable = "THERMIE_KILLS"

// The measured day passes real sockets while agent and collector are killed
// again and again, and the power is cut so that the queue's newest segment
// loses its end; what the store then holds is, line for line, what an
// undisturbed run leaves.
func TestEveryIntervalIsThereOnceHoweverOftenAgentAndCollectorAreKilled(t *testing.T) {
	wanted := 24
	if text := os.Getenv(killsVariable); text != "" {
		var err error
		if wanted, err = strconv.Atoi(text); err != nil {
			t.Fatalf("%s: %v", killsVariable, err)
		}
	}
	calm := newChain(t).play(0)
	if n := bytes.Count(calm, []byte("interval,")); n < 1000 {
		t.Fatalf("the undisturbed run stored %d intervals, want the measured day's", n)
	}
	kills, cuts, days := 0, 0, 0
	for seed := uint64(1); kills < wanted && !t.Failed(); seed++ {
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
			c := newChain(t)
			if killed := c.play(seed); !bytes.Equal(calm, killed) {
				t.Errorf("the store differs after %d kills and %d power cuts:\n%s", c.kills, c.cuts, firstDifference(calm, killed))
			}
			kills, cuts, days = kills+c.kills, cuts+c.cuts, days+1
		})
	}
	t.Logf("%d days with %d kills of the agent, %d of them power cuts: every interval is there once", days, kills, cuts)
}

// chain is one virtual data center, and the agent and collector as
// processes with their state in a folder of their own.
type chain struct {
	t                        *testing.T
	dir                      string
	agentYAML, collectorYAML string
	address                  string // of the collector
	kills, cuts              int    // of the agent; after so many of them its queue lost its end
}

func newChain(t *testing.T) *chain {
	t.Helper()
	c := &chain{t: t, dir: t.TempDir(), address: proof.FreeAddress(t)}
	plant, err := virtual.Start(context.Background(), virtual.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { plant.Close() })
	c.agentYAML, err = virtual.WriteMicroDC(c.dir, plant.ModbusAddr(), plant.MQTTAddr(), plant.StepURL(), "http://"+c.address)
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(c.agentYAML)
	if err != nil {
		t.Fatal(err)
	}
	c.agentYAML = c.write("agent.yaml", strings.Replace(string(text), "  bucket: thermie\n", "  bucket: thermie\n  token_file: token\n", 1))
	c.write("token", "a-secret-of-this-test\n")
	c.collectorYAML = c.write("collector.yaml",
		fmt.Sprintf("listen: %q\ndata: store\ntokens: [{site: micro-dc, file: token}]\n", c.address))
	return c
}

func (c *chain) write(name, text string) string {
	path := filepath.Join(c.dir, name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		c.t.Fatal(err)
	}
	return path
}

// play runs the day and returns the export of the site. With a seed, agent
// and collector are killed in turn after a few moments, until the agent has
// come through.
func (c *chain) play(seed uint64) []byte {
	c.t.Helper()
	store := c.startUntil("collector serves", "collector", "-config", c.collectorYAML)
	defer func() { kill(store) }()
	chance := rand.New(rand.NewPCG(seed, 1))
	for round := 0; ; round++ {
		agent := c.startUntil("agent starts", "agent", "-config", c.agentYAML)
		done := make(chan error, 1)
		go func() { done <- agent.Wait() }()
		if seed == 0 || round >= 40 {
			if err := <-done; err != nil {
				c.t.Fatalf("agent: %v", err)
			}
			break
		}
		// Each kind of step may be hit: polling, storing, sending, being
		// acknowledged.
		moment := time.NewTimer(time.Duration(chance.IntN(250)) * time.Millisecond)
		select {
		case err := <-done:
			if err != nil {
				c.t.Fatalf("agent: %v", err)
			}
			return c.export()
		case <-moment.C:
			agent.Process.Kill()
			<-done
			c.kills++
			if c.kills%4 == 0 {
				c.cutPower(chance)
			}
		}
		if round%2 == 1 {
			kill(store)
			store = c.startUntil("collector serves", "collector", "-config", c.collectorYAML)
		}
	}
	return c.export()
}

// cutPower takes a random part off the end of the queue's newest segment, as
// a disk does that had not written it yet.
func (c *chain) cutPower(chance *rand.Rand) {
	c.t.Helper()
	segments, err := filepath.Glob(filepath.Join(c.dir, "*", "*.lines"))
	if err != nil || len(segments) == 0 {
		c.t.Fatalf("no segment in %s: %v", c.dir, err)
	}
	newest := slices.Max(segments)
	info, err := os.Stat(newest)
	if err != nil {
		c.t.Fatal(err)
	}
	if err := os.Truncate(newest, chance.Int64N(info.Size()+1)); err != nil {
		c.t.Fatal(err)
	}
	c.cuts++
}

// export is everything that the store holds of the site, cards left out:
// they carry no measurement.
func (c *chain) export() []byte {
	c.t.Helper()
	var out, errOut bytes.Buffer
	cmd := c.command("export", "-config", c.collectorYAML, "-site", "micro-dc")
	cmd.Stdout, cmd.Stderr = &out, &errOut
	if err := cmd.Run(); err != nil {
		c.t.Fatalf("export: %v\n%s", err, &errOut)
	}
	var kept bytes.Buffer
	for line := range bytes.Lines(out.Bytes()) {
		if bytes.HasPrefix(line, []byte("interval,")) {
			kept.Write(line)
		}
	}
	return kept.Bytes()
}

func (c *chain) command(args ...string) *exec.Cmd {
	cmd := exec.Command(os.Args[0], args...)
	cmd.Env = append(os.Environ(), "THERMIE_AS_COMMAND=1")
	return cmd
}

func (c *chain) start(args ...string) *exec.Cmd {
	c.t.Helper()
	cmd := c.command(args...)
	cmd.Stderr = c.t.Output()
	if err := cmd.Start(); err != nil {
		c.t.Fatal(err)
	}
	return cmd
}

// startUntil starts a command and waits until it has said something on
// stderr.
func (c *chain) startUntil(said string, args ...string) *exec.Cmd {
	c.t.Helper()
	heard := &listener{to: c.t.Output(), said: []byte(said), came: make(chan struct{})}
	cmd := c.command(args...)
	cmd.Stderr = heard
	if err := cmd.Start(); err != nil {
		c.t.Fatal(err)
	}
	select {
	case <-heard.came:
	case <-time.After(time.Minute):
		kill(cmd)
		c.t.Fatalf("thermie %s never said %q", args[0], said)
	}
	return cmd
}

// listener passes on what a command says, and tells when something was said.
type listener struct {
	to    io.Writer
	said  []byte
	heard bool
	came  chan struct{}
}

func (l *listener) Write(p []byte) (int, error) {
	if !l.heard && bytes.Contains(p, l.said) {
		l.heard = true
		close(l.came)
	}
	return l.to.Write(p)
}

func kill(cmd *exec.Cmd) {
	cmd.Process.Kill()
	cmd.Wait()
}

func firstDifference(a, b []byte) string {
	left, right := strings.Split(string(a), "\n"), strings.Split(string(b), "\n")
	for i := range min(len(left), len(right)) {
		if left[i] != right[i] {
			return fmt.Sprintf("line %d of %d and %d\n  calm:   %s\n  killed: %s", i+1, len(left), len(right), left[i], right[i])
		}
	}
	return fmt.Sprintf("%d lines against %d", len(left), len(right))
}
