package agent

import (
	"slices"
	"sync/atomic"
	"testing"

	simonvetter "github.com/simonvetter/modbus"

	"thermie/configs"
	"thermie/interval"
)

// trialTemplate has three registers, of which a device may lack the middle
// one.
func trialTemplate(silent bool) configs.Template {
	t := configs.Template{ID: "trial", Function: 3, WordOrder: "big", MaxWords: 125, ZerosForUndefined: !silent, SilentOnIllegal: silent}
	for i, kind := range []interval.Kind{interval.SupplyTemperature, interval.ReturnTemperature, interval.AirTemperature} {
		t.Registers = append(t.Registers, configs.Register{
			Name: string(kind), Address: uint16(10 + i), Function: 3, Type: "u16", Scale: 1, Unit: "°C", Kind: kind})
	}
	return t
}

// zeroBank shows zeros for what it lacks, once it stands in a block.
type zeroBank struct{ bank }

func (b *zeroBank) HandleHoldingRegisters(r *simonvetter.HoldingRegistersRequest) ([]uint16, error) {
	words, err := b.bank.HandleHoldingRegisters(r)
	if err != nil && r.Quantity > 1 {
		return make([]uint16, r.Quantity), nil
	}
	return words, err
}

func openTrialDevice(t *testing.T, address string, template configs.Template) *device {
	t.Helper()
	d, err := newDevice(testLink(t, address), configs.Device{Unit: 1, Point: "room", Timeout: configs.Duration(testTimeout)}, template, testLog(t))
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// Zeros that a block shows for a register that is not there never become a
// temperature.
func TestZerosForWhatIsNotThereAreNoValues(t *testing.T) {
	b := &zeroBank{}
	b.set(1, 10, 20)
	b.set(1, 12, 30)
	address := freeAddress(t)
	startServer(t, &simonvetter.ServerConfiguration{URL: "tcp://" + address}, b)
	d := openTrialDevice(t, address, trialTemplate(false))
	for range 3 {
		readings, _ := d.read(atInstant)
		if showReadings(readings) != "room/supply_temperature=293.15 room/air_temperature=303.15" {
			t.Errorf("%s", showReadings(readings))
		}
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if d.trial != nil || b.asked != 3+2*2 {
		t.Errorf("on trial: %v; asked %d times", d.trial, b.asked)
	}
}

// A register that is answered with silence is given up when the device
// answers others; a device that is away loses none.
func TestSilenceForWhatIsNotThereIsToldFromAbsence(t *testing.T) {
	var here atomic.Bool
	p := newPeer(t, func(_ int, r []byte) ([]byte, bool) {
		if !here.Load() || slices.Contains(covered(r), 11) {
			return nil, false
		}
		return rightly(r), false
	})
	d := openTrialDevice(t, p.address, trialTemplate(true))
	for range 4 {
		if readings, err := d.read(atInstant); err == nil || len(readings) != 0 {
			t.Errorf("away: %s, %v", showReadings(readings), err)
		}
	}
	here.Store(true)
	for range 2 * tries {
		d.read(atInstant)
	}
	readings, err := d.read(atInstant)
	if err != nil || d.trial != nil || showReadings(readings) != "room/supply_temperature=283.15 room/air_temperature=285.15" {
		t.Errorf("%s, %v, on trial %v", showReadings(readings), err, d.trial)
	}
}

// covered lists the registers that a request asks for.
func covered(r []byte) (addresses []int) {
	for i := range int(r[11]) {
		addresses = append(addresses, int(r[9])+i)
	}
	return addresses
}
