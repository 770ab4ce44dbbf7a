package modbus

import (
	"errors"
	"io"
	"net"
	"syscall"
	"unsafe"
)

// direct is a TCP connection whose system calls Go's scheduler is not told
// of. It need not be, because a socket of package net never keeps a thread
// waiting; and if it is, it wakes the thread that watches over system calls,
// which sleeps when nothing is done: between a request and its answer, each
// time.
type direct struct {
	net.Conn
	raw  syscall.RawConn
	room [longestRTU + mbapBytes]byte
	left []byte // in room, that nobody has taken yet
}

// wireOver returns the wire of a TCP connection.
func wireOver(conn net.Conn) wire {
	if socket, ok := conn.(syscall.Conn); ok {
		if raw, err := socket.SyscallConn(); err == nil {
			return &direct{Conn: conn, raw: raw}
		}
	}
	return socket{conn}
}

// Read takes what has arrived in one call, and gives it out in parts.
func (d *direct) Read(into []byte) (int, error) {
	if len(d.left) == 0 && len(into) > 0 {
		n, err := 0, error(nil)
		waited := d.raw.Read(func(fd uintptr) bool {
			n, err = call(syscall.SYS_READ, fd, d.room[:])
			return err != syscall.EAGAIN
		})
		switch {
		case waited != nil:
			return 0, cause(waited)
		case err != nil:
			return 0, err
		case n == 0:
			return 0, io.EOF
		}
		d.left = d.room[:n]
	}
	n := copy(into, d.left)
	d.left = d.left[n:]
	return n, nil
}

func (d *direct) Write(b []byte) (written int, err error) {
	waited := d.raw.Write(func(fd uintptr) bool {
		for written < len(b) && err == nil {
			var n int
			n, err = call(syscall.SYS_WRITE, fd, b[written:])
			written += n
		}
		if err != syscall.EAGAIN {
			return true
		}
		err = nil
		return false
	})
	if waited != nil {
		return written, cause(waited)
	}
	return written, err
}

// settle looks at what has already arrived, and does not wait.
func (d *direct) settle() (err error) {
	n := len(d.left)
	if n == 0 {
		if closed := d.raw.Control(func(fd uintptr) { n, err = call(syscall.SYS_READ, fd, d.room[:]) }); closed != nil {
			return cause(closed)
		}
	}
	switch {
	case err == syscall.EAGAIN:
		return nil
	case err != nil:
		return err
	case n == 0:
		return io.EOF
	}
	return errUnasked // with what is still to come of it
}

// call reads or writes some bytes on a socket.
func call(what, fd uintptr, b []byte) (int, error) {
	for {
		n, _, errno := syscall.RawSyscall(what, fd, uintptr(unsafe.Pointer(&b[0])), uintptr(len(b)))
		switch errno {
		case 0:
			return int(n), nil
		case syscall.EINTR:
			continue
		}
		return 0, errno
	}
}

// cause is what went wrong without net's words around it, which name the raw
// call.
func cause(err error) error {
	if within := errors.Unwrap(err); within != nil {
		return within
	}
	return err
}
