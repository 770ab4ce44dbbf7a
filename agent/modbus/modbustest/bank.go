package modbustest

import (
	"errors"
	"io"
	"log"
	"math"
	"net"
	"sync"
	"syscall"
	"testing"
	"time"

	simonvetter "github.com/simonvetter/modbus"
)

// Bank is the registers of a device, served by a Modbus server that we did
// not write. Registers that are not there are an illegal address.
type Bank struct {
	simonvetter.RequestHandler // answers what is not overridden; never asked

	mu    sync.Mutex
	units map[uint8]map[uint16]uint16
	asked int
}

// HandleHoldingRegisters answers function 3.
func (b *Bank) HandleHoldingRegisters(r *simonvetter.HoldingRegistersRequest) ([]uint16, error) {
	if r.IsWrite {
		return nil, simonvetter.ErrIllegalFunction
	}
	return b.read(r.UnitId, r.Addr, r.Quantity)
}

// HandleInputRegisters answers function 4, from the same registers.
func (b *Bank) HandleInputRegisters(r *simonvetter.InputRegistersRequest) ([]uint16, error) {
	return b.read(r.UnitId, r.Addr, r.Quantity)
}

func (b *Bank) read(unit uint8, address, quantity uint16) (words []uint16, err error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.asked++
	for i := range quantity {
		word, there := b.units[unit][address+i]
		if !there {
			return nil, simonvetter.ErrIllegalDataAddress
		}
		words = append(words, word)
	}
	return words, nil
}

// Set puts words at an address of a unit.
func (b *Bank) Set(unit uint8, address uint16, words ...uint16) {
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

// Asked is how many requests have come.
func (b *Bank) Asked() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.asked
}

// Serve starts a Modbus TCP server and returns its address.
func (b *Bank) Serve(t testing.TB) string {
	t.Helper()
	return Serve(t, b)
}

// Serve starts a Modbus TCP server for a handler and returns its address.
func Serve(t testing.TB, handler simonvetter.RequestHandler) string {
	t.Helper()
	return Start(t, "tcp", simonvetter.ServerConfiguration{}, handler)
}

// Start runs a server until the test ends, by tcp or tcp+tls, and returns its
// address. Where the test does not say how many masters it takes at once it is
// four, as of a small gateway.
func Start(t testing.TB, scheme string, c simonvetter.ServerConfiguration, handler simonvetter.RequestHandler) (address string) {
	t.Helper()
	c.Timeout, c.Logger = time.Hour, log.New(io.Discard, "", 0) // its goroutines may outlive the test
	if c.MaxClients == 0 {
		c.MaxClients = 4
	}
	for {
		address = freeAddress(t)
		c.URL = scheme + "://" + address
		server, err := simonvetter.NewServer(&c, handler)
		if err == nil {
			err = server.Start()
		}
		switch {
		case err == nil:
			t.Cleanup(func() { server.Stop() })
			return address
		case !errors.Is(err, syscall.EADDRINUSE): // else another has taken it meanwhile
			t.Fatal(err)
		}
	}
}

// freeAddress is one on which nobody listens just now.
func freeAddress(t testing.TB) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	return listener.Addr().String()
}

// FloatWords are the words of an f32, high word first.
func FloatWords(v float32) []uint16 {
	bits := math.Float32bits(v)
	return []uint16{uint16(bits >> 16), uint16(bits)}
}
