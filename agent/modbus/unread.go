package modbus

import (
	"errors"
	"net"
	"os"
	"time"
)

// readBriefly reads what arrives within a millisecond; 0 and no error when
// nothing does.
func readBriefly(conn net.Conn, into []byte) (int, error) {
	if err := conn.SetReadDeadline(time.Now().Add(time.Millisecond)); err != nil {
		return 0, err
	}
	n, err := conn.Read(into)
	if errors.Is(err, os.ErrDeadlineExceeded) {
		err = nil
	}
	return n, err
}
