package modbustest

import (
	"context"
	"encoding/binary"
	"io"
	"net"
	"sync/atomic"
	"testing"
)

// Peer is a Modbus TCP device on 127.0.0.1 that answers as a test says.
type Peer struct {
	Address     string
	InPieces    bool // bytes are sent one by one
	Connections atomic.Int32

	requests atomic.Int32
}

// Misbehaviour answers the nth request (from 0), a whole frame, by what it
// returns; hangUp closes the connection afterwards.
type Misbehaviour func(n int, request []byte) (answer []byte, hangUp bool)

// NewPeer starts a peer.
func NewPeer(t testing.TB, answer Misbehaviour) *Peer {
	t.Helper()
	p := &Peer{}
	p.Listen(t, answer)
	return p
}

// Listen starts the peer until the test ends.
func (p *Peer) Listen(t testing.TB, answer Misbehaviour) {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { listener.Close() })
	p.Address = listener.Addr().String()
	go func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			p.Connections.Add(1)
			go p.serve(conn, answer)
		}
	}()
}

// Pipe dials a peer of a test's own at the other end of a pipe, in a bubble
// of fake time.
func Pipe(answer Misbehaviour) func(context.Context) (net.Conn, error) {
	p := &Peer{}
	return func(context.Context) (net.Conn, error) {
		ours, theirs := net.Pipe()
		go p.serve(theirs, answer)
		return ours, nil
	}
}

func (p *Peer) serve(conn net.Conn, answer Misbehaviour) {
	defer conn.Close()
	for {
		head := make([]byte, 6) // the last two bytes are the length of the rest
		if _, err := io.ReadFull(conn, head); err != nil {
			return
		}
		request := append(head, make([]byte, binary.BigEndian.Uint16(head[4:]))...)
		if _, err := io.ReadFull(conn, request[len(head):]); err != nil {
			return
		}
		bytes, hangUp := answer(int(p.requests.Add(1))-1, request)
		if err := p.write(conn, bytes); err != nil || hangUp {
			return
		}
	}
}

func (p *Peer) write(conn net.Conn, bytes []byte) error {
	if !p.InPieces {
		_, err := conn.Write(bytes)
		return err
	}
	for i := range bytes {
		if _, err := conn.Write(bytes[i : i+1]); err != nil {
			return err
		}
	}
	return nil
}

// Rightly answers a read: each register holds its own address.
func Rightly(request []byte) []byte {
	first, quantity := binary.BigEndian.Uint16(request[8:]), binary.BigEndian.Uint16(request[10:])
	data := []byte{byte(2 * quantity)}
	for i := range quantity {
		data = binary.BigEndian.AppendUint16(data, first+i)
	}
	return Framed(request, request[6], request[7], data...)
}

// Framed puts an answer in a frame with the request's transaction.
func Framed(request []byte, unit, function byte, data ...byte) []byte {
	frame := append([]byte(nil), request[:4]...)
	frame = binary.BigEndian.AppendUint16(frame, uint16(2+len(data)))
	return append(append(frame, unit, function), data...)
}

// Transaction returns the frame with its transaction number moved by d.
func Transaction(frame []byte, d int) []byte {
	frame = append([]byte(nil), frame...)
	binary.BigEndian.PutUint16(frame, binary.BigEndian.Uint16(frame)+uint16(d))
	return frame
}
