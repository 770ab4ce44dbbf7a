package modbustest

import (
	"fmt"
	"io"
	"os"
	"testing"

	sys "golang.org/x/sys/unix"
)

// OpenPty returns the two ends of a pseudo-terminal: a file, and the name
// under which the other end is opened as a serial port. It is raw from the
// beginning, as a serial line is, and does not hang up while it is closed.
func OpenPty(t testing.TB) (end *os.File, port string) {
	t.Helper()
	end, err := os.OpenFile("/dev/ptmx", os.O_RDWR|sys.O_NOCTTY, 0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { end.Close() })
	if err := sys.IoctlSetPointerInt(int(end.Fd()), sys.TIOCSPTLCK, 0); err != nil {
		t.Fatal(err)
	}
	number, err := sys.IoctlGetInt(int(end.Fd()), sys.TIOCGPTN)
	if err != nil {
		t.Fatal(err)
	}
	port = fmt.Sprintf("/dev/pts/%d", number)
	held, err := os.OpenFile(port, os.O_RDWR|sys.O_NOCTTY, 0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { held.Close() })
	raw := &sys.Termios{Cflag: sys.CS8 | sys.CREAD | sys.CLOCAL | sys.B19200}
	raw.Cc[sys.VMIN] = 1
	if err := sys.IoctlSetTermios(int(held.Fd()), sys.TCSETS, raw); err != nil {
		t.Fatal(err)
	}
	return end, port
}

// NullModem returns the names of two serial ports that are wired to each
// other.
func NullModem(t testing.TB) (one, other string) {
	t.Helper()
	left, one := OpenPty(t)
	right, other := OpenPty(t)
	go io.Copy(left, right)
	go io.Copy(right, left)
	return one, other
}
