package modbus

import (
	"bytes"
	"context"
	"errors"
	"os"
	"testing"
	"time"

	"thermie/agent/modbus/modbustest"
	"thermie/configs"
)

// serialLine is a line over a pseudo-terminal, at whose other end answer is.
func serialLine(t *testing.T, answer rtuAnswer) configs.Line {
	t.Helper()
	end, port := modbustest.OpenPty(t)
	go serveRTU(end, answer)
	return configs.Line{Link: configs.LinkRTU, Address: port, Serial: configs.Serial{Baud: 19200, Mode: "8E1"}}
}

func TestADisturbedSerialLineNeverGivesAWrongValue(t *testing.T) {
	for name, c := range rtuFaults {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			rtuRecovers(t, serialLine(t, func(n int, r []byte) [][]byte {
				if n == 0 {
					return c.first(n, r)
				}
				return [][]byte{rtuRightly(r)}
			}), c.fails)
		})
	}
}

// Bytes that wait on the line when a request is due are not its answer.
func TestASerialLineIsDrainedFirst(t *testing.T) {
	end, port := modbustest.OpenPty(t)
	unit := testClient(Open(t.Context(), configs.Line{Link: configs.LinkRTU, Address: port, Serial: configs.Serial{Baud: 9600, Mode: "8N1"}}), 7)
	go serveRTU(end, func(n int, r []byte) [][]byte {
		return [][]byte{rtuRightly(r), rtuFrame(7, 3, 4, 9, 9, 9, 9)} // and one more, which fits the next request
	})
	for range 3 {
		if raw, err := unit.read(twoRegisters); err != nil || !bytes.Equal(raw, []byte{0, 40, 0, 41}) {
			t.Errorf("% x, %v", raw, err)
		}
	}
}

func TestASerialPortThatIsNotThereIsWaitedFor(t *testing.T) {
	line := configs.Line{Link: configs.LinkRTU, Address: "/dev/thermie-lost", Serial: configs.Serial{Baud: 9600, Mode: "8N1"}}
	_, err := testClient(Open(t.Context(), line), 1).read(twoRegisters)
	if !errors.As(err, new(Unreachable)) || !errors.Is(err, os.ErrNotExist) {
		t.Error(err)
	}
}

func TestTheEndOfTheAgentEndsAWaitOnASerialLine(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	asked := make(chan struct{})
	line := serialLine(t, func(int, []byte) [][]byte { close(asked); return nil })
	unit, begin := Open(ctx, line).Unit(1, time.Minute, 0), time.Now()
	go func() { <-asked; cancel() }()
	if _, err := unit.read(twoRegisters); err == nil || time.Since(begin) > 10*time.Second {
		t.Errorf("%v after %v", err, time.Since(begin))
	}
}

func TestFramesArePartedBySilence(t *testing.T) {
	for baud, want := range map[int]time.Duration{1200: 32 * time.Millisecond, 9600: 5 * time.Millisecond, 115200: 5 * time.Millisecond} {
		if got := silence(baud).Truncate(time.Millisecond); got != want {
			t.Errorf("at %d Bd: %v, want %v", baud, got, want)
		}
	}
}
