package bench

import (
	"bufio"
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// program is a whole process under measurement.
type program struct {
	t    testing.TB
	cmd  *exec.Cmd
	said bytes.Buffer
}

// runProgram starts a program, and ends it in order when the test does.
func runProgram(t testing.TB, environment []string, name string, args ...string) *program {
	t.Helper()
	p := &program{t: t, cmd: exec.Command(name, args...)}
	p.cmd.Env = append(os.Environ(), environment...)
	p.cmd.Stdout, p.cmd.Stderr = &p.said, &p.said
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		p.cmd.Process.Signal(syscall.SIGTERM)
		p.cmd.Wait()
		if t.Failed() {
			t.Logf("%s said at last:\n%s", name, p.said.Bytes()[max(0, p.said.Len()-4000):])
		}
	})
	return p
}

// usage is what a process took in a window of time.
type usage struct {
	core   float64 // share of one core
	peakMB float64 // resident memory since its start, at the most (VmHWM)
	anonMB float64 // of it what is no file's, at the most seen in the window
	fileMB float64 // of it what is a file's, at the end: the program itself
}

// watch measures the process for so long, and calls each once a second.
func (p *program) watch(window time.Duration, each func()) (u usage) {
	p.t.Helper()
	begun, before := time.Now(), p.processorTime()
	second := time.NewTicker(time.Second)
	defer second.Stop()
	for time.Since(begun) < window {
		<-second.C
		each()
		u.anonMB = max(u.anonMB, p.memoryMB("RssAnon"))
	}
	u.core = (p.processorTime() - before).Seconds() / time.Since(begun).Seconds()
	u.peakMB, u.fileMB = p.memoryMB("VmHWM"), p.memoryMB("RssFile")
	return u
}

func (u usage) String() string {
	return fmt.Sprintf("%.2f %% of one core, %.1f MB at the peak, of which %.1f MB anonymous (and %.1f MB of the program's file)",
		100*u.core, u.peakMB, u.anonMB, u.fileMB)
}

func (u usage) report(b *testing.B) {
	b.ReportMetric(100*u.core, "%core")
	b.ReportMetric(u.peakMB, "MB-peak")
	b.ReportMetric(u.anonMB, "MB-anon")
}

// ticks are those of proc_pid_stat(5), a second.
const ticks = 100

// processorTime is what all threads have used since the start.
func (p *program) processorTime() time.Duration {
	p.t.Helper()
	stat := p.proc("stat")
	fields := strings.Fields(stat[strings.LastIndexByte(stat, ')')+1:]) // from the third on
	sum := 0
	for _, i := range []int{11, 12} { // utime and stime
		n, err := strconv.Atoi(fields[i])
		if err != nil {
			p.t.Fatal(err)
		}
		sum += n
	}
	return time.Duration(sum) * time.Second / ticks
}

// memoryMB is a line of proc_pid_status(5), in megabytes of 1,000,000 bytes.
func (p *program) memoryMB(line string) float64 {
	p.t.Helper()
	lines := bufio.NewScanner(strings.NewReader(p.proc("status")))
	for lines.Scan() {
		if value, found := strings.CutPrefix(lines.Text(), line+":"); found {
			kB, err := strconv.Atoi(strings.TrimSuffix(strings.TrimSpace(value), " kB"))
			if err != nil {
				p.t.Fatal(err)
			}
			return float64(kB) * 1024 / 1e6
		}
	}
	p.t.Fatalf("no %s in /proc", line)
	return 0
}

func (p *program) proc(name string) string {
	p.t.Helper()
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/%s", p.cmd.Process.Pid, name))
	if err != nil {
		p.t.Fatalf("the process is gone: %v\n%.4000s", err, p.said.String())
	}
	return string(text)
}
