package collector

import (
	"fmt"
	"net/http"

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
	if err := store.Export(r.Context(), w, s.registry, site); err != nil {
		// The status may be sent already: a cut connection is the only
		// honest end of an export that is not whole.
		s.log.Error("export", "site", site, "error", err)
		panic(http.ErrAbortHandler)
	}
}
