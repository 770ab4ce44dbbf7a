package modbus

import (
	"context"
	"errors"
	"io"
	"math/rand/v2"
	"syscall"
	"time"
)

// The pause after a collision with the plant's own master. It doubles with
// each further one and halves with each answer, down to nothing.
const (
	firstYield = 500 * time.Millisecond
	lastYield  = time.Minute
)

// guest is how a link behaves on a bus that is not the agent's: it asks no
// faster than agreed, and stands back where it is in the way.
type guest struct {
	mayAsk time.Time     // when the next request may begin
	ended  time.Time     // when the last one did
	yield  time.Duration // stood back after the last collision
	timer  *time.Timer   // closes the connection when idle
}

// wait holds a request until the cap, the last collision and the device's own
// rest since the request before allow it.
func (g *guest) wait(ctx context.Context, pause, rest time.Duration) error {
	at := g.mayAsk
	if rested := g.ended.Add(rest); rested.After(at) {
		at = rested
	}
	if now := time.Now(); !at.After(now) && ctx.Err() == nil {
		g.mayAsk = now.Add(pause)
		return nil
	}
	timer := time.NewTimer(time.Until(at))
	defer timer.Stop()
	select {
	case <-timer.C:
		g.mayAsk = time.Now().Add(pause)
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// answered notes an answer. Exceptions by which a gateway says that it is
// busy, or that what stands behind it did not answer, are a collision: two
// masters asked at once, and the agent is the one that can wait. To one who
// searches for units they say what he asked: that nobody is there.
func (g *guest) answered(pdu []byte, searching bool) {
	if len(pdu) == 2 && pdu[0]&0x80 != 0 && collisions[pdu[1]] && (!searching || pdu[1] == exceptionBusy) {
		g.standBack()
		return
	}
	if g.yield /= 2; g.yield < firstYield {
		g.yield = 0
	}
}

// collisions are the exception codes of a gateway in trouble (MODBUS
// Application Protocol 1.1b3, section 7).
var collisions = map[byte]bool{exceptionBusy: true, exceptionNoPath: true, exceptionNoAnswer: true}

const (
	exceptionBusy     = 0x06
	exceptionNoPath   = 0x0A
	exceptionNoAnswer = 0x0B
)

// failed notes a request without an answer. Nothing is sent for quiet, in
// which a late answer may pass by. A peer that hangs up is in trouble too.
func (g *guest) failed(err error, quiet time.Duration) {
	g.later(time.Now().Add(quiet))
	if errors.Is(err, io.EOF) || errors.Is(err, syscall.ECONNRESET) || errors.Is(err, syscall.EPIPE) {
		g.standBack()
	}
}

// yieldSpread keeps two masters from meeting again in step.
const yieldSpread = 0.25

// standBack leaves the bus to others for a while.
func (g *guest) standBack() {
	g.yield = min(max(2*g.yield, firstYield), lastYield)
	g.later(time.Now().Add(time.Duration(float64(g.yield) * (1 - yieldSpread + 2*yieldSpread*rand.Float64()))))
}

// later puts the next request off.
func (g *guest) later(at time.Time) {
	if at.After(g.mayAsk) {
		g.mayAsk = at
	}
}

// rest begins the idle time after a request; a connection that nobody needs
// is a session that the gateway may give to another.
func (l *Link) rest() {
	l.guest.ended = time.Now()
	switch {
	case l.idle <= 0:
	case l.guest.timer == nil:
		l.guest.timer = time.AfterFunc(l.idle, l.closeIdle)
	default:
		l.guest.timer.Reset(l.idle)
	}
}

func (l *Link) closeIdle() {
	l.mu.Lock()
	defer l.mu.Unlock()
	if time.Since(l.guest.ended) >= l.idle {
		l.close()
	}
}

// Pause is the time between the beginnings of two requests, by the cap.
func (l *Link) Pause() time.Duration { return l.pause }

// Longest is the most that one request takes, dialling and its turn included.
func (l *Link) Longest(timeout, rest time.Duration) time.Duration {
	yields := time.Duration(float64(lastYield) * (1 + yieldSpread))
	return 2*timeout + max(rest, l.pause, yields, l.framing.quiet(timeout))
}
