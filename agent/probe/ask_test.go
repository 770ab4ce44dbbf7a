package probe

import (
	"bytes"
	"encoding/json"
	"io"
	"strings"
	"testing"
	"time"

	"thermie/agent/modbus/modbustest"
	"thermie/configs"
	"thermie/proof"
)

// hall is a line with a meter that is read rightly, one whose template has the
// wrong order of words, a Socomec that names itself, and one that lacks a
// register.
func hall(t *testing.T) (lines []configs.Line, templates map[string]configs.Template) {
	t.Helper()
	b := &modbustest.Bank{}
	install(t, b, 1, "schneider-iem3000")
	install(t, b, 2, "eastron-sdm630")
	install(t, b, 3, "socomec-diris-a")
	b.Set(4, 0, words([]byte{0x43, 0x66, 0x80, 0x00})...) // a voltage, and nothing else
	templates = map[string]configs.Template{}
	for id, template := range templatesOf(t) {
		templates[id] = template
	}
	swapped := templates["eastron-sdm630"]
	swapped.Registers = append([]configs.Register(nil), swapped.Registers...)
	for i := range swapped.Registers {
		swapped.Registers[i].WordOrder = "little"
	}
	templates["swapped"] = swapped
	return []configs.Line{{Address: b.Serve(t), Timeout: configs.Duration(time.Second), Devices: []configs.Device{
		{Unit: 1, Template: "schneider-iem3000", Point: "total"},
		{Unit: 2, Template: "swapped", Point: "it"},
		{Unit: 3, Template: "socomec-diris-a", Point: "cold"},
		{Unit: 4, Template: "eastron-sdm120", Point: "rest"},
	}}}, templates
}

// What each register says, what it means, and whether that can be.
func TestEachMeterIsAskedOnce(t *testing.T) {
	lines, templates := hall(t)
	var progress, shown bytes.Buffer
	meters, err := Ask(t.Context(), lines, templates, "", &progress)
	if err != nil {
		t.Fatal(err)
	}
	PrintMeters(&shown, meters)
	written, err := json.MarshalIndent(meters, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	mask := func(b []byte) []byte {
		return bytes.ReplaceAll(b, []byte(lines[0].Address), []byte("192.0.2.10:502"))
	}
	proof.Golden(t, "meters.txt", mask(shown.Bytes()))
	proof.Golden(t, "meters.json", mask(written))
	if n := strings.Count(progress.String(), "asking"); n != 4 {
		t.Errorf("progress:\n%s", &progress)
	}
}

func TestOneMeterCanBeAskedAlone(t *testing.T) {
	lines, templates := hall(t)
	meters, err := Ask(t.Context(), lines, templates, "cold", io.Discard)
	if err != nil || len(meters) != 1 || meters[0].Unit != 3 || *meters[0].Registers[1].Value != 230.4 {
		t.Errorf("%+v, %v", meters, err)
	}
	if _, err := Ask(t.Context(), lines, templates, "lost", io.Discard); err == nil {
		t.Error("a point that no device measures")
	}
}

// A meter that does not answer costs only itself.
func TestAMeterThatDoesNotAnswerIsSaid(t *testing.T) {
	lines, templates := hall(t)
	lines = append(lines, configs.Line{Address: "127.0.0.1:1", Timeout: configs.Duration(time.Second),
		Devices: []configs.Device{{Unit: 1, Template: "schneider-iem3000", Point: "dead"}}})
	meters, err := Ask(t.Context(), lines, templates, "", io.Discard)
	if err != nil || meters[0].Fault != "" || meters[4].Fault == "" || meters[4].Registers[0].Verdict != Unread {
		t.Errorf("%+v, %v", meters[4], err)
	}
}

// A gateway that says that it is in another's way is left alone, by a person
// who asks by hand as by the service.
func TestACollisionMakesAProbeStandBack(t *testing.T) {
	began := make(chan time.Time, 10)
	p := modbustest.NewPeer(t, func(_ int, r []byte) ([]byte, bool) {
		began <- time.Now()
		return modbustest.Framed(r, r[6], r[7]|0x80, 0x0B), false // its target did not answer
	})
	line := configs.Line{Address: p.Address, Timeout: configs.Duration(time.Second), Devices: []configs.Device{
		{Unit: 1, Template: "schneider-iem3000", Point: "total"}, {Unit: 2, Template: "schneider-iem3000", Point: "it"}}}
	meters, err := Ask(t.Context(), []configs.Line{line}, templatesOf(t), "", io.Discard)
	if err != nil || NotWhole(meters) != 2 || len(began) != 2 {
		t.Fatalf("%d requests, %+v, %v", len(began), meters, err)
	}
	if first, second := <-began, <-began; second.Sub(first) < 300*time.Millisecond {
		t.Errorf("asked again after %v", second.Sub(first))
	}
}
