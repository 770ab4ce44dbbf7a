package modbus

import (
	"context"
	"errors"
	"os"
	"testing"
	"time"

	"github.com/goburrow/serial"

	"thermie/agent/modbus/modbustest"
	"thermie/configs"
)

// serialLine is a line over a pseudo-terminal, at whose other end answer is;
// answered tells of each answer that it is out.
func serialLine(t *testing.T, answer rtuAnswer) (line configs.Line, answered <-chan struct{}) {
	t.Helper()
	end, port := modbustest.OpenPty(t)
	out := make(chan struct{}, 100)
	go serveRTU(end, answer, out)
	return configs.Line{Link: configs.LinkRTU, Address: port, Serial: configs.Serial{Baud: 19200, Mode: "8E1"}}, out
}

func TestADisturbedSerialLineNeverGivesAWrongValue(t *testing.T) {
	for name, f := range rtuFaults {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			line, answered := serialLine(t, f.orRightly)
			f.recovers(t, line, func() {
				<-answered // rightly, the first
				<-answered
			})
		})
	}
}

// An answer that comes after the time-out bears no number by which it could
// be told from the next one's: it passes by in the quiet that is kept.
func TestALateAnswerIsNotTheNextOnes(t *testing.T) {
	gaveUp := make(chan struct{})
	line, answered := serialLine(t, func(r []byte) [][]byte {
		<-gaveUp
		return [][]byte{rtuRightly(r)}
	})
	l := Open(t.Context(), line)
	if raw, err := l.Unit(7, brief, 0).read(request{function: 3, address: 40, words: 1}); err == nil {
		t.Errorf("% x", raw)
	}
	close(gaveUp)
	<-answered
	readsRightly(t, l, 50, false)
}

// Bytes that wait on the line when a request is due are not its answer.
func TestASerialLineIsDrainedFirst(t *testing.T) {
	line, _ := serialLine(t, func(r []byte) [][]byte {
		return [][]byte{append(rtuRightly(r), rtuFrame(7, 3, 2, 9, 9)...)} // and one more, which fits the next request
	})
	l := Open(t.Context(), line)
	for address := range uint16(3) {
		readsRightly(t, l, address, false)
	}
}

// babble is a line that never falls silent.
type babble struct{ serial.Port }

func (babble) Read(b []byte) (int, error) { return len(b), nil }

// Nobody is asked on a line that never falls silent.
func TestALineThatNeverFallsSilentIsGivenUp(t *testing.T) {
	p := &serialPort{port: babble{}, noise: longestNoise(9600)}
	if err := p.settle(); !errors.Is(err, errNeverSilent) {
		t.Error(err)
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
	line, _ := serialLine(t, func([]byte) [][]byte { close(asked); return nil })
	unit, begin := testClient(Open(ctx, line), 1), time.Now()
	go func() { <-asked; cancel() }()
	if _, err := unit.read(twoRegisters); err == nil || time.Since(begin) >= patient {
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
