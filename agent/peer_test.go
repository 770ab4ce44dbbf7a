package agent

import (
	"encoding/binary"
	"io"
	"net"
	"sync/atomic"
	"testing"
)

// peer is a Modbus TCP device on 127.0.0.1 that answers as a test says.
type peer struct {
	address     string
	inPieces    bool // bytes are sent one by one
	connections atomic.Int32
	requests    atomic.Int32
}

// misbehaviour answers the nth request (from 0) by what it returns; hangUp
// closes the connection afterwards.
type misbehaviour func(n int, request []byte) (answer []byte, hangUp bool)

func newPeer(t *testing.T, answer misbehaviour) *peer {
	t.Helper()
	p := &peer{}
	p.listen(t, answer)
	return p
}

func (p *peer) listen(t *testing.T, answer misbehaviour) {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { listener.Close() })
	p.address = listener.Addr().String()
	go func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			p.connections.Add(1)
			go p.serve(conn, answer)
		}
	}()
}

func (p *peer) serve(conn net.Conn, answer misbehaviour) {
	defer conn.Close()
	for {
		request := make([]byte, mbapBytes+5)
		if _, err := io.ReadFull(conn, request); err != nil {
			return
		}
		bytes, hangUp := answer(int(p.requests.Add(1))-1, request)
		if err := p.write(conn, bytes); err != nil || hangUp {
			return
		}
	}
}

func (p *peer) write(conn net.Conn, bytes []byte) error {
	if !p.inPieces {
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

// rightly answers a read: each register holds its own address.
func rightly(request []byte) []byte {
	first, quantity := binary.BigEndian.Uint16(request[8:]), binary.BigEndian.Uint16(request[10:])
	data := []byte{byte(2 * quantity)}
	for i := range quantity {
		data = binary.BigEndian.AppendUint16(data, first+i)
	}
	return framed(request, request[6], request[7], data...)
}

// framed puts an answer in a frame with the request's transaction.
func framed(request []byte, unit, function byte, data ...byte) []byte {
	frame := append([]byte(nil), request[:4]...)
	frame = binary.BigEndian.AppendUint16(frame, uint16(2+len(data)))
	return append(append(frame, unit, function), data...)
}

// transaction returns the frame with its transaction number moved by d.
func transaction(frame []byte, d int) []byte {
	frame = append([]byte(nil), frame...)
	binary.BigEndian.PutUint16(frame, binary.BigEndian.Uint16(frame)+uint16(d))
	return frame
}
