package configs

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"thermie/heat"
)

func TestAnEmptyDocumentLeavesTheDefaults(t *testing.T) {
	for _, text := range []string{"", "\n", "# nothing but a remark\n", "---\n"} {
		value := struct {
			Interval Duration `yaml:"interval"`
		}{Duration(10 * time.Minute)}
		if err := DecodeStrict("x.yaml", []byte(text), &value); err != nil || value.Interval != Duration(10*time.Minute) {
			t.Errorf("%q: %v, interval %s", text, err, value.Interval)
		}
	}
}

func TestMapsAreStrictInsideToo(t *testing.T) {
	var words map[string]struct {
		FR string `yaml:"fr"`
	}
	err := DecodeStrict("words.yaml", []byte("heat: {fr: chaleur}\npower: {fr: puissance, en: power}\nheat: {fr: chaud}\n"), &words)
	want := "words.yaml:2: unknown key en\nwords.yaml:3: key heat is written twice, first in line 1 (keep one of them)"
	if err == nil || err.Error() != want {
		t.Errorf("%v\nwant\n%s", err, want)
	}
	if words["heat"].FR != "chaleur" {
		t.Errorf("heat is %q", words["heat"].FR)
	}
}

// A file of nested aliases would grow to gigabytes if it were followed.
func TestAliasBombsAreRefusedUnopened(t *testing.T) {
	bomb := "a: &a [x,x,x,x,x,x,x,x,x]\n"
	for _, c := range "bcdefghi" {
		bomb += string(c) + ": &" + string(c) + " [" + strings.Repeat("*"+string(c-1)+",", 9) + "]\n"
	}
	var into map[string]any
	err := DecodeStrict("bomb.yaml", []byte(bomb), &into)
	if err == nil || !strings.HasPrefix(err.Error(), "bomb.yaml:1: anchors and aliases are not read") {
		t.Errorf("%.200v", err)
	}
}

func TestAFileOfAnySizeIsBounded(t *testing.T) {
	path := filepath.Join(t.TempDir(), "agent.yaml")
	if err := os.WriteFile(path, bytes.Repeat([]byte("#"), maxFile+1), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := LoadAgent(path); err == nil || !strings.Contains(err.Error(), "more than the 1048576 bytes") {
		t.Errorf("%v", err)
	}
	if _, err := LoadAgent("/dev/zero"); err == nil {
		t.Error("an endless file was read")
	}
}

func TestAMissingFileIsNamed(t *testing.T) {
	_, err := LoadCollector("nowhere.yaml")
	if !errors.Is(err, fs.ErrNotExist) || !strings.Contains(err.Error(), "nowhere.yaml") {
		t.Errorf("%v", err)
	}
	if _, err := LoadCSVMap("nowhere.yaml", nil); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("%v", err)
	}
}

func TestACSVMapWithoutAnAgentIsCheckedInItself(t *testing.T) {
	m, err := DecodeCSVMap("map.yaml", []byte(`
timezone: "-03:30"
delimiter: tab
time: {column: t, format: unix_s}
columns: [{column: P, point: any, kind: electric_power, unit: kW}]
`), nil)
	if err != nil {
		t.Fatal(err)
	}
	zone, err := m.Location()
	if err != nil {
		t.Fatal(err)
	}
	if _, offset := time.Unix(0, 0).In(zone).Zone(); offset != -12600 || m.Delimiter != "\t" || time.Duration(m.Interval) != 10*time.Minute {
		t.Errorf("offset %d, delimiter %q, interval %s", offset, m.Delimiter, m.Interval)
	}
}

// The configuration's words for taps are those that heat has numbers for.
func TestTheTapsAreThoseOfHeat(t *testing.T) {
	for _, tap := range taps {
		if _, known := heat.TapByID(tap); !known {
			t.Errorf("heat does not know the tap %s", tap)
		}
	}
	if len(heat.Taps()) != len(taps) {
		t.Errorf("%d taps here, %d in heat", len(taps), len(heat.Taps()))
	}
}

// What a network takes where it states nothing is what heat's methods take.
func TestTheDefaultsOfANetworkAreThoseOfHeat(t *testing.T) {
	want := map[string]float64{
		"base_share_percent": 100 * heat.DefaultBaseShare, "lorenz_efficiency": heat.DefaultLorenzEfficiency,
		"source_pinch_k": float64(heat.DefaultSourcePinch), "network_pinch_k": float64(heat.DefaultNetworkPinch),
	}
	for _, d := range networkDefaults {
		if value, ok := want[d.key]; ok && value != d.value {
			t.Errorf("%s: %g here, %g in heat", d.key, d.value, value)
		}
	}
}

func TestHintsKnowWhatIsNear(t *testing.T) {
	for written, want := range map[string]string{
		"intervall": "did you mean interval?",
		"nmae":      "did you mean name?",
		"DATA":      "did you mean data?",
		"zzz":       "",
	} {
		if got := didYouMean(written, []string{"interval", "name", "data"}); got != want {
			t.Errorf("%s: %q, want %q", written, got, want)
		}
	}
}
