package modbus

import (
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"io"
	"net"
	"sync"
	"testing"
	"time"

	"thermie/agent/modbus/modbustest"
	"thermie/configs"
	"thermie/proof"
)

// recorder keeps every byte that reaches the other end of a line, and never
// answers: a socket hangs up, a serial line stays silent.
type recorder struct {
	mu    sync.Mutex
	bytes []byte
	more  chan struct{}
}

func (r *recorder) Write(b []byte) (int, error) {
	r.mu.Lock()
	r.bytes = append(r.bytes, b...)
	r.mu.Unlock()
	r.more <- struct{}{}
	return len(b), nil
}

// await returns what has come, once it is as long as the reads are.
func (r *recorder) await(length int) []byte {
	for {
		r.mu.Lock()
		got := bytes.Clone(r.bytes)
		r.mu.Unlock()
		if len(got) >= length {
			return got
		}
		<-r.more
	}
}

// record listens at the other end of a link of a kind.
func record(t *testing.T, kind string) (configs.Line, *recorder) {
	t.Helper()
	r := &recorder{more: make(chan struct{}, 1000)}
	line := configs.Line{Link: kind, Serial: configs.Serial{Baud: 19200, Mode: "8N1"}}
	if kind == configs.LinkRTU {
		end, port := modbustest.OpenPty(t)
		line.Address = port
		go copyAll(r, end)
		return line, r
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { listener.Close() })
	line.Address = listener.Addr().String()
	if kind == configs.LinkTLS {
		a := proof.NewAuthority(t)
		line.TLS = agentOf(a, "agent", time.Now().Add(time.Hour))
		listener = tls.NewListener(listener, &tls.Config{Certificates: []tls.Certificate{*gateway(t, a)}})
	}
	go func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			go func() {
				defer conn.Close()
				copyOnce(r, conn)
			}()
		}
	}()
	return line, r
}

// copyAll records until the line ends.
func copyAll(to io.Writer, from io.Reader) {
	for copyOnce(to, from) == nil {
	}
}

// copyOnce records what comes in one piece.
func copyOnce(to io.Writer, from io.Reader) error {
	b := make([]byte, 512)
	n, err := from.Read(b)
	if n > 0 {
		to.Write(b[:n])
	}
	return err
}

// Read-only on the plant, on the wire: of requests with each of the 256
// function codes, whole and cut, on each link, the bytes that arrive are those
// of the four reads and no others; from a link opened to probe, also those of
// the two identifications.
func TestOnlyReadsReachThePlant(t *testing.T) {
	for _, kind := range []string{configs.LinkTCP, configs.LinkTLS, configs.LinkRTUOverTCP, configs.LinkRTU} {
		for name, open := range map[string]func(context.Context, configs.Line) *Link{"in service": Open, "to probe": OpenToProbe, "to scan": OpenToScan} {
			t.Run(kind+" "+name, func(t *testing.T) {
				t.Parallel()
				line, arrived := record(t, kind)
				ctx, cancel := context.WithCancel(t.Context())
				defer cancel()
				sent := sendEverything(t, open(ctx, line), kind, name != "in service")
				if got := arrived.await(len(sent)); !bytes.Equal(got, sent) {
					t.Errorf("arrived: % x\nwant:    % x", got, sent)
				}
			})
		}
	}
}

// sendEverything hands each function to a link, in many shapes, and returns
// the frames that may leave.
func sendEverything(t *testing.T, l *Link, kind string, probing bool) (may []byte) {
	t.Helper()
	patience := patient // a socket hangs up long before
	if kind == configs.LinkRTU {
		patience = 20 * time.Millisecond
	}
	for function := range 256 {
		for _, data := range [][]byte{{0, 40, 0, 1}, {0, 40, 0xff, 0}, {0, 40, 0, 1, 2, 0, 9}, {0x0e, 1, 0}, {0x0d, 1, 0}, {}} {
			pdu := append([]byte{byte(function)}, data...)
			request := wholeFrame(l.framing, pdu)
			_, err := l.send(request, patience, 0)
			l.guest = guest{} // no rest after a hang-up
			reads := function >= 1 && function <= 4 && len(data) == 4
			identifies := function == 0x11 && len(data) == 0 || function == 0x2b && len(data) == 3 && data[0] == 0x0e
			if reads || probing && identifies {
				may = append(may, l.framing.numbered(request, l.transaction)...)
			} else if !errors.Is(err, errReadOnly) {
				t.Errorf("% x: %v", pdu, err)
			}
			for cut := range request {
				if _, err := l.send(request[:cut], patience, 0); !errors.Is(err, errReadOnly) {
					t.Errorf("% x cut: %v", request[:cut], err)
				}
			}
		}
	}
	return may
}

// wholeFrame puts a PDU for unit 7 in a frame.
func wholeFrame(f framing, pdu []byte) []byte {
	body := append([]byte{7}, pdu...)
	if (f == rtuFraming{}) {
		return rtuFrame(body...)
	}
	return append([]byte{0, 0, 0, 0, 0, byte(len(body))}, body...)
}
