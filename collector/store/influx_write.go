package store

import (
	"bytes"
	"context"
	"errors"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"time"

	influxdb2 "github.com/influxdata/influxdb-client-go/v2"
	"github.com/influxdata/influxdb-client-go/v2/api"

	"thermie/configs"
)

// influxWriter stores points by the v2 write API. The client library makes
// the requests; what counts as stored is decided here, because the library
// takes any 2xx for success.
type influxWriter struct {
	api  api.WriteAPIBlocking
	door *influxDoor
}

func newInfluxWriter(door *influxDoor, cfg configs.Store) *influxWriter {
	w := &influxWriter{door: door}
	options := influxdb2.DefaultOptions().SetPrecision(time.Nanosecond).SetApplicationName("thermie")
	options.HTTPOptions().SetHTTPDoer(w)
	w.api = influxdb2.NewClientWithOptions(door.base, "", options).WriteAPIBlocking(cfg.Org, cfg.Bucket)
	return w
}

// Do lets only a 204 through as success: anything else is an answer of
// something in between, or of an InfluxDB that has not stored all.
func (w *influxWriter) Do(request *http.Request) (*http.Response, error) {
	response, err := w.door.Do(request)
	if err != nil {
		return nil, err
	}
	if response.StatusCode != http.StatusNoContent {
		defer response.Body.Close()
		return nil, answerOf(response)
	}
	return response, nil
}

// post writes points, of which the first has the given place in the whole,
// and calls refused for each that InfluxDB will not take. When it returns
// nil, all others are on InfluxDB's disk.
//
// InfluxDB stores the good points of a request that it answers with "partial
// write" and does not say which were bad: halving finds them, and what is
// sent again is stored once.
func (w *influxWriter) post(ctx context.Context, points [][]byte, first int, refused func(at int, why error)) error {
	err := w.api.WriteRecord(ctx, string(bytes.Join(points, []byte{'\n'})))
	var answer *influxAnswer
	if err == nil || !errors.As(err, &answer) || !answer.ofLines() {
		return err
	}
	if len(points) == 1 || answer.dropped() == len(points) {
		for i := range points {
			refused(first+i, answer)
		}
		return nil
	}
	half := len(points) / 2
	if err := w.post(ctx, points[:half], first, refused); err != nil {
		return err
	}
	return w.post(ctx, points[half:], first+half, refused)
}

// ofLines reports whether the answer is about single lines, which will be no
// better the next time. A limit that is reached is none of their fault: it
// can be raised, so the sender shall try again.
func (a *influxAnswer) ofLines() bool {
	switch a.status {
	case http.StatusRequestEntityTooLarge:
		return true
	case http.StatusBadRequest, http.StatusUnprocessableEntity:
		return !strings.Contains(a.words, "limit exceeded") &&
			(strings.Contains(a.words, "partial write") || strings.Contains(a.words, "unable to parse"))
	}
	return false
}

var droppedPoints = regexp.MustCompile(`dropped=(\d+)`)

// dropped returns how many points the answer says were not stored, 0 if it
// does not say.
func (a *influxAnswer) dropped() int {
	found := droppedPoints.FindStringSubmatch(a.words)
	if found == nil {
		return 0
	}
	n, _ := strconv.Atoi(found[1]) // more digits than an int are not ours to count
	return n
}
