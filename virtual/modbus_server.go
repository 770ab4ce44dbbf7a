package virtual

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net"
	"sync"
)

// Modbus functions that are answered, and the exceptions given otherwise
// (MODBUS Application Protocol V1.1b3, sections 6.3, 6.4 and 7).
const (
	readHolding = 3
	readInput   = 4

	illegalFunction = 0x01
	illegalAddress  = 0x02
	illegalValue    = 0x03
	gatewayNoTarget = 0x0B
)

const (
	mostWords   = 125 // of one answer
	longestADU  = 260
	mbapLength  = 7 // transaction, protocol, length, unit
	modbusProto = 0
)

// image is what one unit shows: a word by function and address.
type image map[cell]uint16

type cell struct {
	function byte
	address  uint16
}

// modbusServer answers functions 3 and 4 over Modbus TCP for several units.
// A word that no unit defines is refused, as strict devices do.
type modbusServer struct {
	listener net.Listener
	units    func(unit byte) (image, bool)

	mu    sync.Mutex
	open  map[net.Conn]bool
	ended sync.WaitGroup
}

// serveModbus listens on address until close. units gives the registers of
// a unit at the moment of each request.
func serveModbus(address string, units func(unit byte) (image, bool)) (*modbusServer, error) {
	listener, err := net.Listen("tcp", address)
	if err != nil {
		return nil, fmt.Errorf("virtual Modbus server: %w", err)
	}
	s := &modbusServer{listener: listener, units: units, open: map[net.Conn]bool{}}
	s.ended.Go(s.accept)
	return s, nil
}

func (s *modbusServer) addr() string { return s.listener.Addr().String() }

// close ends all connections and waits until nobody is served.
func (s *modbusServer) close() error {
	err := s.listener.Close()
	s.mu.Lock()
	for conn := range s.open {
		conn.Close()
	}
	s.open = nil
	s.mu.Unlock()
	s.ended.Wait()
	return err
}

func (s *modbusServer) accept() {
	for {
		conn, err := s.listener.Accept()
		if err != nil {
			return
		}
		s.mu.Lock()
		closed := s.open == nil
		if !closed {
			s.open[conn] = true
			s.ended.Go(func() { s.converse(conn) })
		}
		s.mu.Unlock()
		if closed {
			conn.Close()
		}
	}
}

// converse answers one client's requests in turn until it leaves or sends
// what is not Modbus.
func (s *modbusServer) converse(conn net.Conn) {
	defer func() {
		conn.Close()
		s.mu.Lock()
		delete(s.open, conn)
		s.mu.Unlock()
	}()
	for {
		header, pdu, err := readRequest(conn)
		if err != nil {
			return
		}
		if _, err := conn.Write(frame(header, s.answer(header[6], pdu))); err != nil {
			return
		}
	}
}

var errNotModbus = errors.New("not a Modbus TCP frame")

// readRequest reads one MBAP frame: its header, and the PDU behind it.
func readRequest(r io.Reader) (header [mbapLength]byte, pdu []byte, err error) {
	if _, err = io.ReadFull(r, header[:]); err != nil {
		return header, nil, err
	}
	protocol := binary.BigEndian.Uint16(header[2:])
	length := int(binary.BigEndian.Uint16(header[4:])) // unit and PDU
	if protocol != modbusProto || length < 2 || length > longestADU-mbapLength+1 {
		return header, nil, errNotModbus
	}
	pdu = make([]byte, length-1)
	_, err = io.ReadFull(r, pdu)
	return header, pdu, err
}

// frame puts the PDU behind the header of the request that it answers.
func frame(header [mbapLength]byte, pdu []byte) []byte {
	binary.BigEndian.PutUint16(header[4:], uint16(len(pdu)+1))
	return append(header[:], pdu...)
}

// answer gives the PDU that answers a request's PDU.
func (s *modbusServer) answer(unit byte, pdu []byte) []byte {
	function := pdu[0]
	registers, known := s.units(unit)
	switch {
	case !known:
		return exception(function, gatewayNoTarget)
	case function != readHolding && function != readInput:
		return exception(function, illegalFunction)
	case len(pdu) != 5:
		return exception(function, illegalValue)
	}
	first, count := binary.BigEndian.Uint16(pdu[1:]), binary.BigEndian.Uint16(pdu[3:])
	if count == 0 || count > mostWords {
		return exception(function, illegalValue)
	}
	out := []byte{function, byte(2 * count)}
	for i := range int(count) {
		word, defined := registers[cell{function, first + uint16(i)}]
		if !defined || int(first)+i > 0xFFFF {
			return exception(function, illegalAddress)
		}
		out = binary.BigEndian.AppendUint16(out, word)
	}
	return out
}

func exception(function, code byte) []byte { return []byte{function | 0x80, code} }
