package probe

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"thermie/agent/modbus"
	"thermie/agent/modbus/modbustest"
	"thermie/configs"
	"thermie/interval"
	"thermie/proof"
)

// gateway is a Modbus TCP gateway with devices behind it, some of which say
// who they are.
type gateway struct {
	units    map[byte]map[uint16]uint16
	product  map[byte]string // by function 43/14
	server   map[byte]string // by function 17
	function map[byte]byte   // the only one by which a unit is read; 0: any

	mu    sync.Mutex
	asked [][]byte // PDUs
}

// put installs a template's captures behind a unit id.
func (g *gateway) put(t *testing.T, unit byte, template string) {
	t.Helper()
	if g.units == nil {
		g.units = map[byte]map[uint16]uint16{}
	}
	g.units[unit] = map[uint16]uint16{}
	for _, c := range capturesOf(t, template) {
		g.set(unit, c.Address, words(c.Raw)...)
	}
}

func (g *gateway) set(unit byte, address uint16, words ...uint16) {
	for i, w := range words {
		g.units[unit][address+uint16(i)] = w
	}
}

func (g *gateway) answer(_ int, r []byte) ([]byte, bool) {
	unit, function := r[6], r[7]
	g.mu.Lock()
	g.asked = append(g.asked, bytes.Clone(r[6:]))
	g.mu.Unlock()
	registers, there := g.units[unit]
	refuse := func(code byte) ([]byte, bool) { return modbustest.Framed(r, unit, function|0x80, code), false }
	switch {
	case !there:
		return refuse(0x0B)
	case function == 0x2B && g.product[unit] != "":
		name := g.product[unit]
		return modbustest.Framed(r, unit, function, append([]byte{0x0E, 2, 0x82, 0, 0, 1, 1, byte(len(name))}, name...)...), false
	case function == 0x11 && g.server[unit] != "":
		return modbustest.Framed(r, unit, function, append([]byte{byte(len(g.server[unit]))}, g.server[unit]...)...), false
	case function != 3 && function != 4, g.function[unit] != 0 && function != g.function[unit]:
		return refuse(1)
	}
	first, quantity := binary.BigEndian.Uint16(r[8:]), binary.BigEndian.Uint16(r[10:])
	data := []byte{byte(2 * quantity)}
	for i := range quantity {
		word, known := registers[first+i]
		if !known {
			return refuse(2)
		}
		data = binary.BigEndian.AppendUint16(data, word)
	}
	return modbustest.Framed(r, unit, function, data...), false
}

// installed is a gateway with a device of each sort: one that names itself by
// 43/14, one by 17, a Socomec, some that only their values tell, and one that
// nobody knows.
func installed(t *testing.T) *gateway {
	g := &gateway{product: map[byte]string{3: "iEM3255"}, server: map[byte]string{4: "UMG 96RM\xff"}, function: map[byte]byte{7: 4}}
	g.put(t, 3, "schneider-iem3000")
	g.put(t, 4, "janitza-umg96rm")
	g.put(t, 5, "socomec-diris-a")
	g.set(5, 50050, asciiWords("DIRIS A40", 8)...)
	g.put(t, 7, "eastron-sdm630")
	g.put(t, 8, "landisgyr-uh50")
	g.put(t, 20, "stulz-c7000")
	return g
}

// asciiWords are two letters a word.
func asciiWords(text string, length int) []uint16 {
	return words(append([]byte(text), make([]byte, 2*length-len(text))...))
}

func scanOf(address string) Scan {
	units, _ := ParseUnits("1-10,20")
	return Scan{Lines: []configs.Line{{Link: configs.LinkTCP, Address: address, MaxRequests: 10000, Timeout: configs.Duration(time.Second)}}, Units: units}
}

// A scan finds who is there and what he is, and what it proposes passes the
// check of configurations.
func TestAScanProposesAConfigurationThatChecks(t *testing.T) {
	g, templates := installed(t), templatesOf(t)
	p := modbustest.NewPeer(t, g.answer)
	var said bytes.Buffer
	scan := scanOf(p.Address)
	found, err := scan.Run(t.Context(), templates, &said)
	if err != nil {
		t.Fatal(err)
	}
	var proposal bytes.Buffer
	if err := Propose(&proposal, scan, found, templates); err != nil {
		t.Fatal(err)
	}
	if _, err := configs.DecodeAgent("proposal.yaml", proposal.Bytes()); err != nil {
		t.Error(err)
	}
	proof.Golden(t, "proposal.yaml", bytes.ReplaceAll(proposal.Bytes(), []byte(p.Address), []byte("192.0.2.10:502")))
	if lines := strings.Count(said.String(), "\n"); lines != len(scan.Units) {
		t.Errorf("progress of %d lines:\n%s", lines, &said)
	}
	var announced bytes.Buffer
	scan.Announce(&announced, templates)
	proof.Golden(t, "announcement.txt", bytes.ReplaceAll(announced.Bytes(), []byte(p.Address), []byte("192.0.2.10:502")))
}

