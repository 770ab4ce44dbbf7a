package collector

import (
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"net/http"
)

// maxBody bounds the decompressed bytes of one request.
const maxBody = 32 << 20

// errTooLarge ends the reading of a body that goes beyond maxBody.
var errTooLarge = errors.New("the body is too large")

// plainBody returns the decompressed body, which ends with errTooLarge after
// maxBody bytes, however small it came.
func plainBody(r *http.Request) (io.Reader, error) {
	var body io.Reader = r.Body
	switch encoding := r.Header.Get("Content-Encoding"); encoding {
	case "", "identity":
	case "gzip":
		unzipped, err := gzip.NewReader(r.Body)
		if err != nil {
			return nil, fmt.Errorf("the body is not gzip: %w", err)
		}
		body = unzipped
	default:
		return nil, fmt.Errorf("Content-Encoding %q is not one of gzip, identity", encoding)
	}
	return &limited{body, maxBody}, nil
}

// wholeBody reads a body that is not lines, of at most so many bytes.
func wholeBody(r *http.Request, what string, most int) ([]byte, *problem) {
	body, err := io.ReadAll(&limited{r.Body, most})
	if limit, large := tooLarge(err); large {
		return nil, &problem{http.StatusRequestEntityTooLarge, "request too large", fmt.Sprintf("%s: the body has more than %d bytes", what, min(limit, int64(most)))}
	}
	if err != nil {
		return nil, invalid("%s: the body ends early: %v", what, err)
	}
	return body, nil
}

// tooLarge returns the limit that a body went beyond: maxBody, or that of the
// configuration (limits: body_bytes).
func tooLarge(err error) (limit int64, large bool) {
	if over := (*http.MaxBytesError)(nil); errors.As(err, &over) {
		return over.Limit, true
	}
	return maxBody, errors.Is(err, errTooLarge)
}

// limited reads at most left bytes, and says so if there are more.
type limited struct {
	from io.Reader
	left int
}

func (l *limited) Read(p []byte) (int, error) {
	if l.left < 0 {
		return 0, errTooLarge
	}
	if len(p) > l.left+1 {
		p = p[:l.left+1] // one more than allowed shows that there is more
	}
	n, err := l.from.Read(p)
	if l.left -= n; l.left < 0 {
		return n - 1, errTooLarge
	}
	return n, err
}
