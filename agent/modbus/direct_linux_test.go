package modbus

import (
	"bytes"
	"errors"
	"io"
	"net"
	"os"
	"testing"
	"time"

	"thermie/agent/modbus/modbustest"
)

// echo opens a wire to a server that sends back what it gets, until it has got
// so many bytes, and then hangs up.
func echo(t *testing.T, bytes int64) wire {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { listener.Close() })
	go func() {
		if conn, err := listener.Accept(); err == nil {
			io.CopyN(conn, conn, bytes)
			conn.Close()
		}
	}()
	conn, err := net.Dial("tcp", listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	return wireOver(conn)
}

// Far more than the kernel's buffers hold goes over a wire and comes back
// whole; then the wire is silent, and then it has ended.
func TestAWireCarriesEverythingAndTellsItsEnd(t *testing.T) {
	sent := bytes.Repeat([]byte("a request and its answer "), 1<<20)
	w := echo(t, int64(len(sent))+1)
	written := make(chan error, 1)
	go func() {
		n, err := w.Write(sent)
		if n != len(sent) {
			t.Errorf("%d bytes of %d written", n, len(sent))
		}
		written <- err
	}()
	got := make([]byte, len(sent))
	if _, err := io.ReadFull(w, got); err != nil || !bytes.Equal(got, sent) {
		t.Fatalf("what came back differs, %v", err)
	}
	if err := errors.Join(<-written, w.settle()); err != nil {
		t.Error(err)
	}
	if err := w.SetDeadline(time.Now()); err != nil {
		t.Error(err)
	}
	if _, err := w.Read(got); !errors.Is(err, os.ErrDeadlineExceeded) || err.Error() != "i/o timeout" {
		t.Errorf("after the deadline: %v", err)
	}
	if err := w.SetDeadline(time.Time{}); err != nil {
		t.Error(err)
	}
	if _, err := w.Write(sent[:1]); err != nil {
		t.Error(err)
	}
	if n, err := w.Read(got); n != 1 || err != nil {
		t.Errorf("%d bytes, %v", n, err)
	}
	if n, err := w.Read(got); n != 0 || err != io.EOF {
		t.Errorf("after the end: %d bytes, %v", n, err)
	}
	if err := w.settle(); err != io.EOF {
		t.Errorf("after the end: %v", err)
	}
	w.Close()
	if _, err := w.Read(got); !errors.Is(err, net.ErrClosed) {
		t.Errorf("after closing: %v", err)
	}
	if err := w.settle(); !errors.Is(err, net.ErrClosed) {
		t.Errorf("after closing: %v", err)
	}
}

// BenchmarkRequest is one unit of sixty registers read over loopback; both
// ends' allocations are counted.
func BenchmarkRequest(b *testing.B) {
	p := modbustest.NewPeer(b, func(_ int, r []byte) ([]byte, bool) { return modbustest.Rightly(r), false })
	unit := Over(b.Context(), dialTCP(p.Address)).Unit(7, time.Second, 0)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := unit.read(request{function: 3, address: 0, words: 60}); err != nil {
			b.Fatal(err)
		}
	}
}
