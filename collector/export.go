package collector

import (
	"fmt"
	"io"
	"net/http"
	"time"

	"thermie/collector/rights"
	"thermie/collector/store"
)

// export answers GET /api/v1/export?site=ID with the site's lines, to who
// may read all that its points say.
func (s *Server) export(w http.ResponseWriter, r *http.Request) {
	site := r.URL.Query().Get("site")
	if d := s.rights.May(r.Context(), site, rights.Records, rights.Interval); !d.Allowed {
		rights.Refuse(w, rights.From(r.Context()).Status(), "export: "+d.Reason)
		return
	}
	if p := s.knows(r.Context(), site); p != nil {
		s.refuse(w, *p)
		return
	}
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("Content-Disposition", fmt.Sprintf("attachment; filename=%q", site+".lines"))
	if err := store.Export(r.Context(), attended(w, stallTime), s.registry, site); err != nil {
		// The status may be sent already: a cut connection is the only
		// honest end of an export that is not whole.
		s.log.Error("export", "site", site, "error", err)
		panic(http.ErrAbortHandler)
	}
}

// stallTime is how long who reads an export may take nothing of it. An export
// is read from one snapshot of the store, and as long as that is held the
// store's write-ahead log grows.
const stallTime = 2 * time.Minute

// attendedWriter gives up on a reader who takes nothing.
type attendedWriter struct {
	io.Writer
	connection *http.ResponseController
	patience   time.Duration
}

func attended(w http.ResponseWriter, patience time.Duration) attendedWriter {
	return attendedWriter{w, http.NewResponseController(w), patience}
}

// Write implements io.Writer. A deadline that stayed would end the next answer
// on this connection.
func (a attendedWriter) Write(p []byte) (int, error) {
	if err := a.connection.SetWriteDeadline(time.Now().Add(a.patience)); err != nil {
		return 0, err
	}
	n, err := a.Writer.Write(p)
	if err != nil {
		return n, err
	}
	return n, a.connection.SetWriteDeadline(time.Time{})
}
