package host

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"thermie/configs"
	"thermie/interval"
)

var noon = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

// sysTree is a machine's /sys of a test's own: two processors with memory of
// one, a board that measures its input, laid out as the kernel's documents on
// powercap and hwmon say.
func sysTree(t testing.TB) string {
	t.Helper()
	sys := t.TempDir()
	if err := os.CopyFS(sys, os.DirFS("testdata/sys")); err != nil {
		t.Fatal(err)
	}
	return sys
}

// counts sets a zone's counter, in µJ.
func counts(t testing.TB, sys, zone string, uj uint64) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(sys, "class/powercap", zone, "energy_uj"), fmt.Appendln(nil, uj), 0o600); err != nil {
		t.Fatal(err)
	}
}

// show writes down what a machine tells apart from its load, which is the
// test machine's own.
func show(readings []interval.Reading) string {
	var all []string
	for _, r := range readings {
		if r.Kind != interval.ProcessorShare && r.Kind != interval.MemoryShare {
			all = append(all, fmt.Sprintf("%s=%.6g", r.Kind, r.SI))
		}
	}
	return strings.Join(all, " ")
}

func TestAMachineTellsItsPowerAndTemperature(t *testing.T) {
	m := Open(configs.Host{Point: "rack", Sys: sysTree(t), Power: "power_meter/power1", Temperature: "coretemp/temp1"})
	readings, err := m.Read(noon)
	if got := show(readings); got != "electric_power=231.5 component_temperature=327.15" || err != nil {
		t.Errorf("%s, %v", got, err)
	}
}

// Packages and memory are summed; cores, which lie within, psys, which lies
// around, and the second way to a package are not.
func TestEnergyIsThatOfPackagesAndMemory(t *testing.T) {
	sys := sysTree(t)
	m := Open(configs.Host{Point: "rack", Sys: sys, RAPL: true})
	energy := func(second int, want string) {
		t.Helper()
		readings, err := m.Read(noon.Add(time.Duration(second) * time.Second))
		if got := show(readings); got != want || err != nil {
			t.Errorf("after %d s: %s, want %s, %v", second, got, want, err)
		}
	}
	energy(0, "electric_energy=0")
	counts(t, sys, "intel-rapl:0", 262100000000+1_000_000_000-262143328850) // over its end
	counts(t, sys, "intel-rapl:0:0", 82000000000)
	counts(t, sys, "intel-rapl:0:1", 31250000000+50_000_000)
	counts(t, sys, "intel-rapl:1", 5000000+700_000_000)
	energy(10, "electric_energy=1750")
	energy(20, "electric_energy=1750")
	counts(t, sys, "intel-rapl:1", 5000000+800_000_000)
	energy(30, "electric_energy=1850")
}

// What cannot be known is not made up: the sum begins anew, which a builder
// takes for a reset.
func TestEnergyBeginsAnewWhereACounterCannotBeFollowed(t *testing.T) {
	for name, disturb := range map[string]func(sys string) (second int){
		"a pause in which it may have come round twice": func(string) int { return 600 },
		"a counter that began again": func(sys string) int {
			counts(t, sys, "intel-rapl:1", 1000) // would be 262 kJ more
			return 10
		},
		"a clock that went back": func(string) int { return -10 },
	} {
		sys := sysTree(t)
		r, err := openRAPL(sys)
		if err != nil {
			t.Fatal(err)
		}
		for second, uj := range []uint64{5_000_000, 205_000_000} {
			counts(t, sys, "intel-rapl:1", uj)
			if _, err := r.read(noon.Add(time.Duration(second) * time.Second)); err != nil {
				t.Fatal(err)
			}
		}
		if r.total != 200 {
			t.Errorf("%s: %v J before", name, r.total)
		}
		second := disturb(sys)
		if total, err := r.read(noon.Add(time.Duration(second) * time.Second)); total != 0 || err != nil {
			t.Errorf("%s: %v J, %v", name, total, err)
		}
	}
}

