package main

import (
	"bytes"
	"encoding/hex"
	"fmt"
	"net/netip"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"thermie/proof"
)

// While the agent works through a day, with its status page on, the kernel is
// asked again and again which sockets the process has: it listens on loopback
// only, and talks to its meters, its broker and its one collector only.
func TestTheAgentListensOnLoopbackOnlyAndTalksToWhomItWasTold(t *testing.T) {
	c := newChain(t)
	store := c.startUntil("collector serves", "collector", "-config", c.collectorYAML)
	defer func() { kill(store) }()
	page := proof.FreeAddress(t)
	text := string(read(t, c.agentYAML)) + fmt.Sprintf("status: %s\n", page)
	c.agentYAML = c.write("agent.yaml", text)
	agent := c.startUntil("status page", "agent", "-config", c.agentYAML)
	ended := make(chan error, 1)
	listening, talking := map[string]bool{}, map[string]bool{}
	go func() { ended <- agent.Wait() }()
	for running := true; running; {
		select {
		case err := <-ended:
			if err != nil {
				t.Fatal(err)
			}
			running = false
		default:
			sockets(agent, listening, talking)
		}
	}
	if len(listening) != 1 || !listening[page] {
		t.Errorf("the agent listens on %v, not on its status page %s alone", listening, page)
	}
	told := regexp.MustCompile(`127\.\d+\.\d+\.\d+:\d+`).FindAllString(text, -1)
	for to := range talking {
		if !slices.Contains(told, to) {
			t.Errorf("the agent talks to %s, which its configuration does not name", to)
		}
	}
	if len(talking) < 3 {
		t.Errorf("the kernel shows connections to %v only", talking)
	}
}

// What /proc/net/tcp calls the states of a socket.
const (
	established = "01"
	listens     = "0A"
)

// sockets adds what a process listens on, and what it has dialled.
func sockets(process *exec.Cmd, listening, talking map[string]bool) {
	proc := filepath.Join("/proc", fmt.Sprint(process.Process.Pid))
	own := map[string]bool{}
	descriptors, _ := filepath.Glob(filepath.Join(proc, "fd", "*"))
	for _, fd := range descriptors {
		if to, err := os.Readlink(fd); err == nil {
			own[strings.TrimSuffix(strings.TrimPrefix(to, "socket:["), "]")] = true
		}
	}
	for _, table := range []string{"tcp", "tcp6"} {
		text, _ := os.ReadFile(filepath.Join(proc, "net", table))
		for line := range bytes.Lines(text) {
			f := strings.Fields(string(line))
			if len(f) < 10 || !own[f[9]] {
				continue
			}
			local, remote := address(f[1]), address(f[2])
			switch {
			case f[3] == listens:
				listening[local] = true
			case f[3] == established && !listening[local]:
				talking[remote] = true
			}
		}
	}
}

// address reads the kernel's form, which is hex in words of this machine's
// byte order.
func address(text string) string {
	digits, port, _ := strings.Cut(text, ":")
	raw, _ := hex.DecodeString(digits)
	for i := 0; i+4 <= len(raw); i += 4 {
		slices.Reverse(raw[i : i+4])
	}
	ip, _ := netip.AddrFromSlice(raw)
	var number uint16
	fmt.Sscanf(port, "%X", &number)
	return netip.AddrPortFrom(ip.Unmap(), number).String()
}
