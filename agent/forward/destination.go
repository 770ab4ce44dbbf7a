package forward

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"strconv"
	"strings"
	"sync/atomic"
	"time"
	"unicode"

	influxdb2 "github.com/influxdata/influxdb-client-go/v2"
	"github.com/influxdata/influxdb-client-go/v2/api"

	"thermie/configs"
)

const (
	maxWords      = 2 << 10 // of a server's answer that are kept
	maxRetryAfter = time.Hour
)

// destination writes lines to a collector or an InfluxDB by the v2 write API.
// The client library makes the request; what counts as stored is decided
// here, because the library takes any 2xx for success and would follow a
// redirect with the token in hand.
type destination struct {
	up     configs.Upstream
	writer api.WriteAPIBlocking
	http   *http.Client                // nil: see client
	clock  atomic.Pointer[ClockOffset] // nil: never compared
}

// newDestination returns the destination that up names; nothing is connected
// yet.
func newDestination(up configs.Upstream) (*destination, error) {
	if u, err := url.Parse(up.URL); err != nil || u.Host == "" || (u.Scheme != "http" && u.Scheme != "https") {
		return nil, setupError{fmt.Errorf("collector.url %q: want http://host:port or https://host", up.URL)}
	}
	d := &destination{up: up}
	options := influxdb2.DefaultOptions().SetPrecision(time.Second).SetApplicationName("thermie")
	options.HTTPOptions().SetHTTPDoer(d)
	d.writer = influxdb2.NewClientWithOptions(up.URL, "", options).WriteAPIBlocking(up.Org, up.Bucket)
	return d, nil
}

// write returns nil when the server has stored the lines, *uploadAnswer when it
// answered anything but that, and other errors when it did not answer.
func (d *destination) write(ctx context.Context, lines [][]byte) error {
	var body strings.Builder
	room := 0
	for _, line := range lines {
		room += len(line) + 1
	}
	body.Grow(room)
	for i, line := range lines {
		if i > 0 {
			body.WriteByte('\n')
		}
		body.Write(line)
	}
	return d.writer.WriteRecord(ctx, body.String())
}

// Do sends the library's request with the token, read anew each time so that
// it can be exchanged while the agent runs. Only 204 comes back as a response.
func (d *destination) Do(request *http.Request) (*http.Response, error) {
	if d.up.TokenFile != "" {
		token, err := os.ReadFile(d.up.TokenFile)
		if err != nil {
			return nil, setupError{fmt.Errorf("collector.token_file: %w", err)}
		}
		request.Header.Set("Authorization", "Token "+string(bytes.TrimSpace(token)))
	}
	client, err := d.client()
	if err != nil {
		return nil, err
	}
	sent := time.Now()
	response, err := client.Do(request)
	if err != nil {
		d.forget()
		return nil, err
	}
	if response.StatusCode != http.StatusNoContent {
		defer response.Body.Close()
		return nil, answerOf(response)
	}
	if offset, ok := compareClocks(response.Header.Get("Date"), sent, time.Now()); ok {
		d.clock.Store(&offset)
	}
	return response, nil
}

// answerOf reads an answer that is no acknowledgement.
func answerOf(response *http.Response) *uploadAnswer {
	words, _ := io.ReadAll(io.LimitReader(response.Body, maxWords)) // what came of them
	a := &uploadAnswer{status: response.StatusCode, words: oneLine(string(words))}
	if to := response.Header.Get("Location"); to != "" {
		a.words = strings.TrimSpace("points to " + oneLine(to) + " " + a.words)
	}
	a.retryAfter = retryAfter(response.Header.Get("Retry-After"), time.Now())
	return a
}

// retryAfter reads the header in both of its forms, seconds and date.
func retryAfter(header string, now time.Time) time.Duration {
	var d time.Duration
	if seconds, err := strconv.ParseUint(header, 10, 31); err == nil {
		d = time.Duration(seconds) * time.Second
	} else if at, err := http.ParseTime(header); err == nil {
		d = at.Sub(now)
	}
	return min(max(d, 0), maxRetryAfter)
}

// oneLine makes a server's words fit for a log and a comment line.
func oneLine(s string) string {
	return strings.Join(strings.FieldsFunc(strings.ToValidUTF8(s, "?"), func(r rune) bool {
		return unicode.IsControl(r) || r == ' '
	}), " ")
}
