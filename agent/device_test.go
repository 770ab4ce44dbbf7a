package agent

import (
	"bytes"
	"context"
	"fmt"
	"log"
	"log/slog"
	"math"
	"net"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	simonvetter "github.com/simonvetter/modbus"

	"thermie/configs"
	"thermie/interval"
)

// bank is the registers of a device, served by a Modbus server that we did
// not write. Registers that are not there are an illegal address.
type bank struct {
	simonvetter.RequestHandler // answers what is not overridden; never asked
	mu                         sync.Mutex
	units                      map[uint8]map[uint16]uint16
	asked                      int
}

func (b *bank) HandleHoldingRegisters(r *simonvetter.HoldingRegistersRequest) ([]uint16, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.asked++
	var words []uint16
	for i := range r.Quantity {
		word, there := b.units[r.UnitId][r.Addr+i]
		if !there || r.IsWrite {
			return nil, simonvetter.ErrIllegalDataAddress
		}
		words = append(words, word)
	}
	return words, nil
}

// set puts words at an address of a unit.
func (b *bank) set(unit uint8, address uint16, words ...uint16) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.units == nil {
		b.units = map[uint8]map[uint16]uint16{}
	}
	if b.units[unit] == nil {
		b.units[unit] = map[uint16]uint16{}
	}
	for i, w := range words {
		b.units[unit][address+uint16(i)] = w
	}
}

// serve starts the server and returns its address.
func (b *bank) serve(t *testing.T) string {
	t.Helper()
	address := freeAddress(t)
	startServer(t, &simonvetter.ServerConfiguration{URL: "tcp://" + address}, b)
	return address
}

// startServer runs a server that we did not write until the test ends.
func startServer(t testing.TB, c *simonvetter.ServerConfiguration, handler simonvetter.RequestHandler) {
	t.Helper()
	c.Timeout, c.MaxClients, c.Logger = time.Minute, 4, log.New(t.Output(), "", 0)
	server, err := simonvetter.NewServer(c, handler)
	if err != nil {
		t.Fatal(err)
	}
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { server.Stop() })
}

// freeAddress is one on which nobody listens.
func freeAddress(t testing.TB) string {
	t.Helper()
	free, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer free.Close()
	return free.Addr().String()
}

// floatWords are the words of an f32, high word first.
func floatWords(v float32) []uint16 {
	bits := math.Float32bits(v)
	return []uint16{uint16(bits >> 16), uint16(bits)}
}

func openTestDevice(t *testing.T, address string, unit uint8, template string) *device {
	t.Helper()
	templates, err := configs.Templates()
	if err != nil {
		t.Fatal(err)
	}
	d, err := newDevice(testLink(t, address), configs.Device{Unit: unit, Template: template, Point: "it", Timeout: second}, templates[template], testLog(t))
	if err != nil {
		t.Fatal(err)
	}
	return d
}

const second = configs.Duration(time.Second)

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
	b := &bank{}
	b.set(5, 3059, floatWords(24.5)...)  // kW
	b.set(5, 3203, 0, 0, 0x0012, 0xd687) // 1 234 567 Wh
	d := openTestDevice(t, b.serve(t), 5, "schneider-iem3000")
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
	b := &bank{}
	for a := range uint16(60) {
		b.set(1, a, 0)
	}
	b.set(1, 10, 0, 100, 0, 11)
	b.set(1, 40, 35)
	address := b.serve(t)
	d, err := newDevice(testLink(t, address), configs.Device{Unit: 1, Point: "it", Timeout: second}, partsTemplate, testLog(t))
	if err != nil {
		t.Fatal(err)
	}
	if readings, err := d.read(atInstant); err != nil || showReadings(readings) != "it/electric_energy=3.996e+08 it/electric_power=3500" {
		t.Errorf("%s, %v", showReadings(readings), err)
	}
	b.set(1, 10, 0xffff, 0xffff)
	if readings, err := d.read(atInstant); err != nil || showReadings(readings) != "it/electric_energy=NaN it/electric_power=3500" {
		t.Errorf("one tariff not available: %s, %v", showReadings(readings), err)
	}
	if b.asked != 2 {
		t.Errorf("%d requests for two polls", b.asked)
	}
	if step := d.quantities[0].counts().Step; step != 7.2e6 {
		t.Errorf("two tariffs of 1 kWh step by %g J", step)
	}
}

