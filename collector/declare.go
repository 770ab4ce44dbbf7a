package collector

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"

	"thermie/collector/registry"
	"thermie/collector/rights"
	"thermie/configs"
)

// declare answers POST /api/v1/registry: declarations of sites, territories,
// networks and factors in the form of `thermie registry import FILE.yaml`,
// all of them or none. Only an admin's token may: being on the machine is not
// enough, since a page in a browser there is on it as well. A copy of another
// collector's registry answers 409 with the owner's name.
func (s *Server) declare(w http.ResponseWriter, r *http.Request) {
	who, p := declarer(r)
	if p != nil {
		s.refuse(w, *p)
		return
	}
	body, p := wholeBody(r, "declarations", maxBody)
	if p != nil {
		s.refuse(w, *p)
		return
	}
	declared, err := configs.DecodeDeclared("body", body, registry.Complete)
	if err == nil {
		err = withoutFiles(declared.Networks)
	}
	if err != nil {
		s.refuse(w, problem{http.StatusBadRequest, "invalid", err.Error()})
		return
	}
	s.say(w, r, who, *declared)
}

// declarer returns in whose name the request declares.
func declarer(r *http.Request) (string, *problem) {
	who := rights.From(r.Context())
	if who.Role != rights.Admin || who.ID == "-" {
		return "", &problem{http.StatusForbidden, "forbidden", "declaring wants an admin's token\nhint: thermie token create -role admin, or thermie registry on the machine itself"}
	}
	return who.Holder, nil
}

// say declares d and answers what changed.
func (s *Server) say(w http.ResponseWriter, r *http.Request, person string, d configs.Declared) {
	changes, err := s.declared.Declare(r.Context(), registry.Author{Person: person, DryRun: r.URL.Query().Get("dry_run") == "true"}, d)
	var owner *registry.NotOwner
	switch {
	case errors.As(err, &owner):
		s.refuse(w, problem{http.StatusConflict, "conflict", err.Error()})
	case errors.As(err, new(registry.Invalid)):
		s.refuse(w, problem{http.StatusBadRequest, "invalid", err.Error()})
	case err != nil:
		s.refuse(w, problem{http.StatusServiceUnavailable, "unavailable", err.Error()})
	default:
		w.Header().Set("Content-Type", "application/json; charset=utf-8")
		// Who has gone away cannot be told.
		_ = json.NewEncoder(w).Encode(map[string]any{"new": changes.New, "changed": changes.Changed, "same": changes.Same,
			"ended": changes.Ended, "warnings": append([]string{}, changes.Warnings...)})
	}
}

// withoutFiles refuses declarations that name files: they would be those of
// the collector's machine, not of whoever sends them.
func withoutFiles(networks []configs.Network) error {
	for _, n := range networks {
		if n.GeometryFile != "" || n.DemandFile != "" {
			return fmt.Errorf("network %s names a file\nhint: geometry_file and demand_csv are declared on the machine that has them, with thermie registry; hours may be sent to /api/v1/networks/%[1]s/demand", n.ID)
		}
	}
	return nil
}
