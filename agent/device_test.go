package agent

import (
	"bytes"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"

	"thermie/agent/modbus"
	"thermie/agent/modbus/modbustest"
	"thermie/configs"
	"thermie/interval"
)

func testLink(t *testing.T, address string) *modbus.Link {
	return modbus.Open(t.Context(), configs.Line{Address: address})
}

func openTestDevice(t *testing.T, address string, unit uint8, template string) *device {
	t.Helper()
	templates, err := configs.Templates()
	if err != nil {
		t.Fatal(err)
	}
	d, err := deviceOf(testLink(t, address), configs.Device{Unit: unit, Template: template, Point: "it", Timeout: patient}, templates[template], testLog(t))
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// deviceOf is a device with a sheet of its own.
func deviceOf(l *modbus.Link, cfg configs.Device, t configs.Template, log *slog.Logger) (*device, error) {
	on, err := newSheet(cfg, t)
	if err != nil {
		return nil, err
	}
	return newDevice(l, cfg, on, log)
}

const second = configs.Duration(time.Second)

// patient is for an answer that comes, however busy the machine is.
const patient = configs.Duration(5 * time.Minute)

var instant = time.Date(2025, 7, 1, 12, 0, 0, 0, time.UTC)

func atInstant() time.Time { return instant }

func showReadings(readings []interval.Reading) string {
	var all []string
	for _, r := range readings {
		all = append(all, fmt.Sprintf("%s/%s=%g", r.Meter, r.Kind, r.SI))
	}
	return strings.Join(all, " ")
}

func TestAMeterIsReadByItsTemplate(t *testing.T) {
	b := &modbustest.Bank{}
	b.Set(5, 3059, modbustest.FloatWords(24.5)...) // kW
	b.Set(5, 3203, 0, 0, 0x0012, 0xd687)           // 1 234 567 Wh
	d := openTestDevice(t, b.Serve(t), 5, "schneider-iem3000")
	readings, err := d.read(atInstant)
	if err != nil || showReadings(readings) != "it/electric_power=24500 it/electric_energy=4.4444412e+09" || !readings[0].At.Equal(instant) {
		t.Errorf("%s, %v", showReadings(readings), err)
	}
}

// partsTemplate has two tariffs of one energy and a hole between blocks.
var partsTemplate = configs.Template{ID: "parts", Function: 3, WordOrder: "big", MaxWords: 125, Registers: []configs.Register{
	{Name: "t1", Address: 10, Function: 3, Type: "u32", Scale: 1, Unit: "kWh", Kind: interval.ElectricEnergy, NotValid: []string{"ffffffff"}},
	{Name: "t2", Address: 12, Function: 3, Type: "u32", Scale: 1, Unit: "kWh", Kind: interval.ElectricEnergy},
	{Name: "voltage", Address: 14, Function: 3, Type: "u32", Scale: 1, Unit: "V"},
	{Name: "power", Address: 40, Function: 3, Type: "s16", Scale: 0.1, Unit: "kW", Kind: interval.ElectricPower},
}}

func TestPartsOfAQuantityAreSummedOrMissingTogether(t *testing.T) {
	b := &modbustest.Bank{}
	for a := range uint16(60) {
		b.Set(1, a, 0)
	}
	b.Set(1, 10, 0, 100, 0, 11)
	b.Set(1, 40, 35)
	address := b.Serve(t)
	d, err := deviceOf(testLink(t, address), configs.Device{Unit: 1, Point: "it", Timeout: patient}, partsTemplate, testLog(t))
	if err != nil {
		t.Fatal(err)
	}
	if readings, err := d.read(atInstant); err != nil || showReadings(readings) != "it/electric_energy=3.996e+08 it/electric_power=3500" {
		t.Errorf("%s, %v", showReadings(readings), err)
	}
	b.Set(1, 10, 0xffff, 0xffff)
	if readings, err := d.read(atInstant); err != nil || showReadings(readings) != "it/electric_energy=NaN it/electric_power=3500" {
		t.Errorf("one tariff not available: %s, %v", showReadings(readings), err)
	}
	if b.Asked() != 2 {
		t.Errorf("%d requests for two polls", b.Asked())
	}
	if step := d.quantities[0].counts().Step; step != 7.2e6 {
		t.Errorf("two tariffs of 1 kWh step by %g J", step)
	}
}

// A block with a register that the device lacks is split once; from then on
// the device is asked no more than it needs.
func TestARefusedBlockIsSplitOnceAndRemembered(t *testing.T) {
	b := &modbustest.Bank{}
	b.Set(1, 10, 0, 100, 0, 11) // nothing between 14 and 39
	b.Set(1, 40, 35)
	var said bytes.Buffer
	d, err := deviceOf(testLink(t, b.Serve(t)), configs.Device{Unit: 1, Point: "it", Timeout: patient}, partsTemplate, slog.New(slog.NewTextHandler(&said, nil)))
	if err != nil {
		t.Fatal(err)
	}
	for range 3 {
		if readings, err := d.read(atInstant); err != nil || len(readings) != 2 {
			t.Errorf("%s, %v", showReadings(readings), err)
		}
	}
	if b.Asked() != 1+3*2 {
		t.Errorf("%d requests, want one refused and then two a poll", b.Asked())
	}
	if n := strings.Count(said.String(), "refuses a block"); n != 1 {
		t.Errorf("said %d times:\n%s", n, said.String())
	}
}

func TestARegisterThatIsNotThereCostsOnlyItself(t *testing.T) {
	b := &modbustest.Bank{}
	b.Set(5, 3059, modbustest.FloatWords(24.5)...)
	d := openTestDevice(t, b.Serve(t), 5, "schneider-iem3000")
	for range patience + 1 {
		readings, err := d.read(atInstant)
		if !modbus.IsException(err) || showReadings(readings) != "it/electric_power=24500" {
			t.Errorf("%s, %v", showReadings(readings), err)
		}
		d.judge(len(readings), err, instant)
	}
	if d.resting(instant) {
		t.Error("the device is left alone although it answers")
	}
}

// Each template can be read as it stands, with the units that only the meter
// knows stated by the device; but for one that has no numbers.
func TestEachTemplateMakesADevice(t *testing.T) {
	templates, err := configs.Templates()
	if err != nil {
		t.Fatal(err)
	}
	units := map[string]string{"J": "kWh", "W": "kW", "m3": "m3", "m3/s": "m3/h", "K": "°C"}
	for id, template := range templates {
		cfg := configs.Device{Unit: 1, Template: id, Point: "it", Units: map[string]string{}}
		for _, r := range template.Registers {
			if nature, known := r.Kind.Nature(); known && r.Unit == "" {
				cfg.Units[r.Name] = units[nature.ReadingUnit]
			}
		}
		d, err := deviceOf(testLink(t, "127.0.0.1:1"), cfg, template, testLog(t))
		if err != nil || (d.reader.Requests() == 0) != (id == "stulz-c7000") {
			t.Errorf("%s: %+v, %v", id, d, err)
		}
	}
}

// unitTemplate has a meter tell the unit of its energy.
var unitTemplate = configs.Template{ID: "units", Function: 3, MaxWords: 125, Registers: []configs.Register{
	{Name: "energy_unit", Address: 9, Function: 3, Type: "u16", Scale: 1, Unit: "1"},
	{Name: "energy", Address: 10, Function: 3, Type: "u32", Scale: 1, Kind: interval.ThermalEnergy,
		UnitFrom: &configs.UnitFrom{Register: "energy_unit", Codes: map[int]string{3: "kWh", 6: "MWh"}}},
}}

// A meter whose setting is changed goes on counting the same energy; a code
// that nobody knows makes the energy missing, not wrong.
func TestAMeterTellsItsUnit(t *testing.T) {
	b := &modbustest.Bank{}
	b.Set(1, 9, 3, 0, 2000)
	d, err := deviceOf(testLink(t, b.Serve(t)), configs.Device{Unit: 1, Point: "heat", Timeout: patient}, unitTemplate, testLog(t))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		code, count uint16
		want        string
	}{{3, 2000, "heat/thermal_energy=7.2e+09"}, {6, 2, "heat/thermal_energy=7.2e+09"}, {7, 2, ""}} {
		b.Set(1, 9, c.code, 0, c.count)
		readings, err := d.read(atInstant)
		if showReadings(readings) != c.want || (err != nil) != (c.want == "") {
			t.Errorf("code %d: %s, %v", c.code, showReadings(readings), err)
		}
	}
	if b.Asked() != 3 {
		t.Errorf("%d requests for three readings", b.Asked())
	}
}