// Nothing but reading and identification is asked, and of a unit that is not
// there one register only.
func TestAScanAsksOfAbsentUnitsLittle(t *testing.T) {
	g := installed(t)
	if _, err := scanOf(modbustest.NewPeer(t, g.answer).Address).Run(t.Context(), templatesOf(t), &bytes.Buffer{}); err != nil {
		t.Fatal(err)
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	of := map[byte]int{}
	for _, request := range g.asked {
		of[request[0]]++
		if !slices.Contains([]byte{1, 2, 3, 4, 0x11, 0x2B}, request[1]) {
			t.Errorf("asked % x", request)
		}
	}
	if of[1] != 1 || of[10] != 1 || of[3] < 3 {
		t.Errorf("requests by unit: %v", of)
	}
}

// Units of several lines have names that say which line.
func TestPointsAreNamedByTheirLine(t *testing.T) {
	found := []Found{{Address: "a", Unit: 1}, {Address: "a", Unit: 2}, {Address: "b", Unit: 1}}
	var names []string
	for _, f := range found {
		names = append(names, pointOf(f, found))
	}
	if want := []string{"line-1-unit-1", "line-1-unit-2", "line-2-unit-1"}; !slices.Equal(names, want) {
		t.Errorf("%v, want %v", names, want)
	}
}

// A proposal is YAML for whatever address, and for a unit that YAML would take
// for a sign of its own.
func TestAProposalCanBeReadBack(t *testing.T) {
	templates := map[string]configs.Template{"hygrometer": {ID: "hygrometer", Maker: "Maker", Registers: []configs.Register{
		{Name: "humidity", Kind: interval.RelativeHumidity, Type: "u16"}}}}
	found := []Found{{Address: "[2001:db8::1]:502", Unit: 1, Template: "hygrometer", By: "its values"}}
	var proposal bytes.Buffer
	if err := Propose(&proposal, scanOf("[2001:db8::1]:502"), found, templates); err != nil {
		t.Fatal(err)
	}
	_, err := configs.DecodeAgent("proposal.yaml", proposal.Bytes())
	var faults configs.Faults
	if !errors.As(err, &faults) || len(faults) != 1 || !strings.Contains(faults[0].Message, `unknown template "hygrometer"`) {
		t.Errorf("%v\n%s", err, &proposal)
	}
}

// What is configured already is not asked again.
func TestAScanLeavesOutWhatIsConfigured(t *testing.T) {
	g := installed(t)
	scan := scanOf(modbustest.NewPeer(t, g.answer).Address)
	scan.Lines[0].Devices = []configs.Device{{Unit: 3}, {Unit: 7}}
	found, err := scan.Run(t.Context(), templatesOf(t), &bytes.Buffer{})
	if err != nil || len(found) != 4 || slices.ContainsFunc(found, func(f Found) bool { return f.Unit == 3 || f.Unit == 7 }) {
		t.Errorf("%+v, %v", found, err)
	}
}

func TestAScanOfALineThatIsNotThereSaysSo(t *testing.T) {
	found, err := scanOf("127.0.0.1:1").Run(t.Context(), templatesOf(t), &bytes.Buffer{})
	if err == nil || len(found) != 0 {
		t.Errorf("%+v, %v", found, err)
	}
}

func TestAScanCanBeEnded(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	p := modbustest.NewPeer(t, func(_ int, r []byte) ([]byte, bool) { cancel(); return modbustest.Rightly(r), false })
	if _, err := scanOf(p.Address).Run(ctx, nil, &bytes.Buffer{}); err == nil {
		t.Error("the scan went on")
	}
}

// Values alone do not make a device one of another maker's.
func TestADeviceIsNotTakenForAnotherMakers(t *testing.T) {
	templates := templatesOf(t)
	for maker, want := range map[string]bool{"": true, "ABB Ltd": false, "Belimo": true} {
		if got := slices.Contains(byMaker(maker, templates), "belimo-energy-valve-v4"); got != want {
			t.Errorf("%q: %v", maker, got)
		}
	}
	if named := byName(modbus.Identity{Product: "iEM3255"}, templates); !slices.Equal(named, []string{"schneider-iem3000"}) {
		t.Error(named)
	}
}

func TestUnitIdsAreReadFromALine(t *testing.T) {
	if units, err := ParseUnits("1-3, 100"); err != nil || !slices.Equal(units, []uint8{1, 2, 3, 100}) {
		t.Errorf("%v, %v", units, err)
	}
	if units, err := ParseUnits("255"); err != nil || !slices.Equal(units, []uint8{255}) {
		t.Errorf("%v, %v", units, err)
	}
	for _, wrong := range []string{"", "x", "1-", "5-2", "248", "240-255", "-1", "1-3-5"} {
		if units, err := ParseUnits(wrong); err == nil {
			t.Errorf("%q: %v", wrong, units)
		}
	}
}
