package takein

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"strings"
)

// Door is the collector's write door, POST /api/v2/write: carried lines come
// in where sent ones do.
type Door struct {
	URL    string // of the collector
	Token  string // of the site
	Client *http.Client
}

const (
	batchBytes = 1 << 20
	maxWords   = 2 << 10 // of an answer that are kept
)

// put gives lines to the door. What it refuses is halved until single lines
// are left, which go to rejected with its words; any other answer than 204
// is an error, after which all may be given again.
func (d Door) put(ctx context.Context, lines [][]byte, rejected func(line []byte, words string) error) error {
	status, words, err := d.post(ctx, lines)
	switch {
	case err != nil:
		return err
	case status == http.StatusNoContent:
		return nil
	case status != http.StatusBadRequest && status != http.StatusUnprocessableEntity:
		return fmt.Errorf("the collector answered %d %s", status, words)
	case len(lines) == 1:
		return rejected(lines[0], words)
	}
	half := len(lines) / 2
	if err := d.put(ctx, lines[:half], rejected); err != nil {
		return err
	}
	return d.put(ctx, lines[half:], rejected)
}

func (d Door) post(ctx context.Context, lines [][]byte) (status int, words string, err error) {
	body := bytes.NewReader(append(bytes.Join(lines, []byte{'\n'}), '\n'))
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, d.URL+"/api/v2/write?precision=s", body)
	if err != nil {
		return 0, "", err
	}
	request.Header.Set("Authorization", "Token "+d.Token)
	response, err := d.Client.Do(request)
	if err != nil {
		return 0, "", fmt.Errorf("%w (hint: is the collector running? -to names its address)", err)
	}
	defer response.Body.Close()
	text, _ := io.ReadAll(io.LimitReader(response.Body, maxWords)) // what came of it
	return response.StatusCode, strings.Join(strings.Fields(string(text)), " "), nil
}
