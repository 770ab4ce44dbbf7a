package agent

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"math/rand/v2"
	"net"
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

// errReadOnly refuses a request that is not one of the four reads: the agent
// never writes to a plant.
var errReadOnly = errors.New("refused: the agent only reads (functions 1 to 4)")

// unreachable says that the link itself is down, so that no device behind it
// is to blame.
type unreachable struct{ err error }

func (u unreachable) Error() string { return u.err.Error() }
func (u unreachable) Unwrap() error { return u.err }

// link is the one TCP connection to a host:port, shared by the devices
// behind it, with one request in flight. It stands in for goburrow's own
// transport, which stays out of step after a late answer and does not dial
// again after the peer has closed.
//
// An answer is believed only if transaction, unit, function and length are
// those of the request. Anything else but a well-formed exception closes the
// connection, so that a stray byte cannot become a value of the next request.
type link struct {
	address string
	timeout time.Duration // of one request, dialling not included
	pause   time.Duration // between the beginnings of two requests
	dial    func(ctx context.Context, network, address string) (net.Conn, error)
	ctx     context.Context // the link ends with it

	mu          sync.Mutex
	conn        net.Conn
	transaction uint16
	mayAsk      time.Time // when the request cap allows the next request
	mayDial     time.Time
	dialFailed  int // in a row
}

// newLink returns a link to a host:port that is dialled when first used and
// closed when ctx ends.
func newLink(ctx context.Context, address string, timeout time.Duration, maxPerSecond float64) *link {
	l := &link{address: address, timeout: timeout, ctx: ctx, dial: new(net.Dialer).DialContext}
	if maxPerSecond > 0 {
		l.pause = time.Duration(float64(time.Second) / maxPerSecond)
	}
	context.AfterFunc(ctx, func() {
		l.mu.Lock()
		defer l.mu.Unlock()
		l.close()
	})
	return l
}

// Send sends one request frame and returns the frame that answers it. It is
// goburrow's Transporter.
func (l *link) Send(request []byte) ([]byte, error) {
	if len(request) < mbapBytes+5 || request[mbapBytes] < 1 || request[mbapBytes] > 4 {
		return nil, errReadOnly
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if err := l.wait(); err != nil {
		return nil, err
	}
	l.drain()
	if err := l.connect(); err != nil {
		return nil, err
	}
	answer, err := l.exchange(request)
	if err != nil {
		l.close()
		return nil, err
	}
	return answer, nil
}

// wait holds the request until the cap of the link allows it.
func (l *link) wait() error {
	timer := time.NewTimer(time.Until(l.mayAsk))
	defer timer.Stop()
	select {
	case <-timer.C:
		l.mayAsk = time.Now().Add(l.pause)
		return nil
	case <-l.ctx.Done():
		return unreachable{l.ctx.Err()}
	}
}

// drain drops a connection on which something came unasked since the last
// answer (with what is still to come of it), and one that the peer has
// closed, before a request is lost to it.
func (l *link) drain() {
	if l.conn == nil {
		return
	}
	var unasked [1]byte
	if n, err := readUnread(l.conn, unasked[:]); n > 0 || err != nil {
		l.close()
	}
}

// connect dials unless connected; a peer that refuses is left alone for
// growing pauses.
func (l *link) connect() error {
	if l.conn != nil {
		return nil
	}
	if now := time.Now(); now.Before(l.mayDial) {
		return unreachable{fmt.Errorf("not reached; dialled again in %v", l.mayDial.Sub(now).Round(time.Second))}
	}
	ctx, cancel := context.WithTimeout(l.ctx, l.timeout)
	defer cancel()
	conn, err := l.dial(ctx, "tcp", l.address)
	if err != nil {
		l.dialFailed++
		l.mayDial = time.Now().Add(redialPause(l.dialFailed))
		return unreachable{err}
	}
	l.conn, l.dialFailed = conn, 0
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
func (l *link) exchange(request []byte) ([]byte, error) {
	l.transaction++
	frame := append([]byte(nil), request...)
	binary.BigEndian.PutUint16(frame, l.transaction)
	conn := l.conn
	if err := conn.SetDeadline(time.Now().Add(l.timeout)); err != nil {
		return nil, err
	}
	defer context.AfterFunc(l.ctx, func() { conn.SetDeadline(time.Now()) })()
	if _, err := conn.Write(frame); err != nil {
		return nil, fmt.Errorf("sending the request: %w", err)
	}
	for range olderFrames {
		answer, err := readFrame(conn)
		if err != nil {
			return nil, fmt.Errorf("waiting for the answer: %w", err)
		}
		got := binary.BigEndian.Uint16(answer)
		if int16(got-l.transaction) < 0 {
			continue // a late answer to an earlier request
		}
		if err := checkAnswer(frame, answer); err != nil {
			return nil, err
		}
		copy(answer, request[:2])
		return answer, nil
	}
	return nil, fmt.Errorf("more than %d answers to earlier requests", olderFrames)
}

// close ends the connection; the next request dials a new one.
func (l *link) close() {
	if l.conn != nil {
		l.conn.Close()
		l.conn = nil
	}
}
