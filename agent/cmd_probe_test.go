package agent

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"thermie/agent/modbus/modbustest"
	"thermie/agent/probe"
	"thermie/configs"
)

// probedSite writes the configuration of a site with one meter, which shows
// its power in W where kW is configured.
func probedSite(t *testing.T) (config, address string) {
	t.Helper()
	b := &modbustest.Bank{}
	for phase := range uint16(3) {
		b.Set(5, 2999+2*phase, modbustest.FloatWords(100)...)
		b.Set(5, 3027+2*phase, modbustest.FloatWords(230)...)
	}
	b.Set(5, 3059, modbustest.FloatWords(67620)...)
	b.Set(5, 3083, modbustest.FloatWords(0.98)...)
	b.Set(5, 3109, modbustest.FloatWords(50)...)
	b.Set(5, 3203, make([]uint16, 8)...)
	address, config = b.Serve(t), filepath.Join(t.TempDir(), "agent.yaml")
	text := fmt.Sprintf(`
site: {id: hall, name: Hall, data: measured}
collector: {url: "http://127.0.0.1:8086"}
points: [{id: it, name: IT, role: it}]
modbus:
  - address: %s
    max_requests_per_s: 1000
    devices: [{unit: 5, template: schneider-iem3000, point: it}]
`, address)
	if err := os.WriteFile(config, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return config, address
}

// runProbe runs the command and returns what it wrote and said.
func runProbe(t *testing.T, args ...string) (out, said string, err error) {
	t.Helper()
	var result, conversation bytes.Buffer
	err = CmdProbe(t.Context(), args, &result, &conversation)
	return result.String(), conversation.String(), err
}

func TestProbeShowsWhatAMeterSays(t *testing.T) {
	config, _ := probedSite(t)
	out, said, err := runProbe(t, "-config", config)
	if err != nil || !strings.Contains(out, "4784 1200") || !strings.Contains(out, "67620 kW") || !strings.Contains(said, "asking 1 of 1") {
		t.Errorf("%v\n%s\n%s", err, out, said)
	}
	out, _, err = runProbe(t, "-config", config, "-point", "it", "-json")
	var meters []probe.Meter
	if json.Unmarshal([]byte(out), &meters) != nil || err != nil || meters[0].Point != "it" || meters[0].Registers[0].Verdict != probe.Plausible {
		t.Errorf("%v\n%s", err, out)
	}
}

// Physics names the cause, and a script can tell by the exit code that
// something does not agree.
func TestProbeChecksThePhysics(t *testing.T) {
	config, _ := probedSite(t)
	out, _, err := runProbe(t, "-config", config, "-physics", "-watch", "0")
	if err == nil || !strings.Contains(out, "probable cause: scale factor") {
		t.Errorf("%v\n%s", err, out)
	}
	out, _, _ = runProbe(t, "-config", config, "-physics", "-watch", "0", "-json")
	var findings []probe.Finding
	if json.Unmarshal([]byte(out), &findings) != nil || len(findings) != 1 || findings[0].Cause != probe.ScaleFactor {
		t.Errorf("%s", out)
	}
}

// A line that its configuration goes easy on is scanned no faster.
func TestAScanAsksALineNoFasterThanItIsAllowed(t *testing.T) {
	config, address := probedSite(t)
	text, err := os.ReadFile(config)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(config, bytes.Replace(text, []byte("max_requests_per_s: 1000"), []byte("max_requests_per_s: 0.2"), 1), 0o600); err != nil {
		t.Fatal(err)
	}
	for want, where := range map[string][]string{"at most 0.2 a second": {"-config", config}, "at most 20 a second": {"-address", address}} {
		if _, said, err := runProbe(t, append(where, "-scan", "-rate", "20")...); err == nil || !strings.Contains(said, want) {
			t.Errorf("%v: %v\n%s", where, err, said)
		}
	}
}

// A scan says what it will do and does nothing, until a person says that the
// plant's operator agrees.
func TestAScanNeedsThePlantOperatorsAgreement(t *testing.T) {
	peer := modbustest.NewPeer(t, func(_ int, r []byte) ([]byte, bool) { return modbustest.Framed(r, r[6], r[7]|0x80, 0x0B), false })
	out, said, err := runProbe(t, "-scan", "-address", peer.Address, "-units", "1-20")
	if err == nil || !strings.Contains(err.Error(), "-plant-operator-agrees") || out != "" {
		t.Errorf("%v\n%s", err, out)
	}
	if !strings.Contains(said, "20 unit ids") || !strings.Contains(said, "at most 1 a second") || peer.Connections.Load() != 0 {
		t.Errorf("%d connections\n%s", peer.Connections.Load(), said)
	}
}

func TestAScanProposesWhatItFinds(t *testing.T) {
	config, address := probedSite(t)
	args := []string{"-scan", "-units", "5", "-rate", "50", "-plant-operator-agrees"}
	out, _, err := runProbe(t, append(args, "-address", address)...)
	if _, fault := configs.DecodeAgent("proposal.yaml", []byte(out)); err != nil || fault != nil || !strings.Contains(out, "schneider-iem3000") {
		t.Errorf("%v, %v\n%s", err, fault, out)
	}
	if _, _, err := runProbe(t, append(args, "-config", config)...); err == nil || !strings.Contains(err.Error(), "no unit") {
		t.Errorf("what is configured was asked: %v", err)
	}
}

func TestProbeRefusesWhatItCannotDo(t *testing.T) {
	config, _ := probedSite(t)
	for want, args := range map[string][]string{
		"-config is missing":   {},
		"two things":           {"-config", config, "-scan", "-physics"},
		"no Modbus device":     {"-config", config, "-point", "lost"},
		"needs -address":       {"-scan"},
		"-rate 0":              {"-scan", "-config", config, "-rate", "0"},
		"-every 0s":            {"-config", config, "-physics", "-every", "0s"},
		"-timeout -1s":         {"-scan", "-address", "192.0.2.1:502", "-timeout", "-1s"},
		`unit "300"`:           {"-scan", "-config", config, "-units", "300"},
		"is not a serial port": {"-scan", "-address", "ttyUSB0", "-link", "rtu", "-sole-master"},
		"has one master":       {"-scan", "-address", "/dev/ttyUSB0", "-link", "rtu"},
		"300 Bd":               {"-scan", "-address", "/dev/ttyUSB0", "-link", "rtu", "-sole-master", "-baud", "300"},
		"unknown link":         {"-scan", "-address", "192.0.2.1:502", "-link", "udp"},
		"no such file":         {"-config", "lost.yaml"},
	} {
		if _, _, err := runProbe(t, args...); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %q", args, err, want)
		}
	}
}

// A meter that is not there is told to a script by the exit code.
func TestProbeFailsWhereAMeterIsNotRead(t *testing.T) {
	config, address := probedSite(t)
	text, err := os.ReadFile(config)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(config, bytes.ReplaceAll(text, []byte(address), []byte("127.0.0.1:1")), 0o600); err != nil {
		t.Fatal(err)
	}
	out, _, err := runProbe(t, "-config", config)
	if err == nil || !strings.Contains(err.Error(), "1 of 1 meters") || !strings.Contains(out, "connection refused") {
		t.Errorf("%v\n%s", err, out)
	}
	_, said, err := runProbe(t, "-config", config, "-physics", "-watch", "0")
	if err == nil || !strings.Contains(err.Error(), "nothing could be checked") || !strings.Contains(said, "connection refused") {
		t.Errorf("%v\n%s", err, said)
	}
}
