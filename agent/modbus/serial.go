package modbus

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/goburrow/serial"

	"thermie/configs"
)

// serialPort is a wire on a serial line, of which the agent is the only
// master.
type serialPort struct {
	port     serial.Port
	noise    int // bytes that nobody asked for, of which no more are dropped at once
	deadline atomic.Pointer[time.Time]
}

// dialSerial opens a serial port.
func dialSerial(device string, cfg configs.Serial) dialer {
	return func(context.Context) (wire, error) {
		port, err := serial.Open(&serial.Config{
			Address: device, BaudRate: cfg.Baud, DataBits: 8, Parity: cfg.Parity(), StopBits: cfg.StopBits(),
			Timeout: silence(cfg.Baud),
		})
		if err != nil {
			return nil, fmt.Errorf("serial port %s: %w", device, err)
		}
		p := &serialPort{port: port, noise: longestNoise(cfg.Baud)}
		if err := p.settle(); err != nil {
			port.Close()
			return nil, fmt.Errorf("serial port %s: %w", device, err)
		}
		return p, nil
	}
}

// silence is what parts two frames: the time of 3.5 characters of 11 bits, or
// 1.75 ms above 19200 Bd (MODBUS over Serial Line 1.02, 2.5.1.1), and in any
// case longer than an operating system holds bytes back between two.
func silence(baud int) time.Duration {
	characters := 1750 * time.Microsecond
	if baud <= 19200 {
		characters = time.Duration(3.5 * 11 / float64(baud) * float64(time.Second))
	}
	return max(characters, 5*time.Millisecond)
}

// longestNoise is what a line carries in a second of characters of 11 bits, and
// a frame at least. It counts bytes, because a busy machine may take a second
// to look at a few.
func longestNoise(baud int) int { return max(baud/11, longestRTU) }

// errNeverSilent says that nobody can be asked on a serial line.
var errNeverSilent = errors.New("the line does not fall silent: another master asks there, or its speed is another")

// settle drops what comes until the line has been silent for the time that
// parts two frames.
func (p *serialPort) settle() error {
	var unasked [longestRTU]byte
	for dropped := 0; dropped < p.noise; {
		n, err := p.readBriefly(unasked[:])
		switch {
		case errors.Is(err, serial.ErrTimeout):
			return nil
		case err != nil:
			return err
		}
		dropped += n
	}
	return errNeverSilent
}

// Read waits for bytes until the deadline.
func (p *serialPort) Read(into []byte) (int, error) {
	for {
		n, err := p.readBriefly(into)
		if !errors.Is(err, serial.ErrTimeout) {
			return n, err
		}
		if until := p.deadline.Load(); until != nil && !time.Now().Before(*until) {
			return 0, os.ErrDeadlineExceeded
		}
	}
}

// readBriefly waits for bytes no longer than a silence. A port that is ready
// and has nothing to read has been unplugged.
func (p *serialPort) readBriefly(into []byte) (int, error) {
	n, err := p.port.Read(into)
	switch {
	case errors.Is(err, syscall.EAGAIN):
		return 0, serial.ErrTimeout
	case err == nil && n == 0:
		return 0, io.ErrUnexpectedEOF
	}
	return n, err
}

func (p *serialPort) Write(b []byte) (int, error) {
	n, err := p.port.Write(b)
	if err == nil && n < len(b) {
		err = io.ErrShortWrite
	}
	return n, err
}

func (p *serialPort) Close() error { return p.port.Close() }

// SetDeadline bounds the reads, one under way included.
func (p *serialPort) SetDeadline(at time.Time) error {
	p.deadline.Store(&at)
	return nil
}
