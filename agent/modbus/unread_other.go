//go:build !unix

package modbus

import "net"

// readUnread reads what has already arrived: 0 and no error when nothing has.
func readUnread(conn net.Conn, into []byte) (int, error) { return readBriefly(conn, into) }
