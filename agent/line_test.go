package agent

import (
	"context"
	"fmt"
	"log/slog"
	"net"
	"sync"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	simonvetter "github.com/simonvetter/modbus"

	"thermie/agent/modbus"
	"thermie/agent/modbus/modbustest"
	"thermie/configs"
	"thermie/interval"
)

// One device that is silent must not cost the others their readings, and is
// asked less and less.
func TestASilentDeviceIsLeftAloneAndItsNeighboursAreNot(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(context.Background())
		asked := map[byte]int{}
		l := modbus.Over(ctx, modbustest.Pipe(func(_ int, r []byte) ([]byte, bool) {
			if asked[r[6]]++; r[6] == 2 {
				return nil, false
			}
			return modbustest.Rightly(r), false
		}))
		source := &line{period: 10 * time.Second, held: 30 * time.Second}
		for unit := range byte(3) {
			d, err := deviceOf(l, configs.Device{Unit: unit + 1, Point: fmt.Sprintf("meter-%d", unit+1), Timeout: second}, partsTemplate, testLog(t))
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

// A device at which the link always breaks does not take the turns of those
// behind it.
func TestThoseBehindABrokenLinkGetTheirTurn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(context.Background())
		refused := time.Time{}
		reach := modbustest.Pipe(func(_ int, r []byte) ([]byte, bool) {
			if r[6] == 2 {
				refused = time.Now().Add(15 * time.Second) // it takes the gateway down for a while
				return nil, true
			}
			return modbustest.Rightly(r), false
		})
		l := modbus.Over(ctx, func(ctx context.Context) (net.Conn, error) {
			if time.Now().Before(refused) {
				return nil, syscall.ECONNREFUSED
			}
			return reach(ctx)
		})
		source := &line{period: 10 * time.Second, held: 30 * time.Second}
		for unit := range byte(4) {
			d, err := deviceOf(l, configs.Device{Unit: unit + 1, Point: fmt.Sprintf("meter-%d", unit+1), Timeout: second}, partsTemplate, testLog(t))
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

// Twelve devices at one request a second take more than a period of 10 s, and
// again more if they refuse the words between two registers: their values stand
// until they are asked again.
func TestAValueStandsForSomeRoundsAsTheyReallyCome(t *testing.T) {
	cfg := configs.Line{Address: "127.0.0.1:1", Timeout: second, Period: 10 * second, MaxRequests: 1}
	for unit := range uint8(12) {
		cfg.Devices = append(cfg.Devices, configs.Device{Unit: unit + 1, Template: "parts", Point: fmt.Sprintf("m%d", unit)})
	}
	l, err := openLine(surroundings{t.Context(), &configs.Agent{}, map[string]configs.Template{"parts": partsTemplate}, testLog(t)}, cfg)
	if err != nil {
		t.Fatal(err)
	}
	if l.round != 20*time.Second || l.hold() != heldPeriods*30*time.Second {
		t.Errorf("a round every %v, values stand for %v", l.round, l.hold())
	}
}

// serialBus is a gateway with one slow serial line behind it: who comes
// second waits.
type serialBus struct {
	modbustest.Bank
	line sync.Mutex
}

func (b *serialBus) HandleHoldingRegisters(r *simonvetter.HoldingRegistersRequest) ([]uint16, error) {
	b.line.Lock()
	defer b.line.Unlock()
	time.Sleep(15 * time.Millisecond) // 40 bytes and a turnaround at 38400 Bd
	return b.Bank.HandleHoldingRegisters(r)
}

// The plant's own master polls the same gateway while the agent reads twenty
// meters there. A good guest stretches the master's period by at most 5 %.
func BenchmarkThePlantsMaster(b *testing.B) {
	const period, polls = 100 * time.Millisecond, 40
	bus := &serialBus{}
	line := configs.Line{Address: modbustest.Serve(b, bus), Timeout: second, Period: second, MaxRequests: 5}
	cfg := &configs.Agent{Site: configs.SiteEntry{ID: "s"}, Interval: configs.Duration(10 * time.Minute)}
	for unit := range uint8(20) {
		bus.Set(unit+1, 3059, modbustest.FloatWords(24.5)...)
		bus.Set(unit+1, 3203, 0, 0, 0, 1)
		line.Devices = append(line.Devices, configs.Device{Unit: unit + 1, Template: "schneider-iem3000", Point: fmt.Sprintf("m%d", unit)})
	}
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
		ratio := float64(last.Sub(first)) / float64((polls-1)*period)
		b.ReportMetric(ratio, "period-ratio")
		if ratio > 1.05 {
			b.Errorf("the master's period is %.1f %% longer", 100*(ratio-1))
		}
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

// Each device has its own patience, rest and longest request, where its line's
// do not suit it.
func TestADeviceIsAskedAsItsConfigurationSays(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(context.Background())
		var asked []time.Time
		var longest byte
		l := modbus.Over(ctx, modbustest.Pipe(func(_ int, r []byte) ([]byte, bool) {
			asked = append(asked, time.Now())
			longest = max(longest, r[11])
			time.Sleep(3 * time.Second) // of the bubble
			return modbustest.Rightly(r), false
		}))
		cfg := configs.Device{Unit: 1, Point: "it", Timeout: 5 * second, Pause: 2 * second, MaxWords: 4}
		d, err := deviceOf(l, cfg, partsTemplate, testLog(t))
		if err != nil {
			t.Fatal(err)
		}
		if readings, err := d.read(time.Now); err != nil || len(readings) != 2 || longest != 4 {
			t.Errorf("%s, %v, at most %d words", showReadings(readings), err, longest)
		}
		for i := 1; i < len(asked); i++ {
			if rest := asked[i].Sub(asked[i-1]); rest < 5*time.Second {
				t.Errorf("asked again after %v: an answer of 3 s and a rest of 2 s", rest)
			}
		}
		cfg.Timeout = second
		if d, err = deviceOf(l, cfg, partsTemplate, testLog(t)); err != nil {
			t.Fatal(err)
		}
		if readings, err := d.read(time.Now); err == nil {
			t.Errorf("an answer of 3 s came within 1 s: %s", showReadings(readings))
		}
		cancel()
		time.Sleep(time.Minute) // the peer ends its last answer
	})
}
