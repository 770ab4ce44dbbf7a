package collector

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
)

// problem is an answer that is not a success, in InfluxDB v2's form.
type problem struct {
	Status  int    `json:"-"`
	Code    string `json:"code"`
	Message string `json:"message"`
}

// refuse sends p.
func (s *Server) refuse(w http.ResponseWriter, p problem) {
	s.meter.refused.Add(1)
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	if p.Status == http.StatusServiceUnavailable {
		w.Header().Set("Retry-After", "10")
	}
	w.WriteHeader(p.Status)
	// Who has gone away cannot be told.
	_ = json.NewEncoder(w).Encode(p)
}

const (
	maxShown   = 10     // refused lines that a message names
	maxRefused = 10_000 // then the reading ends: rubbish costs more time than good lines
)

// errManyRefused ends the reading of a body of rubbish.
var errManyRefused = errors.New("too many refused lines")

// refusals collects why lines were refused.
type refusals struct {
	count int
	shown []string
	ended int // the line at which the reading ended, 0 if it did not
}

func (r *refusals) add(line int, reason error) {
	if r.count++; len(r.shown) < maxShown {
		r.shown = append(r.shown, fmt.Sprintf("line %d: %v", line, reason))
	}
}

// String names the first lines with their reasons and counts the others.
func (r *refusals) String() string {
	text := strings.Join(r.shown, "; ")
	if more := r.count - len(r.shown); more > 0 {
		text += fmt.Sprintf("; and %d more lines", more)
	}
	if r.ended > 0 {
		text += fmt.Sprintf("; nothing after line %d was read, because %d lines were refused", r.ended, r.count)
	}
	return text
}

// verdict tells what to answer about a body that was read to its end and
// stored; refused is false if every line was good.
//
// A token that speaks for none of the lines is a wrong token, not wrong
// lines: 403 makes an agent hold its data, while 400 would make it set the
// lines aside one by one.
func (in *intake) verdict() (p problem, refused bool) {
	r := &in.refusals
	in.server.meter.rejected.Add(int64(r.count))
	if r.count == 0 {
		return problem{}, false
	}
	if in.ahead > 0 {
		if shown, back := in.server.setBack(in.request.Context(), in.site); back {
			return in.held(shown), true
		}
	}
	switch {
	case in.stored == 0 && in.foreign == r.count:
		return problem{http.StatusForbidden, "forbidden", "this token is of site " + in.site + ": " + r.String()}, true
	case in.stored == 0:
		return problem{http.StatusBadRequest, "invalid", "unable to parse, nothing stored: " + r.String()}, true
	}
	return problem{http.StatusBadRequest, "invalid",
		fmt.Sprintf("partial write, %d of %d lines stored: %s", in.stored, in.stored+r.count, r)}, true
}

// storeError is a failure on our side: the sender shall try again.
type storeError struct{ error }

func (e storeError) Unwrap() error { return e.error }

// failure tells what to answer when the body could not be taken whole.
func (in *intake) failure(err error) problem {
	in.server.meter.rejected.Add(int64(in.refusals.count))
	var ours storeError
	if errors.As(err, &ours) {
		if in.request.Context().Err() == nil { // else it is the sender who went away
			in.server.log.Error("store refused a write", "site", in.site, "error", ours.error)
		}
		return problem{http.StatusServiceUnavailable, "unavailable",
			fmt.Sprintf("the store cannot write, %d lines stored: %v", in.stored, ours.error)}
	}
	if limit, large := tooLarge(err); large {
		text := fmt.Sprintf("the body has more than %d bytes; %d lines before that are stored, send it in smaller parts", limit, in.stored)
		if in.refusals.count > 0 {
			text += "; " + in.refusals.String()
		}
		return problem{http.StatusRequestEntityTooLarge, "request too large", text}
	}
	return problem{http.StatusBadRequest, "invalid", fmt.Sprintf("the body ends early, %d lines stored: %v", in.stored, err)}
}
