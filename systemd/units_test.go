// Package systemd holds the units that run agent and collector, and the tests
// that hold what they promise.
package systemd

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// analyzer is systemd's own judge of units.
func analyzer(t *testing.T) string {
	t.Helper()
	path, err := exec.LookPath("systemd-analyze")
	if err != nil {
		if os.Getenv("THERMIE_REQUIRE_EXTERNAL") != "" {
			t.Fatal("systemd-analyze is required and not there (Debian: apt-get install systemd)")
		}
		t.Skip("systemd-analyze is not there: the units are not judged (Debian: apt-get install systemd)")
	}
	return path
}

// install copies a unit, with its drop-in if there is one, into a folder laid
// out as systemd reads it.
func install(t *testing.T, unit, dropIn string) (path string) {
	t.Helper()
	dir := t.TempDir()
	path = filepath.Join(dir, unit)
	place(t, unit, path)
	if dropIn != "" {
		folder := path + ".d"
		if err := os.Mkdir(folder, 0o755); err != nil {
			t.Fatal(err)
		}
		place(t, dropIn, filepath.Join(folder, "serial.conf"))
	}
	return path
}

func place(t *testing.T, from, to string) {
	t.Helper()
	text, err := os.ReadFile(from)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(to, text, 0o644); err != nil {
		t.Fatal(err)
	}
}

var overall = regexp.MustCompile(`Overall exposure level for \S+: ([0-9.]+)`)

// 0 is best, 10 worst; the services that these run beside score 8.7 to 9.6.
func TestTheUnitsKeepTheirExposureLow(t *testing.T) {
	analyze := analyzer(t)
	for _, c := range []struct {
		unit, dropIn string
		most         float64
	}{
		{"thermie-agent.service", "", 1.2},
		{"thermie-agent.service", "thermie-agent-serial.conf", 1.6},
		{"thermie-agent.service", "thermie-agent-rapl.conf", 1.6},
		{"thermie-collector.service", "", 1.5},
	} {
		out, err := exec.Command(analyze, "security", "--offline=true", "--no-pager", install(t, c.unit, c.dropIn)).CombinedOutput()
		found := overall.FindSubmatch(out)
		if err != nil || found == nil {
			t.Errorf("%s: %v\n%s", c.unit, err, out)
			continue
		}
		score, err := strconv.ParseFloat(string(found[1]), 64)
		if err != nil || score > c.most {
			t.Errorf("%s with %q scores %s, want at most %v:\n%s", c.unit, c.dropIn, found[1], c.most, out)
		}
		t.Logf("%s %s: %s", c.unit, c.dropIn, found[1])
	}
}

// systemd reads the units without a word. That the program is not installed
// here is no fault of theirs, so one that is stands in for it.
func TestSystemdUnderstandsTheUnits(t *testing.T) {
	analyze := analyzer(t)
	for unit, dropIn := range map[string]string{"thermie-agent.service": "thermie-agent-serial.conf", "thermie-collector.service": ""} {
		path := install(t, unit, dropIn)
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		text = []byte(strings.ReplaceAll(string(text), "/usr/bin/thermie", os.Args[0]))
		if err := os.WriteFile(path, text, 0o644); err != nil {
			t.Fatal(err)
		}
		if out, err := exec.Command(analyze, "verify", "--man=no", path).CombinedOutput(); err != nil || strings.Contains(string(out), unit) {
			t.Errorf("%s: %v\n%s", unit, err, out)
		}
	}
}

// What the scores do not see, and the agent counts on.
func TestTheUnitsSayWhatTheProgramCountsOn(t *testing.T) {
	for unit, wants := range map[string][]string{
		"thermie-agent.service": {"Type=notify", "WatchdogSec=2min", "DynamicUser=yes", "SystemCallErrorNumber=EPERM",
			"LoadCredential=token:/etc/thermie/token", "StateDirectory=thermie-agent", "ExecReload=/bin/kill -HUP $MAINPID", "StartLimitIntervalSec=0"},
		"thermie-collector.service": {"Type=notify", "WatchdogSec=2min", "DynamicUser=yes", "SystemCallErrorNumber=EPERM",
			"LoadCredential=tokens:/etc/thermie/tokens", "StateDirectory=thermie-collector", "ExecReload=/bin/kill -HUP $MAINPID", "StartLimitIntervalSec=0"},
	} {
		text, err := os.ReadFile(unit)
		if err != nil {
			t.Fatal(err)
		}
		for _, want := range wants {
			if !strings.Contains(string(text), "\n"+want+"\n") {
				t.Errorf("%s does not say %s", unit, want)
			}
		}
	}
}
