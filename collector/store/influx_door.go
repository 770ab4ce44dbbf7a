package store

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"strings"
)

// influxDoor sends requests to InfluxDB with the token.
type influxDoor struct {
	client    *http.Client
	base      string // without a slash at its end
	database  string // by which /query knows the bucket
	policy    string // retention policy; empty for the default one
	tokenFile string
}

// influxAnswer is an answer of InfluxDB that is not a success.
type influxAnswer struct {
	status int
	words  string
}

// Error says what InfluxDB said, and what a person can do about it.
func (a *influxAnswer) Error() string {
	text := fmt.Sprintf("InfluxDB answers %d: %s", a.status, a.words)
	switch {
	case a.status == http.StatusUnauthorized || a.status == http.StatusForbidden:
		text += " (hint: look at token_file; InfluxDB 1.8 takes user:password for a token)"
	case strings.Contains(a.words, "database not found"):
		text += " (hint: create the database or bucket first, and one that keeps everything forever)"
	}
	return text
}

// maxWords bounds what is kept of an answer's text, in bytes.
const maxWords = 2 << 10

// answerOf reads what came instead of a success.
func answerOf(response *http.Response) *influxAnswer {
	text, _ := io.ReadAll(io.LimitReader(response.Body, maxWords)) // what came of it
	return &influxAnswer{response.StatusCode, strings.Join(strings.Fields(strings.ToValidUTF8(string(text), "?")), " ")}
}

// Do sends one request. The token is read anew each time, so that it can be
// exchanged while the collector runs. Redirects are not followed: the token
// is for this server alone.
func (d *influxDoor) Do(request *http.Request) (*http.Response, error) {
	if d.tokenFile != "" {
		token, err := os.ReadFile(d.tokenFile)
		if err != nil {
			return nil, fmt.Errorf("token_file of the store: %w", err)
		}
		request.Header.Set("Authorization", "Token "+strings.TrimSpace(string(token)))
	}
	return d.client.Do(request)
}

// ping asks whether InfluxDB is there.
func (d *influxDoor) ping(ctx context.Context) error {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, d.base+"/ping", nil)
	if err != nil {
		return err
	}
	response, err := d.Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	if response.StatusCode/100 != 2 {
		return answerOf(response)
	}
	return nil
}

// ask sends InfluxQL statements and returns the body of the answer, which is
// the caller's to close.
func (d *influxDoor) ask(ctx context.Context, statements string) (io.ReadCloser, error) {
	form := url.Values{"db": {d.database}, "q": {statements}, "epoch": {"s"}, "chunked": {"true"}, "chunk_size": {"10000"}}
	if d.policy != "" {
		form.Set("rp", d.policy)
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, d.base+"/query", strings.NewReader(form.Encode()))
	if err != nil {
		return nil, err
	}
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	request.Header.Set("Accept", "application/json")
	response, err := d.Do(request)
	if err != nil {
		return nil, err
	}
	if response.StatusCode != http.StatusOK {
		defer response.Body.Close()
		return nil, answerOf(response)
	}
	return response.Body, nil
}
