package modbus

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"sync"
	"time"
)

// olderFrames is how many answers to earlier requests one request skips.
const olderFrames = 16

// The pause before a dead peer is dialled again.
const (
	firstRedial = time.Second
	lastRedial  = time.Minute
)

// errReadOnly refuses a request that is neither one of the four reads nor, in
// a probe, an identification: nothing is ever written to a plant.
var errReadOnly = errors.New("refused: only reading leaves (functions 1 to 4; of a probe, 17 and 43/14 too)")

// Unreachable says that the link itself is down, so that no device behind it
// is to blame.
type Unreachable struct{ err error }

func (u Unreachable) Error() string { return u.err.Error() }
func (u Unreachable) Unwrap() error { return u.err }

// wire is an open way to a line: a socket, a TLS session or a serial port.
type wire interface {
	io.ReadWriteCloser
	SetDeadline(time.Time) error
	// settle makes sure that nothing is left to be read. An error says that
	// something was, or that the peer has closed: the wire is of no more use.
	settle() error
}

// dialer opens a wire.
type dialer func(ctx context.Context) (wire, error)

// Link is the one connection to a host:port or a serial port, shared by the
// devices behind it, with one request in flight. It stands in for goburrow's
// own transports, which stay out of step after a late answer and do not dial
// again after the peer has closed.
//
// An answer is believed only if unit, function and length are those of the
// request, and transaction or checksum too. Anything else but a well-formed
// exception closes the connection, so that a stray byte cannot become a value
// of the next request.
type Link struct {
	pause     time.Duration // between the beginnings of two requests
	idle      time.Duration // after which the connection is closed; 0: never
	framing   framing
	dial      dialer
	probing   bool            // may ask a unit who it is
	searching bool            // expects that nobody is there
	ctx       context.Context // the link ends with it

	mu          sync.Mutex
	conn        wire
	forget      func() bool // what the end of ctx would do to conn
	transaction uint16
	guest       guest
	mayDial     time.Time
	dialFailed  int // in a row
}

// newLink returns a link that is dialled when first used and closed when ctx
// ends.
func newLink(ctx context.Context, f framing, dial dialer) *Link {
	l := &Link{ctx: ctx, framing: f, dial: dial}
	context.AfterFunc(ctx, func() {
		l.mu.Lock()
		defer l.mu.Unlock()
		l.close()
	})
	return l
}

// send sends one request frame and returns the frame that answers it within
// the time-out, which begins when it is the request's turn. The request waits
// until the link has been quiet for rest.
func (l *Link) send(request []byte, timeout, rest time.Duration) ([]byte, error) {
	if pdu := l.framing.pdu(request); !isRead(pdu) && !(l.probing && isIdentification(pdu)) {
		return nil, errReadOnly
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if err := l.guest.wait(l.ctx, l.pause, rest); err != nil {
		return nil, Unreachable{err}
	}
	defer l.rest()
	if l.conn != nil && l.conn.settle() != nil {
		l.close()
	}
	if err := l.connect(timeout); err != nil {
		return nil, err
	}
	answer, err := l.exchange(request, timeout)
	if err != nil {
		l.close()
		l.guest.failed(err, l.framing.quiet(timeout))
		return nil, err
	}
	l.guest.answered(l.framing.pdu(answer), l.searching)
	return answer, nil
}

// connect dials unless connected; a peer that refuses is left alone for
// growing pauses.
func (l *Link) connect(timeout time.Duration) error {
	if l.conn != nil {
		return nil
	}
	if now := time.Now(); now.Before(l.mayDial) {
		return Unreachable{fmt.Errorf("not reached; dialled again in %v", l.mayDial.Sub(now).Round(time.Second))}
	}
	ctx, cancel := context.WithTimeout(l.ctx, timeout)
	defer cancel()
	conn, err := l.dial(ctx)
	if err != nil {
		l.dialFailed++
		l.mayDial = time.Now().Add(redialPause(l.dialFailed))
		return Unreachable{err}
	}
	l.conn, l.dialFailed = conn, 0
	l.forget = context.AfterFunc(l.ctx, func() { conn.SetDeadline(time.Now()) })
	return nil
}

// redialPause doubles with each failure, spread by a fifth so that many
// agents do not knock at once.
func redialPause(failures int) time.Duration {
	pause := min(firstRedial<<min(failures-1, 10), lastRedial)
	return time.Duration(float64(pause) * (0.8 + 0.4*rand.Float64()))
}

// exchange writes the request under a transaction number of the link's own
// (the packager of each unit counts for itself, and their numbers collide)
// and hands the answer back under the request's.
func (l *Link) exchange(request []byte, timeout time.Duration) ([]byte, error) {
	l.transaction++
	frame := l.framing.numbered(request, l.transaction)
	if err := l.conn.SetDeadline(time.Now().Add(timeout)); err != nil {
		return nil, err
	}
	if l.ctx.Err() != nil { // its end has set a deadline before this one
		return nil, l.ctx.Err()
	}
	if _, err := l.conn.Write(frame); err != nil {
		return nil, fmt.Errorf("sending the request: %w", err)
	}
	for range olderFrames {
		answer, err := l.framing.read(l.conn)
		if err != nil {
			return nil, fmt.Errorf("waiting for the answer: %w", err)
		}
		if l.framing.late(frame, answer) {
			continue
		}
		if err := l.framing.check(frame, answer); err != nil {
			return nil, err
		}
		return l.framing.as(answer, request), nil
	}
	return nil, fmt.Errorf("more than %d answers to earlier requests", olderFrames)
}

// close ends the connection; the next request dials a new one.
func (l *Link) close() {
	if l.conn != nil {
		l.forget()
		l.conn.Close()
		l.conn = nil
	}
}
