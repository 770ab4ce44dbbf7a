package agent

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"slices"
	"sync"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	simonvetter "github.com/simonvetter/modbus"

	"thermie/configs"
	"thermie/interval"
)

// gaps asks n times and returns the time between the requests that arrived.
func gaps(t *testing.T, n int, answer misbehaviour) (between []time.Duration) {
	t.Helper()
	var last time.Time
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	l := newLink(ctx, tcpFraming{}, dialPeer(func(n int, r []byte) ([]byte, bool) {
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
	for name, trouble := range map[string]misbehaviour{
		"no answer from behind it": func(_ int, r []byte) ([]byte, bool) { return framed(r, r[6], r[7]|0x80, exceptionNoAnswer), false },
		"no path":                  func(_ int, r []byte) ([]byte, bool) { return framed(r, r[6], r[7]|0x80, exceptionNoPath), false },
		"busy":                     func(_ int, r []byte) ([]byte, bool) { return framed(r, r[6], r[7]|0x80, exceptionBusy), false },
		"it hangs up":              func(int, []byte) ([]byte, bool) { return nil, true },
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				between := gaps(t, 40, func(n int, r []byte) ([]byte, bool) {
					if n < 12 {
						return trouble(n, r)
					}
					return rightly(r), false
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

// Other exceptions are the device's own affair.
func TestARefusalIsNoCollision(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		between := gaps(t, 10, func(_ int, r []byte) ([]byte, bool) { return framed(r, r[6], r[7]|0x80, 2), false })
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
		reach := dialPeer(answerRightly)
		l := newLink(ctx, tcpFraming{}, func(ctx context.Context) (wire, error) { dials++; return reach(ctx) })
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
		l := newLink(ctx, tcpFraming{}, dialPeer(answerRightly))
		slow, quick, begin := newUnitClient(l, 1, time.Second, 300*time.Millisecond), testClient(l, 2), time.Now()
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

// A device at which the link always breaks does not take the turns of those
// behind it.
func TestThoseBehindABrokenLinkGetTheirTurn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(context.Background())
		refused := time.Time{}
		reach := dialPeer(func(_ int, r []byte) ([]byte, bool) {
			if r[6] == 2 {
				refused = time.Now().Add(15 * time.Second) // it takes the gateway down for a while
				return nil, true
			}
			return rightly(r), false
		})
		l := newLink(ctx, tcpFraming{}, func(ctx context.Context) (wire, error) {
			if time.Now().Before(refused) {
				return nil, syscall.ECONNREFUSED
			}
			return reach(ctx)
		})
		source := &line{period: 10 * time.Second, held: 30 * time.Second}
		for unit := range byte(4) {
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
			}
		})
		time.Sleep(time.Hour + source.period/2)
		cancel()
		synctest.Wait()
		if got["meter-2"] != 0 || got["meter-4"] < 2*300 || got["meter-1"] < 2*300 {
			t.Errorf("%v", got)
		}
	})
}

// serialBus is a gateway with one slow serial line behind it: who comes
// second waits.
type serialBus struct {
	bank
	line sync.Mutex
}

func (b *serialBus) HandleHoldingRegisters(r *simonvetter.HoldingRegistersRequest) ([]uint16, error) {
	b.line.Lock()
	defer b.line.Unlock()
	time.Sleep(15 * time.Millisecond) // 40 bytes and a turnaround at 38400 Bd
	return b.bank.HandleHoldingRegisters(r)
}

// The plant's own master polls the same gateway while the agent reads twenty
// meters there. Reported is by how much that stretches the master's period;
// 1.05 is the most that a good guest may cause.
func BenchmarkThePlantsMaster(b *testing.B) {
	const period, polls = 100 * time.Millisecond, 40
	bus := &serialBus{}
	line := configs.Line{Address: freeAddress(b), Timeout: second, Period: second, MaxRequests: 5}
	cfg := &configs.Agent{Site: configs.SiteEntry{ID: "s"}, Interval: configs.Duration(10 * time.Minute)}
	for unit := range uint8(20) {
		bus.set(unit+1, 3059, floatWords(24.5)...)
		bus.set(unit+1, 3203, 0, 0, 0, 1)
		line.Devices = append(line.Devices, configs.Device{Unit: unit + 1, Template: "schneider-iem3000", Point: fmt.Sprintf("m%d", unit)})
	}
	startServer(b, &simonvetter.ServerConfiguration{URL: "tcp://" + line.Address}, bus)
	cfg.Modbus = []configs.Line{line}
	templates, err := configs.Templates()
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		sources, err := openModbus(surroundings{b.Context(), cfg, templates, slog.New(slog.DiscardHandler)})
		if err != nil {
			b.Fatal(err)
		}
		ctx, cancel := context.WithCancel(b.Context())
		var read sync.WaitGroup
		var box inbox
		read.Go(func() { sources[0].run(ctx, box.put) })
		first, last := pollAsAPlantDoes(b, line.Address, period, polls)
		cancel()
		read.Wait()
		if readings, _ := box.take(); len(readings) < 10 {
			b.Fatalf("the agent read %d values", len(readings))
		}
		b.ReportMetric(float64(last.Sub(first))/float64((polls-1)*period), "period-ratio")
	}
}

// pollAsAPlantDoes polls with a client that we did not write: the next poll
// begins a period after the one before, or when that has ended.
func pollAsAPlantDoes(t testing.TB, address string, period time.Duration, polls int) (first, last time.Time) {
	t.Helper()
	master, err := simonvetter.NewClient(&simonvetter.ClientConfiguration{URL: "tcp://" + address, Timeout: time.Second})
	if err != nil {
		t.Fatal(err)
	}
	if err := master.Open(); err != nil {
		t.Fatal(err)
	}
	defer master.Close()
	for range polls {
		last = time.Now()
		if first.IsZero() {
			first = last
		}
		if _, err := master.ReadRegisters(3059, 2, simonvetter.HOLDING_REGISTER); err != nil {
			t.Error(err)
		}
		<-time.After(time.Until(last.Add(period)))
	}
	return first, last
}
