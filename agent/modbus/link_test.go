package modbus

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"net"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"thermie/agent/modbus/modbustest"
)

// How long a test waits for an answer: patient for one that comes, however busy
// the machine is, brief for one that does not.
const (
	patient = 5 * time.Minute
	brief   = 300 * time.Millisecond
)

func testLink(t *testing.T, address string) *Link {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	t.Cleanup(cancel)
	return Over(ctx, dialTCP(address))
}

// testClient reads a unit behind a link that answers.
func testClient(l *Link, unit byte) Unit { return l.Unit(unit, patient, 0) }

// twoRegisters asks unit 7 for the registers 40 and 41.
var twoRegisters = request{function: 3, address: 40, words: 2}

// The cases in which the common transporter stays out of step, goes silent
// or believes a wrong number. Ours errs once at most, and the next request is
// answered rightly.
func TestAMisbehavingPeerNeverGivesAWrongValue(t *testing.T) {
	cases := map[string]struct {
		wrong       func(request []byte) ([]byte, bool) // the answer to the request for two registers
		fails       bool                                // that request
		late        bool                                // that answer, which comes after the next request
		mayMiss     bool                                // the next, if the close crosses it
		connections int                                 // needed for all
	}{
		"answers late, after the time-out": {
			wrong: func(r []byte) ([]byte, bool) { return modbustest.Rightly(r), false }, fails: true, late: true, connections: 2},
		"answers an earlier request first": {
			wrong: func(r []byte) ([]byte, bool) {
				return append(modbustest.Transaction(modbustest.Rightly(r), -1), modbustest.Rightly(r)...), false
			}, connections: 1},
		"answers twice": {
			wrong: func(r []byte) ([]byte, bool) { return append(modbustest.Rightly(r), modbustest.Rightly(r)...), false }, connections: 2},
		"sends bytes that nobody asked for": {
			wrong: func(r []byte) ([]byte, bool) { return append(modbustest.Rightly(r), "stray"...), false }, connections: 2},
		"answers a transaction that was not asked": {
			wrong: func(r []byte) ([]byte, bool) { return modbustest.Transaction(modbustest.Rightly(r), 1), false }, fails: true, connections: 2},
		"answers for another unit": {
			wrong: func(r []byte) ([]byte, bool) { return modbustest.Framed(r, 8, 3, 4, 0, 1, 0, 2), false }, fails: true, connections: 2},
		"answers another function": {
			wrong: func(r []byte) ([]byte, bool) { return modbustest.Framed(r, 7, 4, 4, 0, 1, 0, 2), false }, fails: true, connections: 2},
		"answers one register of two": {
			wrong: func(r []byte) ([]byte, bool) { return modbustest.Framed(r, 7, 3, 2, 0, 1), false }, fails: true, connections: 2},
		"announces more bytes than it sends": {
			wrong: func(r []byte) ([]byte, bool) { return modbustest.Framed(r, 7, 3, 6, 0, 1, 0, 2), false }, fails: true, connections: 2},
		"speaks another protocol": {
			wrong: func([]byte) ([]byte, bool) { return []byte("HTTP/1.1 400 Bad Request\r\n\r\n"), false }, fails: true, connections: 2},
		"announces an empty frame": {
			wrong: func(r []byte) ([]byte, bool) { return append(r[:4:4], 0, 1, 7), false }, fails: true, connections: 2},
		"closes after the answer": {
			wrong: func(r []byte) ([]byte, bool) { return modbustest.Rightly(r), true }, mayMiss: true, connections: 2},
		"closes instead of answering": {
			wrong: func([]byte) ([]byte, bool) { return nil, true }, fails: true, connections: 2},
		"closes within the answer": {
			wrong: func(r []byte) ([]byte, bool) { return modbustest.Rightly(r)[:9], true }, fails: true, connections: 2},
		"refuses with an exception": {
			wrong: func(r []byte) ([]byte, bool) { return modbustest.Framed(r, 7, 0x83, 4), false }, fails: true, connections: 1},
		"refuses with an exception of no code": {
			wrong: func(r []byte) ([]byte, bool) { return modbustest.Framed(r, 7, 0x83), false }, fails: true, connections: 2},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			next := make(chan struct{})
			var came sync.Once
			p := modbustest.NewPeer(t, func(n int, r []byte) ([]byte, bool) {
				switch {
				case n == 0:
					return modbustest.Rightly(r), false
				case isFor(twoRegisters, r) && c.late:
					<-next
					return c.wrong(r)
				case isFor(twoRegisters, r):
					return c.wrong(r)
				}
				came.Do(func() { close(next) })
				return modbustest.Rightly(r), false
			})
			l := testLink(t, p.Address)
			readsRightly(t, l, 30, false)
			timeout := patient
			if c.late {
				timeout = brief
			}
			if raw, err := l.Unit(7, timeout, 0).read(twoRegisters); c.fails != (err != nil) {
				t.Errorf("% x, %v", raw, err)
			}
			for i := range uint16(3) {
				readsRightly(t, l, 50+i, i == 0 && c.mayMiss)
			}
			if got := int(p.Connections.Load()); got != c.connections {
				t.Errorf("%d connections, want %d", got, c.connections)
			}
		})
	}
}

// isFor reports whether a frame that came over TCP is this request.
func isFor(r request, frame []byte) bool { return binary.BigEndian.Uint16(frame[8:]) == r.address }

// readsRightly reads one register of unit 7, which holds its own address.
// Where a request may cross the peer's close, it may fail.
func readsRightly(t *testing.T, l *Link, address uint16, mayMiss bool) {
	t.Helper()
	raw, err := testClient(l, 7).read(request{function: 3, address: address, words: 1})
	if mayMiss && err != nil {
		return
	}
	if err != nil || !bytes.Equal(raw, []byte{0, byte(address)}) {
		t.Errorf("register %d: % x, %v", address, raw, err)
	}
}

