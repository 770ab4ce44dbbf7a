package agent

import (
	"errors"
	"fmt"

	"github.com/goburrow/modbus"
)

// unitClient reads one Modbus unit behind a link.
type unitClient struct{ modbus modbus.Client }

// newUnitClient returns the client of a unit. Each has its own packager,
// which carries the unit's number; the handler's own transport stays unused.
func newUnitClient(l *link, unit byte) unitClient {
	packager := modbus.NewTCPClientHandler(l.address)
	packager.SlaveId = unit
	return unitClient{modbus.NewClient2(packager, l)}
}

// read returns the bytes of the request's registers as they came.
func (u unitClient) read(r request) (raw []byte, err error) {
	switch r.function {
	case modbus.FuncCodeReadHoldingRegisters:
		raw, err = u.modbus.ReadHoldingRegisters(r.address, r.words)
	case modbus.FuncCodeReadInputRegisters:
		raw, err = u.modbus.ReadInputRegisters(r.address, r.words)
	default:
		return nil, fmt.Errorf("function %d does not read registers", r.function)
	}
	if err != nil {
		return nil, err
	}
	if len(raw) != 2*int(r.words) {
		return nil, fmt.Errorf("%d bytes for %d registers", len(raw), r.words)
	}
	return raw, nil
}

// isException reports whether the device answered, with a refusal.
func isException(err error) bool {
	var exception *modbus.ModbusError
	return errors.As(err, &exception)
}

// isIllegalAddress reports whether the device said that a block holds a
// register that it does not have.
func isIllegalAddress(err error) bool {
	var exception *modbus.ModbusError
	return errors.As(err, &exception) && exception.ExceptionCode == modbus.ExceptionCodeIllegalDataAddress
}
