package modbus

import (
	"encoding/binary"
	"errors"
	"fmt"
	"time"

	"github.com/goburrow/modbus"
)

// Unit is one Modbus unit behind a link, and reads it.
type Unit struct {
	modbus   modbus.Client
	packager modbus.Packager
	seat     seat
}

// seat is a unit's place on a link: its own patience. It is goburrow's
// Transporter.
type seat struct {
	link          *Link
	timeout, rest time.Duration
}

func (s seat) Send(request []byte) ([]byte, error) { return s.link.send(request, s.timeout, s.rest) }

// Unit returns a unit of the link, which is given so long for an answer,
// after a rest of the link. Each has its own packager, which carries the
// unit's number; goburrow's own transports stay unused.
func (l *Link) Unit(number byte, timeout, rest time.Duration) Unit {
	at := seat{l, timeout, rest}
	if (l.framing == rtuFraming{}) {
		packager := modbus.NewRTUClientHandler("")
		packager.SlaveId = number
		return Unit{modbus.NewClient2(packager, at), packager, at}
	}
	packager := modbus.NewTCPClientHandler("")
	packager.SlaveId = number
	return Unit{modbus.NewClient2(packager, at), packager, at}
}

// read returns the words of the request's registers as they came; a single
// bit (functions 1 and 2) is made a word.
func (u Unit) read(r request) (raw []byte, err error) {
	switch r.function {
	case modbus.FuncCodeReadCoils:
		raw, err = u.modbus.ReadCoils(r.address, r.words)
	case modbus.FuncCodeReadDiscreteInputs:
		raw, err = u.modbus.ReadDiscreteInputs(r.address, r.words)
	case modbus.FuncCodeReadHoldingRegisters:
		raw, err = u.modbus.ReadHoldingRegisters(r.address, r.words)
	case modbus.FuncCodeReadInputRegisters:
		raw, err = u.modbus.ReadInputRegisters(r.address, r.words)
	default:
		return nil, fmt.Errorf("function %d does not read", r.function)
	}
	if err != nil {
		return nil, err
	}
	if len(raw) != dataBytes(r.function, r.words) {
		return nil, fmt.Errorf("%d bytes for %d registers", len(raw), r.words)
	}
	if r.function <= modbus.FuncCodeReadDiscreteInputs {
		return bitWords(raw, int(r.words)), nil
	}
	return raw, nil
}

// ask sends a request that goburrow's client does not know, and returns the
// data of the answer.
func (u Unit) ask(function byte, data ...byte) ([]byte, error) {
	request, err := u.packager.Encode(&modbus.ProtocolDataUnit{FunctionCode: function, Data: data})
	if err != nil {
		return nil, err
	}
	frame, err := u.seat.Send(request)
	if err != nil {
		return nil, err
	}
	answer, err := u.packager.Decode(frame)
	if err != nil {
		return nil, err
	}
	if answer.FunctionCode != function {
		return nil, &modbus.ModbusError{FunctionCode: answer.FunctionCode, ExceptionCode: answer.Data[0]}
	}
	return answer.Data, nil
}

// bitWords makes a word of each bit; the first is the lowest of the first
// byte.
func bitWords(packed []byte, count int) (words []byte) {
	for i := range count {
		words = binary.BigEndian.AppendUint16(words, uint16(packed[i/8]>>(i%8)&1))
	}
	return words
}

// exceptionOf returns the code of a refusal; 0: the device did not refuse.
func exceptionOf(err error) byte {
	var exception *modbus.ModbusError
	if errors.As(err, &exception) {
		return exception.ExceptionCode
	}
	return 0
}

// IsException reports whether the device answered, with a refusal. A gateway
// that says that nobody answered it does not count.
func IsException(err error) bool {
	code := exceptionOf(err)
	return code != 0 && code != exceptionNoPath && code != exceptionNoAnswer
}

// refusesBlock reports whether the device said that a block holds a register
// that it does not have, or, as others put it, that it cannot be read so.
func refusesBlock(err error) bool {
	code := exceptionOf(err)
	return code == modbus.ExceptionCodeIllegalDataAddress || code == modbus.ExceptionCodeIllegalDataValue
}
