//go:build !linux

package modbus

import "net"

// wireOver returns the wire of a TCP connection.
func wireOver(conn net.Conn) wire { return socket{conn} }
