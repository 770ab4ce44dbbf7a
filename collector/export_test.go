package collector

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"os"
	"testing"
	"time"
)

// Who asks for an export and reads none of it does not hold the store's
// snapshot for good.
func TestAReaderWhoTakesNothingIsGivenUp(t *testing.T) {
	ended := make(chan error)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		out, err := attended(w, 50*time.Millisecond), error(nil)
		for err == nil {
			_, err = out.Write(make([]byte, 1<<20))
		}
		ended <- err
	}))
	defer server.Close()
	answer, err := http.Get(server.URL)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	if err := <-ended; !errors.Is(err, os.ErrDeadlineExceeded) {
		t.Errorf("the export ended with %v", err)
	}
}
