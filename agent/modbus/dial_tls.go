package modbus

import (
	"context"
	"crypto/tls"
	"net"
	"time"

	"thermie/configs"
)

// dialTLS opens Modbus/TCP Security: both sides show a certificate. The files
// are read at each dialling, so that a renewed certificate is taken up
// without a restart.
func dialTLS(address string, cfg configs.Security) dialer {
	host, _, _ := net.SplitHostPort(address)
	return func(ctx context.Context) (wire, error) {
		security, err := cfg.Client(host, time.Now())
		if err != nil {
			return nil, err
		}
		conn, err := (&tls.Dialer{Config: security}).DialContext(ctx, "tcp", address)
		if err != nil {
			return nil, err
		}
		return socket{conn}, nil
	}
}
