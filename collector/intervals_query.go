package collector

import (
	"fmt"
	"mime"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"thermie/interval"
)

// maxPage is the longest page of intervals.
const maxPage = 10_000

// intervalQuery is what a request for intervals asks for.
type intervalQuery struct {
	site          string
	from, to      time.Time
	kinds, meters []string // none: all
	form          intervalForm
	limit         int     // of a page; 0: everything
	after         *cursor // the last one of the page before
	hourly        bool    // by the hour is all that the reader may see
}

// wants reports whether a record of the site and the time is asked for.
func (q *intervalQuery) wants(r *interval.Record) bool {
	return (len(q.kinds) == 0 || slices.Contains(q.kinds, string(r.Kind))) &&
		(len(q.meters) == 0 || slices.Contains(q.meters, r.Meter)) &&
		(q.after == nil || q.after.compare(cursorOf(r)) < 0)
}

// intervalParameters are all that may be asked.
var intervalParameters = []string{"site", "from", "to", "kind", "meter", "format", "limit", "after"}

// intervalQuery reads a request. What it does not know it refuses: a
// parameter misspelt would otherwise answer another question.
func (s *Server) intervalQuery(r *http.Request) (q intervalQuery, p *problem) {
	query := r.URL.Query()
	for name := range query {
		if !slices.Contains(intervalParameters, name) {
			return q, invalid("there is no parameter %q (hint: one of %s)", name, strings.Join(intervalParameters, ", "))
		}
	}
	q = intervalQuery{site: query.Get("site"), to: s.now().Add(2 * window), kinds: query["kind"], meters: query["meter"]}
	for _, id := range append(append([]string{q.site}, q.kinds...), q.meters...) {
		if !interval.ValidID(id) {
			return q, invalid("%q is no id of a site, a meter or a kind (hint: site is needed; one to 48 of a-z, 0-9, _ and -)", id)
		}
	}
	var err error
	for name, at := range map[string]*time.Time{"from": &q.from, "to": &q.to} {
		if err = instant(query.Get(name), at); err != nil {
			return q, invalid("%s: %v", name, err)
		}
	}
	if query.Has("to") && q.to.Before(q.from) {
		return q, invalid("to lies before from")
	}
	if text := query.Get("limit"); text != "" {
		if q.limit, err = strconv.Atoi(text); err != nil || q.limit < 1 || q.limit > maxPage {
			return q, invalid("limit %q is not a number from 1 to %d", text, maxPage)
		}
	}
	if q.after, err = parseCursor(query.Get("after")); err != nil {
		return q, invalid("after: %v", err)
	}
	q.form, p = formOf(r.Header.Get("Accept"), query)
	return q, p
}

func invalid(format string, args ...any) *problem {
	return &problem{http.StatusBadRequest, "invalid", fmt.Sprintf(format, args...)}
}

// instant reads a time where one is given.
func instant(text string, into *time.Time) error {
	if text == "" {
		return nil
	}
	if seconds, err := strconv.ParseInt(text, 10, 64); err == nil {
		*into = time.Unix(seconds, 0)
		return nil
	}
	at, err := time.Parse(time.RFC3339, text)
	if err != nil {
		return fmt.Errorf("%q is not a time such as 2025-01-01T00:00:00Z, nor Unix seconds", text)
	}
	*into = at
	return nil
}

func parseCursor(text string) (*cursor, error) {
	if text == "" {
		return nil, nil
	}
	parts := strings.Split(text, ",")
	if len(parts) == 3 {
		if start, err := strconv.ParseInt(parts[0], 10, 64); err == nil {
			return &cursor{start, parts[1], parts[2]}, nil
		}
	}
	return nil, fmt.Errorf("%q is not from the Link of a page", text)
}

// formOf chooses the form of the answer: by format, else by Accept, else
// JSON.
func formOf(accept string, query url.Values) (intervalForm, *problem) {
	if name := query.Get("format"); name != "" {
		for _, f := range intervalForms {
			if f.name == name {
				return f, nil
			}
		}
		return intervalForm{}, invalid("format %q is not one of csv, json, line", name)
	}
	if accept == "" {
		return intervalForms[0], nil
	}
	for _, one := range strings.Split(accept, ",") {
		wanted, _, _ := mime.ParseMediaType(one)
		for _, f := range intervalForms {
			is, _, _ := mime.ParseMediaType(f.mediaType)
			group, _, _ := strings.Cut(is, "/")
			if wanted == is || wanted == group+"/*" || wanted == "*/*" {
				return f, nil
			}
		}
	}
	return intervalForm{}, &problem{http.StatusNotAcceptable, "not acceptable", "intervals come as application/json, text/csv or text/plain (line protocol)"}
}