// A block with a register that the device lacks is split once; from then on
// the device is asked no more than it needs.
func TestARefusedBlockIsSplitOnceAndRemembered(t *testing.T) {
	b := &bank{}
	b.set(1, 10, 0, 100, 0, 11) // nothing between 14 and 39
	b.set(1, 40, 35)
	var said bytes.Buffer
	d, err := newDevice(testLink(t, b.serve(t)), configs.Device{Unit: 1, Point: "it", Timeout: second}, partsTemplate, slog.New(slog.NewTextHandler(&said, nil)))
	if err != nil {
		t.Fatal(err)
	}
	for range 3 {
		if readings, err := d.read(atInstant); err != nil || len(readings) != 2 {
			t.Errorf("%s, %v", showReadings(readings), err)
		}
	}
	if b.asked != 1+3*2 {
		t.Errorf("%d requests, want one refused and then two a poll", b.asked)
	}
	if n := strings.Count(said.String(), "refuses a block"); n != 1 {
		t.Errorf("said %d times:\n%s", n, said.String())
	}
}

func TestARegisterThatIsNotThereCostsOnlyItself(t *testing.T) {
	b := &bank{}
	b.set(5, 3059, floatWords(24.5)...)
	d := openTestDevice(t, b.serve(t), 5, "schneider-iem3000")
	for range patience + 1 {
		readings, err := d.read(atInstant)
		if !isException(err) || showReadings(readings) != "it/electric_power=24500" {
			t.Errorf("%s, %v", showReadings(readings), err)
		}
		d.judge(len(readings), err, instant)
	}
	if d.resting(instant) {
		t.Error("the device is left alone although it answers")
	}
}

// One device that is silent must not cost the others their readings, and is
// asked less and less.
func TestASilentDeviceIsLeftAloneAndItsNeighboursAreNot(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(context.Background())
		asked := map[byte]int{}
		l := newLink(ctx, tcpFraming{}, dialPeer(func(_ int, r []byte) ([]byte, bool) {
			if asked[r[6]]++; r[6] == 2 {
				return nil, false
			}
			return rightly(r), false
		}))
		source := &line{period: 10 * time.Second, held: 30 * time.Second}
		for unit := range byte(3) {
			d, err := newDevice(l, configs.Device{Unit: unit + 1, Point: fmt.Sprintf("meter-%d", unit+1), Timeout: second}, partsTemplate, testLog(t))
			if err != nil {
				t.Fatal(err)
			}
			source.devices = append(source.devices, d)
		}
		got := map[string]int{}
		go source.run(ctx, func(readings []interval.Reading) {
			for _, r := range readings {
				got[r.Meter]++
				if late := r.At.Sub(r.At.Truncate(source.period)); late > 1500*time.Millisecond {
					t.Errorf("%s read %v late", r.Meter, late)
				}
			}
		})
		time.Sleep(time.Hour + source.period/2) // between two polls
		cancel()
		synctest.Wait()
		if got["meter-1"] < 2*359 || got["meter-3"] < 2*359 || got["meter-2"] != 0 {
			t.Errorf("readings in an hour at one in 10 s: %v", got)
		}
		if asked[2] < 8 || asked[2] > 15 {
			t.Errorf("the silent device was asked %d times", asked[2])
		}
	})
}

func TestTheLogIsQuietAboutAFaultThatGoesOn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var said bytes.Buffer
		h := &health{log: slog.New(slog.NewTextHandler(&said, nil))}
		for range 120 {
			h.fail(context.DeadlineExceeded)
			time.Sleep(time.Second)
		}
		h.ok()
		h.ok()
		if faults, back := strings.Count(said.String(), "no reading"), strings.Count(said.String(), "reading again"); faults != 4 || back != 1 {
			t.Errorf("%d faults and %d recoveries said:\n%s", faults, back, said.String())
		}
	})
}
