package agent

import (
	"context"
	"fmt"
	"math"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"thermie/configs"
	"thermie/interval"
	"thermie/proof"
	"thermie/virtual"
)

// What the measured day comes to by the rule of the file: zero-order hold
// between its 263 rows, nothing before the first and after the last.
const (
	dayIT    = 595.8663 // kWh
	dayTotal = 658.9959
)

// measuredDay is the virtual data center of the measured day, and an agent's
// configuration to read it.
func measuredDay(t *testing.T, collector string) (*virtual.DataCenter, *configs.Agent, string) {
	t.Helper()
	dc, err := virtual.Start(t.Context(), virtual.Options{Modbus: "127.0.0.1:0", MQTT: "127.0.0.1:0", HTTP: "127.0.0.1:0"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { dc.Close() })
	dir := t.TempDir()
	path, err := virtual.WriteMicroDC(dir, dc.ModbusAddr(), dc.MQTTAddr(), dc.StepURL(), collector)
	if err != nil {
		t.Fatal(err)
	}
	cfg, err := configs.LoadAgent(path)
	if err != nil {
		t.Fatal(err)
	}
	return dc, cfg, dir
}

func wantDay(t *testing.T, kwh map[string]float64) {
	t.Helper()
	if it := kwh["it"]; math.Abs(it-dayIT) > 0.001*dayIT {
		t.Errorf("E_IT %.4f kWh, want %.4f", it, dayIT)
	}
	if all := total(kwh); math.Abs(all-dayTotal) > 0.001*dayTotal {
		t.Errorf("E_total %.4f kWh, want %.4f", all, dayTotal)
	}
	t.Logf("E_IT %.4f, E_total %.4f kWh", kwh["it"], total(kwh))
}

func TestTheMeasuredDayThroughLiveSockets(t *testing.T) {
	up := newReceiver(t)
	_, cfg, _ := measuredDay(t, up.URL)
	if err := Run(t.Context(), cfg, testLog(t)); err != nil {
		t.Fatal(err)
	}
	_, records, cards, events := up.received(t)
	for _, kind := range []interval.Kind{interval.ElectricPower, interval.ElectricEnergy} {
		t.Run(string(kind), func(t *testing.T) { wantDay(t, energies(records, kind)) })
	}
	if len(cards) != 1+len(cfg.Points) || len(events) != 0 {
		t.Errorf("%d cards of %d points, events %v", len(cards), len(cfg.Points), events)
	}
	for _, r := range records {
		if r.Flags.Origin() != interval.Live || r.Rev != 0 || r.Gap() {
			t.Fatalf("a gap, a revision or a wrong origin: %+v", r)
		}
	}
}

// A meter that is not there, a serial port that is gone and a certificate that
// has expired cost their own readings and nobody else's.
func TestADeadMeterCostsTheOthersNothing(t *testing.T) {
	up := newReceiver(t)
	_, cfg, _ := measuredDay(t, up.URL)
	old := configs.Security{}
	old.Certificate, old.Key = proof.NewAuthority(t).Client("old", time.Now().Add(-time.Hour))
	for i, dead := range []configs.Line{
		{Address: "127.0.0.1:1"},
		{Link: configs.LinkRTU, Address: "/dev/thermie-lost", Serial: configs.Serial{Baud: 9600, Mode: "8E1"}, SoleMaster: true},
		{Link: configs.LinkTLS, Address: cfg.Modbus[0].Address, TLS: old},
	} {
		point := fmt.Sprintf("dead-%d", i)
		dead.Timeout, dead.Period = configs.Duration(time.Second), configs.Duration(10*time.Second)
		dead.Devices = []configs.Device{{Unit: 1, Template: "schneider-iem3000", Point: point}}
		cfg.Points = append(cfg.Points, configs.Point{ID: point, Point: interval.Point{Role: interval.RoleIT}})
		cfg.Modbus = slices.Insert(cfg.Modbus, 0, dead)
	}
	if err := Run(t.Context(), cfg, testLog(t)); err != nil {
		t.Fatal(err)
	}
	_, records, _, _ := up.received(t)
	kwh := energies(records, interval.ElectricPower)
	for meter := range kwh {
		if strings.HasPrefix(meter, "dead") {
			t.Errorf("%s never answered and has energy", meter)
		}
	}
	wantDay(t, kwh)
}

func TestTheMeasuredDayThroughImport(t *testing.T) {
	up := newReceiver(t)
	_, cfg, dir := measuredDay(t, up.URL)
	csvPath, mapPath, err := virtual.WriteMicroDCHistory(dir)
	if err != nil {
		t.Fatal(err)
	}
	m, err := configs.LoadCSVMap(mapPath, cfg)
	if err != nil {
		t.Fatal(err)
	}
	file, err := os.Open(csvPath)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	result, err := Import(t.Context(), cfg, m, file, "day.csv", testLog(t))
	if err != nil || result.Rows != 263 || result.Readings != 263*12 || result.Refused != 0 {
		t.Fatalf("%+v, %v", result, err)
	}
	_, records, _, _ := up.received(t)
	if len(records) != result.Records {
		t.Errorf("%d records arrived, %d were made", len(records), result.Records)
	}
	wantDay(t, energies(records, interval.ElectricPower))
	for _, r := range records {
		if r.Flags.Origin() != interval.Imported || r.Rev != 0 || r.Gap() {
			t.Fatalf("a gap, a revision or a wrong origin: %+v", r)
		}
	}
}

// A slow machine gets the same bytes as a fast one, and so does the same
// machine twice.
func TestTheSameDayGivesTheSameBytes(t *testing.T) {
	var first string
	for range 2 {
		up := newReceiver(t)
		_, cfg, _ := measuredDay(t, up.URL)
		if err := Run(context.Background(), cfg, testLog(t)); err != nil {
			t.Fatal(err)
		}
		lines, _, _, _ := up.received(t)
		if first == "" {
			first = lines
		} else if lines != first {
			t.Error("two runs sent different bytes")
		}
	}
}
