package modbus

import (
	"bytes"
	"encoding/binary"
	"io"
	"net"
	"slices"
	"testing"

	"thermie/configs"
)

// rtuAnswer answers a request frame on a serial line, in the pieces in which a
// gateway or an operating system may hand it on; none is silence.
type rtuAnswer func(request []byte) (pieces [][]byte)

// serveRTU answers the requests that come over a line, and says each time
// that nothing more is to come.
func serveRTU(line io.ReadWriter, answer rtuAnswer, answered chan<- struct{}) {
	for {
		request := make([]byte, 8)
		if _, err := io.ReadFull(line, request[:4]); err != nil {
			return
		}
		request = request[:rtuRequestBytes(request[1])]
		if _, err := io.ReadFull(line, request[4:]); err != nil {
			return
		}
		for _, piece := range answer(request) {
			if _, err := line.Write(piece); err != nil {
				return
			}
		}
		answered <- struct{}{}
	}
}

// rtuRequestBytes is the length of a whole request.
func rtuRequestBytes(function byte) int {
	switch function {
	case serverID:
		return 4
	case encapsulated:
		return 7
	}
	return 8
}

// listenRTU serves RTU frames over TCP and returns the line that leads there.
func listenRTU(t *testing.T, answer rtuAnswer) configs.Line {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { listener.Close() })
	go func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			serveRTU(conn, answer, make(chan struct{}, 100))
			conn.Close()
		}
	}()
	return configs.Line{Link: configs.LinkRTUOverTCP, Address: listener.Addr().String()}
}

// rtuFrame closes a frame with its checksum.
func rtuFrame(body ...byte) []byte {
	return binary.LittleEndian.AppendUint16(slices.Clone(body), crc16(body))
}

// rtuRightly answers a read: each register holds its own address.
func rtuRightly(r []byte) []byte {
	first, quantity := binary.BigEndian.Uint16(r[2:]), binary.BigEndian.Uint16(r[4:])
	body := []byte{r[0], r[1], byte(2 * quantity)}
	for i := range quantity {
		body = binary.BigEndian.AppendUint16(body, first+i)
	}
	return rtuFrame(body...)
}

// singly is the frame byte by byte.
func singly(frame []byte) (pieces [][]byte) {
	for i := range frame {
		pieces = append(pieces, frame[i:i+1])
	}
	return pieces
}

// rtuFault is what goes wrong with one answer on a serial line.
type rtuFault struct {
	answer rtuAnswer
	fails  bool // the request
	silent bool // it is not known before the time-out
}

// Each request gets the right answer or none, and the one after it the right
// one.
var rtuFaults = map[string]rtuFault{
	"an exception in two pieces": {answer: func(r []byte) [][]byte {
		f := rtuFrame(r[0], r[1]|0x80, 4)
		return [][]byte{f[:4], f[4:]}
	}, fails: true},
	"an answer byte by byte":        {answer: func(r []byte) [][]byte { return singly(rtuRightly(r)) }},
	"silence":                       {answer: func([]byte) [][]byte { return nil }, fails: true, silent: true},
	"half an answer":                {answer: func(r []byte) [][]byte { return [][]byte{rtuRightly(r)[:6]} }, fails: true, silent: true},
	"a flipped bit":                 {answer: func(r []byte) [][]byte { f := rtuRightly(r); f[4] ^= 1; return [][]byte{f} }, fails: true},
	"a flipped bit in the length":   {answer: func(r []byte) [][]byte { f := rtuRightly(r); f[2] ^= 2; return [][]byte{f} }, fails: true, silent: true},
	"a flipped bit in the function": {answer: func(r []byte) [][]byte { f := rtuRightly(r); f[1] ^= 0x10; return [][]byte{f} }, fails: true},
	"an answer of another unit":     {answer: func(r []byte) [][]byte { r[0]++; return [][]byte{rtuRightly(r)} }, fails: true},
	"an answer of another function": {answer: func(r []byte) [][]byte { r[1]++; return [][]byte{rtuRightly(r)} }, fails: true},
	"one register of two":           {answer: func(r []byte) [][]byte { r[5] = 1; return [][]byte{rtuRightly(r)} }, fails: true},
	"noise behind the answer":       {answer: func(r []byte) [][]byte { return [][]byte{append(rtuRightly(r), 0, 0, 0)} }},
	"the answer twice":              {answer: func(r []byte) [][]byte { return [][]byte{append(rtuRightly(r), rtuRightly(r)...)} }},
	"the request's own echo":        {answer: func(r []byte) [][]byte { return [][]byte{append(r, rtuRightly(r)...)} }, fails: true},
}

// orRightly goes wrong with the answer to two registers.
func (f rtuFault) orRightly(r []byte) [][]byte {
	if binary.BigEndian.Uint16(r[2:]) == twoRegisters.address {
		return f.answer(r)
	}
	return [][]byte{rtuRightly(r)}
}

// recovers reads over a line on which one answer goes wrong; wrong waits until
// that has come.
func (f rtuFault) recovers(t *testing.T, line configs.Line, wrong func()) {
	t.Helper()
	l := Open(t.Context(), line)
	readsRightly(t, l, 30, false)
	timeout := patient
	if f.silent {
		timeout = brief
	}
	if raw, err := l.Unit(7, timeout, 0).read(twoRegisters); f.fails != (err != nil) {
		t.Errorf("% x, %v", raw, err)
	}
	wrong()
	if !f.silent {
		l.guest = guest{} // all has come: no need to be patient
	}
	for i := range uint16(3) {
		readsRightly(t, l, 50+i, false)
	}
}

func TestADisturbedLineNeverGivesAWrongValue(t *testing.T) {
	for name, f := range rtuFaults {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f.recovers(t, listenRTU(t, f.orRightly), func() {}) // another connection knows nothing of what is late
		})
	}
}

// The check value of the algorithm's catalogue entry CRC-16/MODBUS.
func TestTheChecksumIsModbuss(t *testing.T) {
	if got := crc16([]byte("123456789")); got != 0x4b37 {
		t.Errorf("%04x", got)
	}
}

func FuzzReadRTU(f *testing.F) {
	f.Add(rtuFrame(1, 3, 2, 0, 1))
	f.Add(rtuFrame(1, 0x83, 2))
	request := rtuFrame(1, 3, 0, 0, 0, 1)
	f.Fuzz(func(t *testing.T, b []byte) {
		frame, err := rtuFraming{}.read(bytes.NewReader(b))
		if err != nil {
			return
		}
		if len(frame) > len(b) || len(frame) < shortestRTU || len(frame) > longestRTU {
			t.Fatalf("frame of %d bytes from %d", len(frame), len(b))
		}
		if (rtuFraming{}).check(request, frame) == nil && frame[1] == 3 && len(frame) != 7 {
			t.Fatalf("% x passes for one register", frame)
		}
	})
}
