package virtual

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strconv"
)

// fleetConn is one connection on which requests follow each other. It writes
// its requests by hand: net/http hands each one through three goroutines,
// which would take a good part of a small machine from the server.
type fleetConn struct {
	conn  net.Conn
	in    *bufio.Reader
	head  string // of every request
	write net.Buffers
}

func dialFleet(ctx context.Context, f Fleet) (*fleetConn, error) {
	to, err := url.Parse(f.To)
	if err != nil || to.Scheme != "http" || to.Port() == "" {
		return nil, fmt.Errorf("%q is no address of a server (hint: http://127.0.0.1:8086)", f.To)
	}
	var dialer net.Dialer
	conn, err := dialer.DialContext(ctx, "tcp", to.Host)
	if err != nil {
		return nil, err
	}
	query := url.Values{"precision": {"s"}, "org": {"fleet"}, "bucket": {f.Bucket}}
	head := "POST /api/v2/write?" + query.Encode() + " HTTP/1.1\r\nHost: " + to.Host + "\r\nContent-Type: text/plain; charset=utf-8\r\n"
	return &fleetConn{conn: conn, in: bufio.NewReader(conn), head: head}, nil
}

// post sends a body and waits for the acknowledgement.
func (c *fleetConn) post(token string, body []byte) error {
	head := c.head + "Content-Length: " + strconv.Itoa(len(body)) + "\r\n"
	if token != "" {
		head += "Authorization: Token " + token + "\r\n"
	}
	c.write = append(c.write[:0], []byte(head+"\r\n"), body)
	if _, err := c.write.WriteTo(c.conn); err != nil {
		return err
	}
	answer, err := http.ReadResponse(c.in, nil)
	if err != nil {
		return fmt.Errorf("waiting for the answer: %w", err)
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		return fmt.Errorf("reading the answer: %w", err)
	}
	if answer.StatusCode != http.StatusNoContent {
		return fmt.Errorf("answered %s: %s", answer.Status, text)
	}
	return nil
}

func (c *fleetConn) close() { c.conn.Close() }
