package configs

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"thermie/interval"
)

// hostConfig is an agent with this machine's sensors as its only source.
func hostConfig(host, point string) []byte {
	return []byte(`site: {id: hall, name: Hall, tap: return_air, data: measured}
collector: {url: "https://collector.example.org"}
points:
  - {id: rack, name: Rack, role: it` + point + `}
host: {point: rack` + host + `}
`)
}

// What a machine tells of itself is an estimate, wide and named as such on
// its card, unless a person who knows better states its uncertainty.
func TestAHostsPointIsAnEstimate(t *testing.T) {
	for _, c := range []struct {
		host, point, origin string
		percent             float64 // 0: none
	}{
		{", rapl: true", "", "energy counters of processor packages and memory (RAPL), not of the whole machine", 50},
		{", power_sensor: power_meter/power1", "", "the machine's own sensor power_meter/power1", 20},
		{", rapl: true", ", u_declared_percent: 30", "not measured", 30},
		{"", "", "no power", 0},
	} {
		a, err := DecodeAgent("agent.yaml", hostConfig(c.host, c.point))
		if err != nil {
			t.Fatal(err)
		}
		p := a.Points[0]
		if !strings.HasPrefix(p.Origin, "host estimate") || !strings.Contains(p.Origin, c.origin) || p.Class != "" || p.Template != "host" || p.Data != interval.EstimatedData {
			t.Errorf("%s: %+v", c.host, p.Point)
		}
		if (p.DeclaredPct == nil) != (c.percent == 0) || p.DeclaredPct != nil && *p.DeclaredPct != c.percent {
			t.Errorf("%s: %v %%", c.host, p.DeclaredPct)
		}
	}
}

func TestAHostIsAskedForWhatItsConfigurationNames(t *testing.T) {
	all := Host{RAPL: true, Power: "a/power1", Temperature: "b/temp1"}.Kinds()
	want := []interval.Kind{interval.ProcessorShare, interval.MemoryShare, interval.ElectricEnergy, interval.ElectricPower, interval.ComponentTemperature}
	if strings.Join(words(all...), " ") != strings.Join(words(want...), " ") {
		t.Errorf("%v", all)
	}
}

// A sensor that is not there is said at check, with those that are.
func TestCheckLooksForTheSensors(t *testing.T) {
	sys := t.TempDir()
	for file, text := range map[string]string{
		"class/hwmon/hwmon3/name": "coretemp\n", "class/hwmon/hwmon3/temp1_input": "54000\n",
		"class/hwmon/hwmon4/name": "power_meter\n", "class/hwmon/hwmon4/power1_average": "1\n",
	} {
		file = filepath.Join(sys, file)
		if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	check := func(host string) error {
		file := filepath.Join(t.TempDir(), "agent.yaml")
		if err := os.WriteFile(file, hostConfig(", sys: "+sys+host, ""), 0o600); err != nil {
			t.Fatal(err)
		}
		_, err := CheckAgent(file)
		return err
	}
	if err := check(", power_sensor: power_meter/power1, temperature_sensor: coretemp/temp1"); err != nil {
		t.Error(err)
	}
	for host, want := range map[string]string{
		", temperature_sensor: coretemp/temp2": "no sensor coretemp/temp2 under " + sys + ": there are [coretemp/temp1 power_meter/power1]",
		", power_sensor: ipmi/power1":          "agent.yaml:5: no sensor ipmi/power1",
		", rapl: true":                         "no energy counters under " + sys,
	} {
		if err := check(host); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", host, err, want)
		}
	}
}
