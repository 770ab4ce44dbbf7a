package collector

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"time"

	"thermie/collector/rights"
	"thermie/interval"
)

// intervals answers GET /api/v1/intervals with the merged intervals of one
// site that begin in a span of time: all of them as they are read, a day
// after the other, or in pages where limit asks for them. Within a UTC day
// they are sorted by meter, kind and start. Who may read the site by the hour
// gets its hours, once they are over.
func (s *Server) intervals(w http.ResponseWriter, r *http.Request) {
	q, p := s.intervalQuery(r)
	if p != nil {
		s.refuse(w, *p)
		return
	}
	d := s.rights.May(r.Context(), q.site, rights.Records, rights.Interval)
	if d.Finest < rights.Hour {
		rights.Refuse(w, rights.From(r.Context()).Status(), "intervals: "+d.Reason)
		return
	}
	q.hourly = !d.Allowed
	if p := s.knows(r.Context(), q.site); p != nil {
		s.refuse(w, *p)
		return
	}
	out := &intervalWriter{w: w, form: q.form}
	err := s.page(r, q, out)
	if err == nil {
		err = out.close()
	}
	switch {
	case err == nil:
	case !out.begun:
		s.refuse(w, problem{http.StatusServiceUnavailable, "unavailable", err.Error()})
	default:
		// The status is sent: a cut connection is the only honest end.
		s.log.Error("intervals", "site", q.site, "error", err)
		panic(http.ErrAbortHandler)
	}
}

// knows returns the refusal for a site of which nothing is known.
func (s *Server) knows(ctx context.Context, site string) *problem {
	known, err := s.registry.Sites(ctx)
	switch {
	case err != nil:
		return &problem{http.StatusServiceUnavailable, "unavailable", err.Error()}
	case !slices.Contains(known, site):
		return &problem{http.StatusNotFound, "not found", "nothing is known of site " + site}
	}
	return nil
}

// page writes what q asks for; after a full page it says where the next
// begins, in the way of RFC 8288.
func (s *Server) page(r *http.Request, q intervalQuery, out *intervalWriter) error {
	if q.limit == 0 {
		return s.eachInterval(r.Context(), q, out.write)
	}
	var page []interval.Record
	full := fmt.Errorf("a page of %d", q.limit)
	err := s.eachInterval(r.Context(), q, func(rec *interval.Record) error {
		if len(page) == q.limit {
			return full
		}
		page = append(page, *rec)
		return nil
	})
	if err != nil && err != full {
		return err
	}
	if err == full {
		next := r.URL.Query()
		next.Set("after", cursorOf(&page[len(page)-1]).String())
		out.w.Header().Set("Link", fmt.Sprintf("<%s>; rel=\"next\"", (&url.URL{Path: r.URL.Path, RawQuery: next.Encode()}).String()))
	}
	for i := range page {
		if err := out.write(&page[i]); err != nil {
			return err
		}
	}
	return nil
}

// window is how much is read at once: a UTC day.
const window = 24 * time.Hour

// eachInterval hands over what q asks for. Memory holds one day of the site.
func (s *Server) eachInterval(ctx context.Context, q intervalQuery, each func(*interval.Record) error) error {
	first, last, ok, err := s.registry.Span(ctx, q.site)
	if err != nil || !ok {
		return err
	}
	from, to, read := q.from, q.to, s.registry.Records
	if q.hourly {
		read, first = s.registry.Hours, first.Truncate(time.Hour)
		to = earlier(to, s.now().Truncate(time.Hour))
	}
	from = later(from, first)
	to = earlier(to, last)
	if q.after != nil {
		from = later(from, time.Unix(q.after.start, 0).Truncate(window))
	}
	for from.Before(to) {
		until := earlier(from.Truncate(window).Add(window), to)
		recs, err := read(ctx, q.site, from, until)
		if err != nil {
			return err
		}
		for i := range recs {
			if !q.wants(&recs[i]) {
				continue
			}
			if err := each(&recs[i]); err != nil {
				return err
			}
		}
		from = until
	}
	return nil
}

func earlier(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// cursor is a place in the order of the answer.
type cursor struct {
	start       int64
	meter, kind string
}

func cursorOf(r *interval.Record) cursor { return cursor{r.Start, r.Meter, string(r.Kind)} }

// String is the cursor as a page's address carries it.
func (c cursor) String() string { return fmt.Sprintf("%d,%s,%s", c.start, c.meter, c.kind) }

// compare orders as the answer does.
func (c cursor) compare(other cursor) int {
	const secondsADay = int64(window / time.Second)
	return cmp.Or(cmp.Compare(c.start/secondsADay, other.start/secondsADay), cmp.Compare(c.meter, other.meter),
		cmp.Compare(c.kind, other.kind), cmp.Compare(c.start, other.start))
}
