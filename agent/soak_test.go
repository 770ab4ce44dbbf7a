package agent

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"os"
	"runtime"
	"testing"
	"testing/synctest"
	"time"

	"thermie/agent/modbus"
	"thermie/agent/modbus/modbustest"
	"thermie/configs"
	"thermie/interval"
)

// soakVariable asks for the long form, by the wall clock and over TCP:
//
//	THERMIE_SOAK=10m go test ./agent -run Soak -v -timeout 20m
const soakVariable = "THERMIE_SOAK"

// A thousand devices behind twenty gateways, of which one in twenty is dead,
// one in twenty slow and one in a hundred lies: those that are well keep their
// period within a tenth, no value is stored that a device did not mean, and
// the memory stays as it is.
func TestSoakOfAThousandDevices(t *testing.T) {
	if text := os.Getenv(soakVariable); text != "" {
		length, err := time.ParseDuration(text)
		if err != nil {
			t.Fatalf("%s: %v", soakVariable, err)
		}
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		newSoak(t, ctx, func(answer modbustest.Misbehaviour) *modbus.Link {
			return modbus.Open(ctx, configs.Line{Address: modbustest.NewPeer(t, answer).Address, MaxRequests: 1000})
		}).run(ctx, cancel, length)
		return
	}
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		newSoak(t, ctx, func(answer modbustest.Misbehaviour) *modbus.Link {
			return modbus.Over(ctx, modbustest.Pipe(answer))
		}).run(ctx, cancel, 3*time.Minute+soakPeriod/2) // between two polls
		time.Sleep(time.Minute) // the peers end their last answers
	})
}

const (
	soakDevices  = 1000
	soakGateways = 20
	soakPeriod   = 10 * time.Second
)

// The sorts of devices.
const (
	well = iota
	dead
	slow
	lying
)

// sortOf spreads the sorts over the gateways.
func sortOf(n int) int {
	switch {
	case n%100 == 7:
		return lying
	case n%20 == 3:
		return dead
	case n%20 == 11:
		return slow
	}
	return well
}

// soakTemplate has two registers with a hole between them.
var soakTemplate = configs.Template{ID: "soak", Function: 3, MaxWords: 125, Registers: []configs.Register{
	{Name: "inlet", Address: 10, Function: 3, Type: "u16", Scale: 0.01, Kind: interval.AirTemperature, Unit: "K"},
	{Name: "outlet", Address: 20, Function: 3, Type: "u16", Scale: 0.01, Kind: interval.RackOutTemperature, Unit: "K"},
}}

// meant is what a register of a device holds, another in each.
func meant(n int, address uint16) uint16 { return 20000 + uint16(n)*20 + address }

// soak is the plant and what came of it.
type soak struct {
	t       *testing.T
	lines   []*line
	tracks  *tracks
	polls   map[string][]time.Time // by point, of one of its two series
	records int
}

func newSoak(t *testing.T, ctx context.Context, open func(modbustest.Misbehaviour) *modbus.Link) *soak {
	t.Helper()
	quietly := slog.New(slog.DiscardHandler)
	s := &soak{t: t, tracks: newTracks(&configs.Agent{Site: configs.SiteEntry{ID: "soak"}}, quietly), polls: map[string][]time.Time{}}
	on, err := newSheet(configs.Device{}, soakTemplate)
	if err != nil {
		t.Fatal(err)
	}
	for gateway := range soakGateways {
		l := &line{period: soakPeriod, held: heldPeriods * soakPeriod, log: quietly}
		link := open(answersOf(gateway))
		shared := *on // a line's devices are asked one after the other, the lines are not
		shared.answers = nil
		for unit := range soakDevices / soakGateways {
			cfg := configs.Device{Unit: uint8(unit + 1), Point: fmt.Sprintf("m%d", deviceAt(gateway, unit+1)), Timeout: second / 2}
			d, err := newDevice(link, cfg, &shared, quietly)
			if err != nil {
				t.Fatal(err)
			}
			l.devices = append(l.devices, d)
		}
		for _, c := range l.channels() {
			if err := s.tracks.open(c, interval.BuilderConfig{Site: "soak", Length: time.Minute, MaxHold: l.held}); err != nil {
				t.Fatal(err)
			}
		}
		s.lines = append(s.lines, l)
	}
	return s
}

// deviceAt is the number of the device with a unit id behind a gateway.
func deviceAt(gateway, unit int) int { return gateway*soakDevices/soakGateways + unit - 1 }

// answersOf is a gateway with devices of all sorts behind it.
func answersOf(gateway int) modbustest.Misbehaviour {
	return func(nth int, request []byte) ([]byte, bool) {
		device := deviceAt(gateway, int(request[6]))
		right := soakAnswer(request, device, request[6], request[7])
		switch sortOf(device) {
		case dead:
			return nil, false
		case slow:
			time.Sleep(200 * time.Millisecond)
		case lying:
			return lie(nth, request, right, device)
		}
		return right, false
	}
}

