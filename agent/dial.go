package agent

import (
	"context"
	"errors"
	"net"
	"time"

	"thermie/configs"
)

// errUnasked says that a wire has bytes on it that nobody asked for.
var errUnasked = errors.New("bytes that nobody asked for")

// socket is a wire over TCP, with or without TLS.
type socket struct{ net.Conn }

func (s socket) settle() error {
	var unasked [1]byte
	switch n, err := readUnread(s.Conn, unasked[:]); {
	case err != nil:
		return err
	case n > 0:
		return errUnasked // with what is still to come of it
	}
	return nil
}

// openLink returns the link of a line's configuration, not yet dialled.
func openLink(ctx context.Context, cfg configs.Line) *link {
	l := newLink(ctx, tcpFraming{}, dialTCP(cfg.Address))
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

func dialTCP(address string) dialer {
	return func(ctx context.Context) (wire, error) {
		conn, err := new(net.Dialer).DialContext(ctx, "tcp", address)
		if err != nil {
			return nil, err
		}
		return socket{conn}, nil
	}
}
