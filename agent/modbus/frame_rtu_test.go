package modbus

import (
	"bytes"
	"encoding/binary"
	"io"
	"net"
	"slices"
	"testing"
	"time"

	"thermie/configs"
)

// rtuAnswer answers a request frame on a serial line; nil is silence.
type rtuAnswer func(n int, request []byte) (pieces [][]byte)

// serveRTU answers the requests that come over a line, in the pieces in which
// a gateway or an operating system may hand them on.
func serveRTU(line io.ReadWriter, answer rtuAnswer) {
	for n := 0; ; n++ {
		request := make([]byte, 8)
		if _, err := io.ReadFull(line, request[:4]); err != nil {
			return
		}
		request = request[:rtuRequestBytes(request[1])]
		if _, err := io.ReadFull(line, request[4:]); err != nil {
			return
		}
		for _, piece := range answer(n, request) {
			if _, err := line.Write(piece); err != nil {
				return
			}
		}
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
	n := 0
	go func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			serveRTU(conn, func(_ int, request []byte) [][]byte { n++; return answer(n-1, request) })
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

// What goes wrong on a serial line: each request gets the right answer or
// none, and the one after it the right one.
var rtuFaults = map[string]struct {
	first rtuAnswer
	fails bool // the first request
}{
	"an exception in two pieces": {func(_ int, r []byte) [][]byte {
		f := rtuFrame(r[0], r[1]|0x80, 4)
		return [][]byte{f[:4], f[4:]}
	}, true},
	"an answer byte by byte":        {func(_ int, r []byte) [][]byte { return singly(rtuRightly(r)) }, false},
	"silence":                       {func(int, []byte) [][]byte { return nil }, true},
	"half an answer":                {func(_ int, r []byte) [][]byte { return [][]byte{rtuRightly(r)[:6]} }, true},
	"a flipped bit":                 {func(_ int, r []byte) [][]byte { f := rtuRightly(r); f[4] ^= 1; return [][]byte{f} }, true},
	"a flipped bit in the length":   {func(_ int, r []byte) [][]byte { f := rtuRightly(r); f[2] ^= 2; return [][]byte{f} }, true},
	"a flipped bit in the function": {func(_ int, r []byte) [][]byte { f := rtuRightly(r); f[1] ^= 0x10; return [][]byte{f} }, true},
	"an answer of another unit":     {func(_ int, r []byte) [][]byte { r[0]++; return [][]byte{rtuRightly(r)} }, true},
	"an answer of another function": {func(_ int, r []byte) [][]byte { r[1]++; return [][]byte{rtuRightly(r)} }, true},
	"one register of two":           {func(_ int, r []byte) [][]byte { r[5] = 1; return [][]byte{rtuRightly(r)} }, true},
	"noise behind the answer":       {func(_ int, r []byte) [][]byte { return [][]byte{append(rtuRightly(r), 0, 0, 0)} }, false},
	"the answer twice":              {func(_ int, r []byte) [][]byte { return [][]byte{rtuRightly(r), rtuRightly(r)} }, false},
	"the request's own echo":        {func(_ int, r []byte) [][]byte { return [][]byte{r, rtuRightly(r)} }, true},
}

// rtuRecovers reads over a line whose first answer goes wrong.
func rtuRecovers(t *testing.T, line configs.Line, fails bool) {
	t.Helper()
	unit := Open(t.Context(), line).Unit(7, 100*time.Millisecond, 0)
	raw, err := unit.read(twoRegisters)
	if fails != (err != nil) {
		t.Errorf("first request: % x, %v", raw, err)
	}
	for i := range uint16(3) {
		want := []byte{0, byte(50 + i)}
		if raw, err := unit.read(request{function: 3, address: 50 + i, words: 1}); err != nil || !bytes.Equal(raw, want) {
			t.Errorf("request %d afterwards: % x, %v", i+1, raw, err)
		}
	}
}

func TestADisturbedLineNeverGivesAWrongValue(t *testing.T) {
	for name, c := range rtuFaults {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			line := listenRTU(t, func(n int, r []byte) [][]byte {
				if n == 0 {
					return c.first(n, r)
				}
				return [][]byte{rtuRightly(r)}
			})
			rtuRecovers(t, line, c.fails)
		})
	}
}

// An answer that comes after the time-out bears no number by which it could
// be told from the next one's: it passes by in the quiet that is kept.
func TestALateAnswerIsNotTheNextOnes(t *testing.T) {
	line := listenRTU(t, func(n int, r []byte) [][]byte {
		if n == 0 {
			time.Sleep(150 * time.Millisecond)
		}
		return [][]byte{rtuRightly(r)}
	})
	rtuRecovers(t, line, true)
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
