package modbus

import (
	"context"
	"errors"
	"net"
	"os"
	"time"

	"thermie/configs"
)

// errUnasked says that a wire has bytes on it that nobody asked for.
var errUnasked = errors.New("bytes that nobody asked for")

// socket is a wire over any connection, such as a TLS session.
type socket struct{ net.Conn }

// settle takes a millisecond's silence for a sign that nothing is under way.
func (s socket) settle() error {
	var unasked [1]byte
	if err := s.SetReadDeadline(time.Now().Add(time.Millisecond)); err != nil {
		return err
	}
	switch n, err := s.Read(unasked[:]); {
	case n > 0:
		return errUnasked // with what is still to come of it
	case errors.Is(err, os.ErrDeadlineExceeded):
		return nil
	default:
		return err
	}
}

// Open returns the link of a line's configuration, which is dialled when
// first used and closed when ctx ends.
func Open(ctx context.Context, cfg configs.Line) *Link {
	l := Over(ctx, dialTCP(cfg.Address))
	switch cfg.Link {
	case configs.LinkTLS:
		l.dial = dialTLS(cfg.Address, cfg.TLS)
	case configs.LinkRTUOverTCP:
		l.framing = rtuFraming{}
	case configs.LinkRTU:
		l.framing, l.dial = rtuFraming{}, dialSerial(cfg.Address, cfg.Serial)
	}
	if cfg.Link != configs.LinkRTU { // a serial port has no sessions to give back
		l.idle = time.Duration(cfg.IdleClose)
	}
	if cfg.MaxRequests > 0 {
		l.pause = time.Duration(float64(time.Second) / cfg.MaxRequests)
	}
	return l
}

// OpenToProbe is Open for `thermie probe`, whose units may also be asked who
// they are. In service that is refused like a write.
func OpenToProbe(ctx context.Context, cfg configs.Line) *Link {
	l := Open(ctx, cfg)
	l.probing = true
	return l
}

// OpenToScan is OpenToProbe for a search over unit ids, most of which nobody
// has: that a gateway finds nobody there is no collision then.
func OpenToScan(ctx context.Context, cfg configs.Line) *Link {
	l := OpenToProbe(ctx, cfg)
	l.searching = true
	return l
}

// Over returns a link of Modbus TCP frames over connections that dial opens.
func Over(ctx context.Context, dial func(context.Context) (net.Conn, error)) *Link {
	return newLink(ctx, tcpFraming{}, func(ctx context.Context) (wire, error) {
		conn, err := dial(ctx)
		if err != nil {
			return nil, err
		}
		return wireOver(conn), nil
	})
}

func dialTCP(address string) func(context.Context) (net.Conn, error) {
	return func(ctx context.Context) (net.Conn, error) {
		return new(net.Dialer).DialContext(ctx, "tcp", address)
	}
}
