package modbus

import (
	"encoding/binary"
	"fmt"
	"io"
	"time"
)

// framing is how requests and answers stand on a wire.
type framing interface {
	// pdu is the function and the data of a whole frame; nil for anything else.
	pdu(frame []byte) []byte
	// numbered is the request under a transaction number, where there are any.
	numbered(request []byte, transaction uint16) []byte
	// read reads exactly one answer.
	read(r io.Reader) ([]byte, error)
	// late reports whether the answer is one to an earlier request.
	late(request, answer []byte) bool
	// check reports why answer is not the answer to request.
	check(request, answer []byte) error
	// as is the answer under the transaction number of request.
	as(answer, request []byte) []byte
	// quiet is how long nothing may be sent after a request without answer.
	quiet(timeout time.Duration) time.Duration
}

// Lengths of a Modbus TCP frame (MODBUS Messaging on TCP/IP, 3.1.3).
const (
	mbapBytes  = 7   // transaction, protocol, length, unit
	longestPDU = 253 // function and data
	readBytes  = 5   // the PDU of a read: function, first address, quantity
)

// tcpFraming is Modbus TCP's, with or without TLS.
type tcpFraming struct{}

func (tcpFraming) pdu(frame []byte) []byte {
	if len(frame) <= mbapBytes || int(binary.BigEndian.Uint16(frame[4:])) != len(frame)-mbapBytes+1 {
		return nil
	}
	return frame[mbapBytes:]
}

func (tcpFraming) numbered(request []byte, transaction uint16) []byte {
	frame := append([]byte(nil), request...)
	binary.BigEndian.PutUint16(frame, transaction)
	return frame
}

func (tcpFraming) read(r io.Reader) ([]byte, error) {
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

func (tcpFraming) late(request, answer []byte) bool {
	return int16(binary.BigEndian.Uint16(answer)-binary.BigEndian.Uint16(request)) < 0
}

func (tcpFraming) check(request, answer []byte) error {
	if got, want := binary.BigEndian.Uint16(answer), binary.BigEndian.Uint16(request); got != want {
		return fmt.Errorf("answer to transaction %d, which was not asked (asked %d)", got, want)
	}
	return checkAnswer(request[6:], answer[6:])
}

func (tcpFraming) as(answer, request []byte) []byte {
	copy(answer, request[:2])
	return answer
}

// quiet is none: the transaction number tells a late answer.
func (tcpFraming) quiet(time.Duration) time.Duration { return 0 }

// checkAnswer reports why answer is not the answer to request; both begin
// with the unit and end with the data.
func checkAnswer(request, answer []byte) error {
	if answer[0] != request[0] {
		return fmt.Errorf("answer of unit %d, asked unit %d", answer[0], request[0])
	}
	function, pdu := request[1], answer[1:]
	if pdu[0] == function|0x80 && len(pdu) == 2 {
		return nil // an exception: the device answered, and the link is in step
	}
	if pdu[0] != function {
		return fmt.Errorf("answer of function %d, asked function %d", pdu[0], function)
	}
	if isIdentification(request[1:]) {
		return checkIdentity(pdu)
	}
	want := dataBytes(function, binary.BigEndian.Uint16(request[4:]))
	if int(pdu[1]) != want || len(pdu) != 2+want {
		return fmt.Errorf("answer of %d bytes (%d announced), asked %d", len(pdu)-2, pdu[1], want)
	}
	return nil
}

// isRead reports whether a PDU is one of the four reads.
func isRead(pdu []byte) bool { return len(pdu) == readBytes && pdu[0] >= 1 && pdu[0] <= 4 }

// dataBytes is the length of what a read of quantity bits (functions 1 and
// 2) or registers (3 and 4) returns.
func dataBytes(function byte, quantity uint16) int {
	if function <= 2 {
		return (int(quantity) + 7) / 8
	}
	return 2 * int(quantity)
}
