package modbus

import (
	"context"
	"fmt"
	"io"
	"net"
	"slices"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"thermie/agent/modbus/modbustest"
	"thermie/configs"
)

// gaps asks n times and returns the time between the requests that arrived.
func gaps(t *testing.T, n int, answer modbustest.Misbehaviour) (between []time.Duration) {
	t.Helper()
	var last time.Time
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	l := Over(ctx, modbustest.Pipe(func(n int, r []byte) ([]byte, bool) {
		if !last.IsZero() {
			between = append(between, time.Since(last))
		}
		last = time.Now()
		return answer(n, r)
	}))
	l.pause = 100 * time.Millisecond
	unit := testClient(l, 1)
	for range n {
		unit.read(twoRegisters)
	}
	return between
}

// A gateway in trouble is left alone for longer and longer, and is asked as
// before when it has recovered.
func TestACollisionMakesTheAgentStandBack(t *testing.T) {
	for name, trouble := range map[string]modbustest.Misbehaviour{
		"no answer from behind it": func(_ int, r []byte) ([]byte, bool) {
			return modbustest.Framed(r, r[6], r[7]|0x80, exceptionNoAnswer), false
		},
		"no path": func(_ int, r []byte) ([]byte, bool) {
			return modbustest.Framed(r, r[6], r[7]|0x80, exceptionNoPath), false
		},
		"busy": func(_ int, r []byte) ([]byte, bool) {
			return modbustest.Framed(r, r[6], r[7]|0x80, exceptionBusy), false
		},
		"it hangs up": func(int, []byte) ([]byte, bool) { return nil, true },
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				between := gaps(t, 40, func(n int, r []byte) ([]byte, bool) {
					if n < 12 {
						return trouble(n, r)
					}
					return modbustest.Rightly(r), false
				})
				if between[0] < 300*time.Millisecond || slices.Max(between[:12]) < 40*time.Second || slices.Max(between) > 80*time.Second {
					t.Errorf("in trouble %v", between[:12])
				}
				if slices.Max(between[30:]) > 110*time.Millisecond {
					t.Errorf("recovered %v", between[30:])
				}
			})
		})
	}
}

// Who asks known meters stands back; who searches for units has only been
// told that nobody is there.
func TestOnlyASearchTakesNobodyForAnAnswer(t *testing.T) {
	p := modbustest.NewPeer(t, func(_ int, r []byte) ([]byte, bool) {
		return modbustest.Framed(r, r[6], r[7]|0x80, exceptionNoAnswer), false
	})
	for name, c := range map[string]struct {
		open   func(context.Context, configs.Line) *Link
		yields bool
	}{
		"in service": {Open, true},
		"to probe":   {OpenToProbe, true},
		"to scan":    {OpenToScan, false},
	} {
		t.Run(name, func(t *testing.T) {
			l := c.open(t.Context(), configs.Line{Address: p.Address})
			if _, err := testClient(l, 1).read(twoRegisters); exceptionOf(err) != exceptionNoAnswer {
				t.Fatal(err)
			}
			if yields := l.guest.yield > 0; yields != c.yields {
				t.Errorf("stands back: %v", l.guest.yield)
			}
		})
	}
}

// Other exceptions are the device's own affair.
func TestARefusalIsNoCollision(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		between := gaps(t, 10, func(_ int, r []byte) ([]byte, bool) { return modbustest.Framed(r, r[6], r[7]|0x80, 2), false })
		if slices.Max(between) > 110*time.Millisecond {
			t.Errorf("%v", between)
		}
	})
}

func TestAResetIsACollision(t *testing.T) {
	var g guest
	for _, err := range []error{fmt.Errorf("read: %w", syscall.ECONNRESET), fmt.Errorf("write: %w", syscall.EPIPE), io.EOF} {
		before := g.yield
		g.failed(err, 0)
		if g.yield <= before {
			t.Errorf("%v: %v", err, g.yield)
		}
	}
	before := g.yield
	if g.failed(context.DeadlineExceeded, 0); g.yield != before {
		t.Error("silence is no collision")
	}
}

func TestAnIdleConnectionIsGivenBack(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(context.Background())
		dials := 0
		reach := modbustest.Pipe(answerRightly)
		l := Over(ctx, func(ctx context.Context) (net.Conn, error) { dials++; return reach(ctx) })
		l.idle = 10 * time.Second
		unit := testClient(l, 1)
		for i, pause := range []time.Duration{9 * time.Second, 9 * time.Second, 11 * time.Second, time.Second} {
			if _, err := unit.read(twoRegisters); err != nil {
				t.Fatal(err)
			}
			if want := 1 + i/3; dials != want {
				t.Errorf("request %d: %d connections, want %d", i, dials, want)
			}
			time.Sleep(pause)
			synctest.Wait()
			l.mu.Lock()
			if open := l.conn != nil; open != (pause < l.idle) {
				t.Errorf("after %v open: %v", pause, open)
			}
			l.mu.Unlock()
		}
		cancel()
		synctest.Wait()
	})
}

// A device that needs the line to rest before it is asked gets its rest.
func TestADeviceGetsItsRest(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(context.Background())
		l := Over(ctx, modbustest.Pipe(answerRightly))
		slow, quick, begin := l.Unit(1, time.Second, 300*time.Millisecond), testClient(l, 2), time.Now()
		for range 5 {
			slow.read(twoRegisters)
			quick.read(twoRegisters)
		}
		if took := time.Since(begin); took < 1200*time.Millisecond || took > 1250*time.Millisecond {
			t.Errorf("%v", took)
		}
		cancel()
		synctest.Wait()
	})
}
