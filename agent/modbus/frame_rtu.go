package modbus

import (
	"encoding/binary"
	"fmt"
	"io"
	"time"
)

// Lengths of an RTU frame (MODBUS over Serial Line 1.02, 2.5.1): unit, PDU
// and checksum.
const (
	shortestRTU = 5 // an exception
	longestRTU  = 256
	crcBytes    = 2
)

// rtuFraming is that of serial lines, also where they are carried over TCP.
// An answer bears no number, so a late one is told from the right one only by
// the quiet that is kept after a request without answer.
type rtuFraming struct{}

func (rtuFraming) pdu(frame []byte) []byte {
	if intact(frame) != nil {
		return nil
	}
	return frame[1 : len(frame)-crcBytes]
}

func (rtuFraming) numbered(request []byte, _ uint16) []byte { return request }

// read takes the length from the function and the byte count, never from
// pauses: operating systems and gateways cut frames as they like. Every
// answer has at least the five bytes of an exception, which may come in
// pieces too.
func (rtuFraming) read(r io.Reader) ([]byte, error) {
	frame := make([]byte, longestRTU)
	if _, err := io.ReadFull(r, frame[:shortestRTU]); err != nil {
		return nil, err
	}
	length := shortestRTU
	switch function := frame[1]; {
	case function&0x80 != 0:
	case function >= 1 && function <= 4, function == serverID:
		length += int(frame[2])
	case function == encapsulated:
		return readObjects(r, frame)
	default:
		return nil, fmt.Errorf("not the answer to a read: function %d", function)
	}
	if length > longestRTU {
		return nil, fmt.Errorf("not an RTU frame: length %d", length)
	}
	if _, err := io.ReadFull(r, frame[shortestRTU:length]); err != nil {
		return nil, err
	}
	return frame[:length], intact(frame[:length])
}

// intact reports why a frame is not whole.
func intact(frame []byte) error {
	if len(frame) < 1+1+crcBytes {
		return fmt.Errorf("not an RTU frame: length %d", len(frame))
	}
	body, sum := frame[:len(frame)-crcBytes], binary.LittleEndian.Uint16(frame[len(frame)-crcBytes:])
	if got := crc16(body); got != sum {
		return fmt.Errorf("the checksum is %04x, of what came %04x: the line is disturbed, or its speed or parity is another", sum, got)
	}
	return nil
}

func (rtuFraming) late(_, _ []byte) bool { return false }

func (rtuFraming) check(request, answer []byte) error {
	return checkAnswer(request[:len(request)-crcBytes], answer[:len(answer)-crcBytes])
}

func (rtuFraming) as(answer, _ []byte) []byte { return answer }

// quiet lets an answer that is late by up to a time-out pass by unread.
func (rtuFraming) quiet(timeout time.Duration) time.Duration { return timeout }

// crc16 is the checksum of MODBUS over Serial Line 1.02, 6.2.2.
func crc16(b []byte) uint16 {
	crc := uint16(0xffff)
	for _, v := range b {
		crc ^= uint16(v)
		for range 8 {
			carry := crc & 1
			if crc >>= 1; carry == 1 {
				crc ^= 0xa001
			}
		}
	}
	return crc
}
