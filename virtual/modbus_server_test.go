package virtual

import (
	"bytes"
	"io"
	"net"
	"testing"
	"time"
)

// Frames by hand, each byte in its place.
func TestFramesOnTheWire(t *testing.T) {
	units := func(unit byte) (image, bool) { return image{cell{3, 0x0010}: 0xABCD}, unit == 1 }
	for _, c := range []struct {
		name     string
		ask, get []byte
	}{
		{"one register",
			[]byte{0x00, 0x07, 0, 0, 0, 6, 1, 3, 0x00, 0x10, 0, 1},
			[]byte{0x00, 0x07, 0, 0, 0, 5, 1, 3, 2, 0xAB, 0xCD}},
		{"no registers at all",
			[]byte{0x00, 0x08, 0, 0, 0, 6, 1, 3, 0x00, 0x10, 0, 0},
			[]byte{0x00, 0x08, 0, 0, 0, 3, 1, 0x83, illegalValue}},
		{"more than an answer holds",
			[]byte{0x00, 0x09, 0, 0, 0, 6, 1, 3, 0x00, 0x10, 0, 126},
			[]byte{0x00, 0x09, 0, 0, 0, 3, 1, 0x83, illegalValue}},
		{"over the last address",
			[]byte{0x00, 0x0A, 0, 0, 0, 6, 1, 3, 0xFF, 0xFF, 0, 2},
			[]byte{0x00, 0x0A, 0, 0, 0, 3, 1, 0x83, illegalAddress}},
		{"a request cut short",
			[]byte{0x00, 0x0B, 0, 0, 0, 3, 1, 3, 0x00},
			[]byte{0x00, 0x0B, 0, 0, 0, 3, 1, 0x83, illegalValue}},
		{"another protocol ends the talk", []byte{0, 1, 0, 9, 0, 6, 1, 3, 0, 0x10, 0, 1}, nil},
		{"a frame without function ends the talk", []byte{0, 1, 0, 0, 0, 1, 1, 0, 0}, nil},
		{"a frame too long ends the talk", []byte{0, 1, 0, 0, 1, 0, 1, 0, 0}, nil},
	} {
		s, err := serveModbus(loopback, units)
		if err != nil {
			t.Fatal(err)
		}
		conn, err := net.DialTimeout("tcp", s.addr(), 5*time.Second)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := conn.Write(c.ask); err != nil {
			t.Fatal(err)
		}
		got := make([]byte, len(c.get))
		if c.get == nil {
			got = make([]byte, 1)
		}
		n, err := io.ReadFull(conn, got)
		if c.get == nil && err == nil || !bytes.Equal(got[:n], c.get) {
			t.Errorf("%s: % x, want % x (%v)", c.name, got[:n], c.get, err)
		}
		conn.Close()
		if err := s.close(); err != nil {
			t.Error(err)
		}
	}
}

func FuzzRequest(f *testing.F) {
	f.Add([]byte{0, 7, 0, 0, 0, 6, 1, 3, 0, 0x10, 0, 1})
	f.Add([]byte{0, 7, 0, 0, 0, 2, 1, 0x2B})
	f.Add([]byte{0, 7, 0, 0, 0, 6, 1, 4, 0xFF, 0xFF, 0xFF, 0xFF})
	s := &modbusServer{units: func(unit byte) (image, bool) { return image{cell{3, 0xFFFF}: 1, cell{3, 0}: 2}, unit < 9 }}
	f.Fuzz(func(t *testing.T, data []byte) {
		header, pdu, err := readRequest(bytes.NewReader(data))
		if err != nil {
			return
		}
		answer := frame(header, s.answer(header[6], pdu))
		if len(answer) > longestADU || len(answer) < mbapLength+2 || int(answer[5]) != len(answer)-6 || answer[7]&0x7F != pdu[0]&0x7F {
			t.Errorf("% x answers % x", answer, data)
		}
	})
}
