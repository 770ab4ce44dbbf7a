//go:build unix

package modbus

import (
	"errors"
	"io"
	"net"
	"syscall"
	"time"
)

// readUnread reads what has already arrived, without waiting: 0 and no error
// when nothing has.
func readUnread(conn net.Conn, into []byte) (n int, err error) {
	socket, ok := conn.(syscall.Conn)
	if !ok {
		return readBriefly(conn, into)
	}
	raw, err := socket.SyscallConn()
	if err != nil {
		return 0, err
	}
	if err := conn.SetReadDeadline(time.Time{}); err != nil {
		return 0, err
	}
	outer := raw.Read(func(fd uintptr) bool {
		n, err = syscall.Read(int(fd), into)
		return true
	})
	switch {
	case outer != nil:
		return 0, outer
	case errors.Is(err, syscall.EAGAIN) || errors.Is(err, syscall.EINTR):
		return 0, nil
	case err == nil && n == 0:
		return 0, io.EOF
	}
	return n, err
}
