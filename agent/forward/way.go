package forward

import (
	"fmt"
	"net/http"
	"time"
)

// client returns what makes the requests. It lasts until a request fails, and
// the next one reads the files of collector.tls anew: a renewed certificate
// is taken up without a restart.
func (d *destination) client() (*http.Client, error) {
	if d.http != nil {
		return d.http, nil
	}
	transport := http.DefaultTransport.(*http.Transport).Clone()
	if err := useProxy(transport, d.up); err != nil {
		return nil, err
	}
	security, err := d.up.TLS.Client("", time.Now()) // an empty name: the transport takes the address's
	if err != nil {
		return nil, setupError{fmt.Errorf("collector.tls: %w", err)}
	}
	transport.TLSClientConfig = security
	transport.Protocols = new(http.Protocols)
	transport.Protocols.SetHTTP1(true) // one request at a time: of HTTP/2 only the buffers would be felt
	d.http = &http.Client{
		Transport:     transport,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	return d.http, nil
}

// forget lets go of a client whose request failed.
func (d *destination) forget() {
	d.http.CloseIdleConnections()
	d.http = nil
}
