package agent

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"thermie/virtual"
)

// deadSite writes the configuration of a site none of whose peers is there.
func deadSite(t *testing.T) (config string) {
	t.Helper()
	config, err := virtual.WriteMicroDC(t.TempDir(), "192.0.2.1:502", "192.0.2.1:1883", "http://192.0.2.1/step", "http://192.0.2.1:8086")
	if err != nil {
		t.Fatal(err)
	}
	return config
}

func TestCheckSaysWhatWillLeaveTheSite(t *testing.T) {
	config := deadSite(t)
	var out bytes.Buffer
	if err := CmdCheck(t.Context(), []string{"-config", config}, &out, io.Discard); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"Site micro-dc: the configuration is good.",
		"http://192.0.2.1:8086, bucket \"thermie\"",
		"lines a day", "19 series, one line every 10m0s each",
		"it                       electric_energy in J",
		"rack                     rack_outlet_temperature in K",
		"Counters without a bound (state",
		"card,site=micro-dc,meter=_site json=",
		"nothing is published on a broker",
	} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("check does not say %q:\n%s", want, out.String())
		}
	}
	if _, err := os.Stat(filepath.Join(filepath.Dir(config), "micro-dc.state")); !errors.Is(err, os.ErrNotExist) {
		t.Error("check made a state folder")
	}
}

// Twelve devices of two requests, one request a second and a period of 10 s do
// not go together: that is said before anyone waits for readings.
func TestCheckSaysThatACapIsTooTightForThePeriod(t *testing.T) {
	config := filepath.Join(t.TempDir(), "agent.yaml")
	text := "site: {id: hall, name: Hall, data: measured}\ncollector: {url: https://collector.example.org}\npoints:\n"
	devices := "modbus:\n  - address: 192.0.2.10:502\n    devices:\n"
	for i := range 12 {
		text += fmt.Sprintf("  - {id: p%d, name: P, role: it}\n", i)
		devices += fmt.Sprintf("      - {unit: %d, template: eastron-sdm120, point: p%d}\n", i+1, i)
	}
	if err := os.WriteFile(config, []byte(text+devices), 0o600); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := CmdCheck(t.Context(), []string{"-config", config}, &out, io.Discard); err != nil {
		t.Fatal(err)
	}
	if want := "behind 192.0.2.10:502 are read every 30s, not every 10s"; !strings.Contains(out.String(), want) {
		t.Errorf("check does not say %q:\n%s", want, out.String())
	}
}

func TestCheckListsEveryFaultWithItsLine(t *testing.T) {
	config := deadSite(t)
	text, err := os.ReadFile(config)
	if err != nil {
		t.Fatal(err)
	}
	bad := strings.NewReplacer("interval: 10m", "intervall: 10m", "kind: rack_outlet_temperature, unit: \"°C\"", "kind: rack_outlet_temperature, unit: kW").Replace(string(text))
	if err := os.WriteFile(config, []byte(bad), 0o600); err != nil {
		t.Fatal(err)
	}
	err = CmdCheck(t.Context(), []string{"-config", config}, io.Discard, io.Discard)
	if err == nil || !strings.Contains(err.Error(), "intervall") || !strings.Contains(err.Error(), "kW") || strings.Count(err.Error(), config+":") < 2 {
		t.Errorf("%v", err)
	}
}

func TestACommandSaysWhatIsMissing(t *testing.T) {
	cases := []struct {
		args []string
		want string
	}{
		{nil, "-config is missing (hint: thermie import -h)"},
		{[]string{"-config", "x", "-csv", "y"}, "-map is missing"},
		{[]string{"-config", "x", "extra"}, `argument "extra" is not understood`},
		{[]string{"-config", "/nowhere.yaml", "-csv", "y", "-map", "z"}, "/nowhere.yaml"},
	}
	for _, c := range cases {
		if err := CmdImport(t.Context(), c.args, io.Discard, io.Discard); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%v: %v, want %s", c.args, err, c.want)
		}
	}
	if err := CmdAgent(t.Context(), []string{"-h"}, io.Discard, io.Discard); !errors.Is(err, flag.ErrHelp) {
		t.Error(err)
	}
}

func TestImportSaysWhatBecameOfTheFile(t *testing.T) {
	up := newReceiver(t)
	_, _, dir := measuredDay(t, up.URL)
	csvPath, mapPath, err := virtual.WriteMicroDCHistory(dir)
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(csvPath)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(csvPath, bytes.Replace(text, []byte(",28.2,"), []byte(",n/a,"), 1), 0o600); err != nil {
		t.Fatal(err)
	}
	var out, errOut bytes.Buffer
	err = CmdImport(t.Context(), []string{"-config", filepath.Join(dir, "micro-dc.agent.yaml"), "-csv", csvPath, "-map", mapPath}, &out, &errOut)
	if err != nil || !strings.HasPrefix(out.String(), "263 rows from 2025-06-30T23:05:05Z to 2025-07-01T22:55:42Z: 3155 readings, ") ||
		!strings.HasSuffix(out.String(), "1 rows and cells refused\n") {
		t.Errorf("%v: %s", err, out.String())
	}
	if !strings.Contains(errOut.String(), csvPath+`:2: column "t_in_c": "n/a" is not a number`) {
		t.Error(errOut.String())
	}
}

// However many faults an agent's configuration has, they are an agent's.
func TestManyFaultsAreStillThoseOfAnAgent(t *testing.T) {
	config := filepath.Join(t.TempDir(), "agent.yaml")
	text := "site: {id: A, name: A, data: guessed, tap: well}\ncollector: {url: nowhere}\npoints: [{id: X, role: y}, {id: Y, role: z}]\n"
	if err := os.WriteFile(config, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	err := CmdCheck(t.Context(), []string{"-config", config}, io.Discard, io.Discard)
	if err == nil || strings.Contains(err.Error(), "unknown key") || !strings.Contains(err.Error(), `unknown tap "well"`) {
		t.Error(err)
	}
}
