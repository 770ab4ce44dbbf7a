package agent

import (
	"encoding/binary"
	"fmt"
	"io"
)

// Lengths of a Modbus TCP frame (MODBUS Messaging on TCP/IP, 3.1.3).
const (
	mbapBytes  = 7   // transaction, protocol, length, unit
	longestPDU = 253 // function and data
)

// readFrame reads exactly one Modbus TCP frame.
func readFrame(r io.Reader) ([]byte, error) {
	frame := make([]byte, mbapBytes+longestPDU)
	if _, err := io.ReadFull(r, frame[:mbapBytes]); err != nil {
		return nil, err
	}
	if protocol := binary.BigEndian.Uint16(frame[2:]); protocol != 0 {
		return nil, fmt.Errorf("not a Modbus frame: protocol number %d", protocol)
	}
	length := int(binary.BigEndian.Uint16(frame[4:])) - 1 // the unit is counted in it
	if length < 2 || length > longestPDU {
		return nil, fmt.Errorf("not a Modbus frame: length %d", length+1)
	}
	if _, err := io.ReadFull(r, frame[mbapBytes:mbapBytes+length]); err != nil {
		return nil, err
	}
	return frame[:mbapBytes+length], nil
}

// checkAnswer reports why answer is not the answer to request; both are
// whole frames.
func checkAnswer(request, answer []byte) error {
	if got, want := binary.BigEndian.Uint16(answer), binary.BigEndian.Uint16(request); got != want {
		return fmt.Errorf("answer to transaction %d, which was not asked (asked %d)", got, want)
	}
	if answer[6] != request[6] {
		return fmt.Errorf("answer of unit %d, asked unit %d", answer[6], request[6])
	}
	function, pdu := request[mbapBytes], answer[mbapBytes:]
	if pdu[0] == function|0x80 && len(pdu) == 2 {
		return nil // an exception: the device answered, and the link is in step
	}
	if pdu[0] != function {
		return fmt.Errorf("answer of function %d, asked function %d", pdu[0], function)
	}
	want := dataBytes(function, binary.BigEndian.Uint16(request[mbapBytes+3:]))
	if int(pdu[1]) != want || len(pdu) != 2+want {
		return fmt.Errorf("answer of %d bytes (%d announced), asked %d", len(pdu)-2, pdu[1], want)
	}
	return nil
}

// dataBytes is the length of what a read of quantity bits (functions 1 and
// 2) or registers (3 and 4) returns.
func dataBytes(function byte, quantity uint16) int {
	if function <= 2 {
		return (int(quantity) + 7) / 8
	}
	return 2 * int(quantity)
}