// What is not there is said, and the rest read all the same.
func TestAMissingSensorLeavesTheOthers(t *testing.T) {
	sys := sysTree(t)
	m := Open(configs.Host{Point: "rack", Sys: sys, Power: "nvme/power1", Temperature: "coretemp/temp1"})
	readings, err := m.Read(noon)
	if got := show(readings); got != "component_temperature=327.15" || err == nil || !strings.Contains(err.Error(), "no sensor nvme/power1") || !strings.Contains(err.Error(), "power_meter/power1") {
		t.Errorf("%s, %v", got, err)
	}
	for file, text := range map[string]string{"class/hwmon/hwmon1/temp1_input": "warm", "class/powercap/intel-rapl:1/energy_uj": "-1"} {
		if err := os.WriteFile(filepath.Join(sys, file), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	m = Open(configs.Host{Point: "rack", Sys: sys, RAPL: true, Temperature: "coretemp/temp1"})
	if readings, err := m.Read(noon); show(readings) != "" || len(readings) != 1 || err == nil || !strings.Contains(err.Error(), `"warm"`) || !strings.Contains(err.Error(), `"-1"`) {
		t.Errorf("%s, %v", show(readings), err)
	}
	m = Open(configs.Host{Point: "rack", Sys: t.TempDir(), RAPL: true})
	if _, err := m.Read(noon); err == nil || !strings.Contains(err.Error(), "no energy counters") {
		t.Error(err)
	}
}

// A counter that only root may read, as the kernel has them since 2020.
func TestACounterThatMayNotBeReadNamesTheWayOut(t *testing.T) {
	if os.Geteuid() == 0 {
		t.Skip("root may read everything")
	}
	sys := sysTree(t)
	if err := os.Chmod(filepath.Join(sys, "class/powercap/intel-rapl:1/energy_uj"), 0); err != nil {
		t.Fatal(err)
	}
	_, err := Open(configs.Host{Point: "rack", Sys: sys, RAPL: true}).Read(noon)
	if !errors.Is(err, fs.ErrPermission) || !strings.Contains(err.Error(), "drop-in") {
		t.Error(err)
	}
}

// The machine that runs this test: its load and memory are shares.
func TestThisMachineTellsItsLoad(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("only Linux is read")
	}
	m := Open(configs.Host{Point: "here", Sys: "/sys"})
	if _, err := m.Read(noon); err != nil {
		t.Fatal(err)
	}
	for spin := 0; ; spin++ { // until the kernel has counted a tick
		readings, err := m.Read(noon.Add(time.Second))
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range readings {
			if r.SI < 0 || r.SI > 1 || r.Meter != "here" {
				t.Errorf("%+v", r)
			}
		}
		if len(readings) == 2 {
			return
		}
	}
}

func TestLoadIsTheTimeThatIsNotIdle(t *testing.T) {
	var p processors
	for _, c := range []struct {
		stat string
		want float64
		ok   bool
	}{
		{"cpu  100 0 100 700 100 0 0 0 50 0", 0, false},
		{"cpu  150 0 110 720 120 0 0 0 90 0", 0.6, true}, // 60 of 100 ticks
		{"cpu  150 0 110 720 120 0 0 0 90 0", 0, false},
		{"cpu  160 0 120 721 115 0 0 0 95 0", 1, true}, // iowait stepped back
		{"cpu  1 0 1 1 1 0 0 0 0 0", 0, false},         // began anew
	} {
		if share, ok, err := p.share(c.stat); share != c.want || ok != c.ok || err != nil {
			t.Errorf("%s: %v, %v, %v", c.stat, share, ok, err)
		}
	}
	for _, bad := range []string{"", "cpu", "cpu0 1 2 3 4 5 6 7 8", "cpu 1 2 3 4 5 6 7 x", "cpu 1 2 3 4 5 6 7 -8"} {
		if _, _, err := p.share(bad); err == nil {
			t.Errorf("%q is taken", bad)
		}
	}
}

func FuzzLoad(f *testing.F) {
	f.Add("cpu  100 0 100 700 100 0 0 0 50 0", "cpu  150 0 110 720 120 0 0 0 90 0")
	f.Fuzz(func(t *testing.T, first, second string) {
		var p processors
		_, _, _ = p.share(first)
		if share, ok, err := p.share(second); ok && err == nil && !(share >= 0 && share <= 1) {
			t.Errorf("%q, %q: %v", first, second, share)
		}
	})
}