func TestFramesMayArriveInPieces(t *testing.T) {
	p := &modbustest.Peer{InPieces: true}
	p.Listen(t, func(n int, r []byte) ([]byte, bool) {
		if n == 0 {
			return modbustest.Framed(r, r[6], r[7]|0x80, 4), false
		}
		return modbustest.Rightly(r), false
	})
	unit := testClient(testLink(t, p.Address), 7)
	if _, err := unit.read(twoRegisters); !IsException(err) {
		t.Error(err)
	}
	if raw, err := unit.read(twoRegisters); err != nil || !bytes.Equal(raw, []byte{0, 40, 0, 41}) {
		t.Errorf("% x, %v", raw, err)
	}
	if n := p.Connections.Load(); n != 1 {
		t.Errorf("%d connections", n)
	}
}

func TestAnExceptionIsToldFromSilence(t *testing.T) {
	p := modbustest.NewPeer(t, func(_ int, r []byte) ([]byte, bool) { return modbustest.Framed(r, r[6], r[7]|0x80, 2), false })
	_, err := testClient(testLink(t, p.Address), 1).read(twoRegisters)
	if !IsException(err) || !refusesBlock(err) || errors.As(err, new(Unreachable)) {
		t.Errorf("%v", err)
	}
	_, err = testClient(testLink(t, "127.0.0.1:1"), 1).read(twoRegisters)
	if IsException(err) || !errors.As(err, new(Unreachable)) {
		t.Errorf("%v", err)
	}
}

// Read-only on the plant: whatever a caller hands to the link, only the four
// reads leave, and the others do not even dial.
func TestOnlyReadsLeaveTheLink(t *testing.T) {
	p := modbustest.NewPeer(t, func(_ int, r []byte) ([]byte, bool) { return modbustest.Rightly(r), false })
	l := testLink(t, p.Address)
	for function := range 256 {
		if function >= 1 && function <= 4 {
			continue
		}
		frame := []byte{0, 1, 0, 0, 0, 6, 1, byte(function), 0, 0, 0, 1}
		if _, err := l.send(frame, patient, 0); !errors.Is(err, errReadOnly) {
			t.Errorf("function %d: %v", function, err)
		}
	}
	if _, err := l.send([]byte{0, 1, 0, 0, 0, 2, 1, 3}, patient, 0); !errors.Is(err, errReadOnly) {
		t.Error("half a request was not refused")
	}
	if _, err := testClient(l, 1).modbus.WriteSingleRegister(1, 1); !errors.Is(err, errReadOnly) {
		t.Errorf("write: %v", err)
	}
	if n := p.Connections.Load(); n != 0 {
		t.Errorf("%d connections", n)
	}
}

// Units share the connection: one at a time, each with its own answer.
func TestManyUnitsShareOneConnection(t *testing.T) {
	var mu sync.Mutex
	p := modbustest.NewPeer(t, func(_ int, r []byte) ([]byte, bool) {
		if !mu.TryLock() {
			t.Error("two requests in flight")
		}
		defer mu.Unlock()
		return modbustest.Rightly(r), false
	})
	l := testLink(t, p.Address)
	var units sync.WaitGroup
	for unit := range 20 {
		units.Go(func() {
			client := testClient(l, byte(unit))
			for i := range 10 {
				address := uint16(100*unit + i)
				raw, err := client.read(request{function: 4, address: address, words: 1})
				if err != nil || binary.BigEndian.Uint16(raw) != address {
					t.Errorf("unit %d: % x, %v", unit, raw, err)
				}
			}
		})
	}
	units.Wait()
	if n := p.Connections.Load(); n != 1 {
		t.Errorf("%d connections", n)
	}
}

func answerRightly(_ int, r []byte) ([]byte, bool) { return modbustest.Rightly(r), false }

func TestTheRequestCapHolds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(context.Background())
		l := Over(ctx, modbustest.Pipe(answerRightly))
		l.pause = time.Second / 2
		unit, begin := testClient(l, 1), time.Now()
		for range 9 {
			if _, err := unit.read(twoRegisters); err != nil {
				t.Fatal(err)
			}
		}
		if took := time.Since(begin); took < 4*time.Second || took > 5*time.Second {
			t.Errorf("9 requests at 2 a second took %v", took)
		}
		cancel()
		synctest.Wait()
		if _, err := unit.read(twoRegisters); !errors.Is(err, context.Canceled) {
			t.Errorf("after the end: %v", err)
		}
	})
}

func TestADeadPeerIsDialledLessAndLess(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var dials []time.Time
		alive := false
		ctx, cancel := context.WithCancel(context.Background())
		defer cancel()
		reach := modbustest.Pipe(answerRightly)
		l := Over(ctx, func(ctx context.Context) (net.Conn, error) {
			dials = append(dials, time.Now())
			if !alive {
				return nil, errors.New("connection refused")
			}
			return reach(ctx)
		})
		l.pause = time.Second
		unit := testClient(l, 1)
		for range 600 {
			if _, err := unit.read(twoRegisters); !errors.As(err, new(Unreachable)) {
				t.Fatal(err)
			}
		}
		if len(dials) < 10 || len(dials) > 30 {
			t.Errorf("%d dials in ten minutes", len(dials))
		}
		alive = true
		answered := slices.ContainsFunc(make([]int, 90), func(int) bool {
			_, err := unit.read(twoRegisters)
			return err == nil
		})
		if !answered {
			t.Error("not reached within 90 s of its return")
		}
	})
}
