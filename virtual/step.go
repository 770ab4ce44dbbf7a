package virtual

import (
	"encoding/json"
	"math"
	"net/http"
	"time"
)

// stepRequest asks for the instant after Now, and stepReply names it; both
// in Unix seconds, to the millisecond. Done says that none was left: the
// reply then repeats the last instant and nothing has changed.
type (
	stepRequest struct {
		Now float64 `json:"now"`
	}
	stepReply struct {
		Now  float64 `json:"now"`
		Done bool    `json:"done"`
	}
)

// stepHandler answers POST /step. The caller may leave at any time and come
// back with the last instant that it has on disk.
func (d *DataCenter) stepHandler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("POST /step", func(w http.ResponseWriter, r *http.Request) {
		var asked stepRequest
		body := http.MaxBytesReader(w, r.Body, 1<<10)
		if err := json.NewDecoder(body).Decode(&asked); err != nil || math.Abs(asked.Now) > 1e11 {
			http.Error(w, `send {"now": <Unix seconds, or 0 to begin>}`, http.StatusBadRequest)
			return
		}
		reply, err := d.step(time.UnixMilli(int64(math.Round(asked.Now * 1000))))
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		w.Header().Set("Content-Type", "application/json")
		if err := json.NewEncoder(w).Encode(reply); err != nil {
			return // the caller has left
		}
	})
	return mux
}

// step moves on to the first instant after now: registers first, then the
// messages, then the reply.
func (d *DataCenter) step(now time.Time) (stepReply, error) {
	d.stepping.Lock()
	defer d.stepping.Unlock()
	row, more := d.replay.day.after(now)
	at := unixSeconds(d.replay.day.instants[row])
	if !more {
		return stepReply{Now: at, Done: true}, nil
	}
	if err := d.showRow(row); err != nil {
		return stepReply{}, err
	}
	messages, err := d.replay.messages(row)
	if err != nil {
		return stepReply{}, err
	}
	for _, m := range messages {
		if err := d.broker.publish(m.topic, m.payload); err != nil {
			return stepReply{}, err
		}
	}
	return stepReply{Now: at}, nil
}