// soakAnswer is an answer with the registers of a device.
func soakAnswer(request []byte, device int, unit, function byte) []byte {
	first, quantity := uint16(request[8])<<8|uint16(request[9]), uint16(request[11])
	data := []byte{byte(2 * quantity)}
	for i := range quantity {
		word := meant(device, first+i)
		data = append(data, byte(word>>8), byte(word))
	}
	return modbustest.Framed(request, unit, function, data...)
}

// lie answers with what is not the answer, and at times with it.
func lie(nth int, request, right []byte, device int) ([]byte, bool) {
	another := soakAnswer(request, device+1, request[6]+1, request[7])
	foreign := soakAnswer(request, device+1, request[6], request[7])
	switch nth % 8 {
	case 0: // another unit's
		return another, false
	case 1: // one that was not asked for
		return modbustest.Transaction(foreign, 5), false
	case 2: // one to an earlier request, and then the right one
		return append(modbustest.Transaction(foreign, -1), right...), false
	case 3: // the right one, and another behind it
		return append(append([]byte(nil), right...), foreign...), false
	case 4: // of another function
		return soakAnswer(request, device+1, request[6], 4), false
	case 5: // the gateway's: nobody answers there
		return modbustest.Framed(request, request[6], request[7]|0x80, 0x0B), false
	case 6: // half of it
		return foreign[:len(foreign)/2], true
	}
	return right, false
}

// run polls for so long and judges what came.
func (s *soak) run(ctx context.Context, cancel func(), length time.Duration) {
	s.t.Helper()
	var box inbox
	ended := make(chan struct{}, len(s.lines))
	for _, l := range s.lines {
		go func() {
			l.run(ctx, box.put)
			ended <- struct{}{}
		}()
	}
	var early, late uint64
	for begun := time.Now(); time.Since(begun) < length; {
		time.Sleep(beat)
		s.take(&box)
		if early == 0 && time.Since(begun) > length/2 {
			early = inUse()
		}
	}
	late = inUse()
	cancel()
	for range s.lines {
		<-ended
	}
	s.judge(length, early, late)
}

// take stores what was read, and looks at it.
func (s *soak) take(box *inbox) {
	readings, lost := box.take()
	if lost > 0 {
		s.t.Errorf("%d readings lost", lost)
	}
	for _, r := range readings {
		if s.tracks.add(r) && r.Kind == interval.AirTemperature {
			s.polls[r.Meter] = append(s.polls[r.Meter], r.At)
		}
	}
	lines, _ := s.tracks.close(nil, time.Now())
	for text := range bytes.Lines(lines) {
		s.look(bytes.TrimSuffix(text, []byte("\n")))
	}
}

// look compares a stored line with what its device meant.
func (s *soak) look(text []byte) {
	var l interval.Line
	if err := l.Decode(text, time.Second); err != nil || l.Type != interval.RecordLine {
		s.t.Errorf("%s: %v", text, err)
		return
	}
	s.records++
	var device int
	fmt.Sscanf(l.Record.Meter, "m%d", &device)
	address := uint16(10)
	if l.Record.Kind == interval.RackOutTemperature {
		address = 20
	}
	want := float64(meant(device, address)) * 0.01
	if r := l.Record; !r.Gap() && (abs(r.SI-want) > 0.006 || abs(r.Min-want) > 0.006 || abs(r.Max-want) > 0.006) {
		s.t.Errorf("device %d meant %.2f K, stored is %s", device, want, text)
	}
}

// judge looks at the periods and at the memory.
func (s *soak) judge(length time.Duration, early, late uint64) {
	worst, most := 0.0, ""
	for n := range soakDevices {
		point := fmt.Sprintf("m%d", n)
		polls := s.polls[point]
		if sortOf(n) == dead && len(polls) > 0 {
			s.t.Errorf("the dead device %d was read", n)
		}
		if sortOf(n) != well {
			continue
		}
		if len(polls) < 2 || time.Since(polls[len(polls)-1]) > 3*soakPeriod {
			s.t.Errorf("device %d was read %d times", n, len(polls))
			continue
		}
		mean := polls[len(polls)-1].Sub(polls[0]).Seconds() / float64(len(polls)-1) / soakPeriod.Seconds()
		if mean > worst {
			worst, most = mean, point
		}
	}
	if worst > 1.1 {
		s.t.Errorf("%s kept %.3f of its period", most, worst)
	}
	if late > early+early/10+1<<20 {
		s.t.Errorf("%d bytes in use after half of the time, %d at its end", early, late)
	}
	s.t.Logf("%v: %d intervals stored, none wrong; the worst mean period of those that are well is %.4f of what is configured; %.1f MB in use at half time, %.1f MB at the end",
		length, s.records, worst, float64(early)/1e6, float64(late)/1e6)
}

// inUse is the memory that is in use.
func inUse() uint64 {
	var stats runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&stats)
	return stats.HeapAlloc
}

func abs(v float64) float64 { return max(v, -v) }
