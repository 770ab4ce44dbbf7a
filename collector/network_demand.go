package collector

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"thermie/collector/rights"
	"thermie/configs"
)

// demandParameters are all that may be said of hours beside them.
var demandParameters = []string{"origin", "year", "valid_from", "dry_run"}

// declareDemand answers POST /api/v1/networks/{id}/demand: a declared
// network's own hours as CSV, which become a version of its declaration.
func (s *Server) declareDemand(w http.ResponseWriter, r *http.Request) {
	who, p := declarer(r)
	if p != nil {
		s.refuse(w, *p)
		return
	}
	network, ok := s.registry.Network(r.PathValue("id"))
	if !ok {
		s.refuse(w, unknownNetwork)
		return
	}
	body, p := wholeBody(r, "hours", maxBody)
	if p == nil {
		p = withHours(&network, body, r.URL.Query())
	}
	if p != nil {
		s.refuse(w, *p)
		return
	}
	s.say(w, r, who, configs.Declared{Networks: []configs.Network{network}})
}

var unknownNetwork = problem{http.StatusNotFound, "not found", "no such network is declared\nhint: POST /api/v1/registry, or thermie registry declare network"}

// withHours gives the network its own hours in place of how they were formed
// before. What they hold is checked where they are declared.
func withHours(n *configs.Network, csv []byte, query url.Values) *problem {
	for name := range query {
		if !slices.Contains(demandParameters, name) {
			return invalid("there is no parameter %q (hint: one of %s)", name, strings.Join(demandParameters, ", "))
		}
	}
	if len(csv) == 0 {
		return invalid("the body is empty (hint: curl --data-binary @demand.csv)")
	}
	n.NetworkDemand = configs.NetworkDemand{DemandHours: string(csv), DemandOrigin: query.Get("origin"), HeatingBaseC: n.HeatingBaseC, DegreeDayMethod: n.DegreeDayMethod}
	if n.DemandOrigin == "" {
		return invalid("origin is missing: whose export is it, of when?")
	}
	if text := query.Get("year"); text != "" {
		var err error
		if n.DemandYear, err = strconv.Atoi(text); err != nil || n.DemandYear < 1990 || n.DemandYear > 2100 {
			return invalid("year %q is not a year such as 2025", text)
		}
	}
	n.Said = configs.Said{ValidFrom: query.Get("valid_from"), Where: "hours sent"}
	if _, err := time.Parse(time.DateOnly, n.ValidFrom); n.ValidFrom != "" && err != nil {
		return invalid("valid_from %q is not a day such as 2026-07-01", n.ValidFrom)
	}
	return nil
}

// networkDemand answers GET /api/v1/networks/{id}/demand with a network's own
// hours, byte for byte as they were declared, to who keeps the collector: they
// are their operator's.
func (s *Server) networkDemand(w http.ResponseWriter, r *http.Request) {
	if who := rights.From(r.Context()); who.Role != rights.Admin {
		rights.Refuse(w, who.Status(), "the hours of a network are given to who keeps this collector")
		return
	}
	network, ok := s.registry.Network(r.PathValue("id"))
	if !ok {
		s.refuse(w, unknownNetwork)
		return
	}
	csv, err := s.declared.Now().Hours(r.Context(), network)
	switch {
	case err != nil:
		s.refuse(w, problem{http.StatusServiceUnavailable, "unavailable", err.Error()})
	case csv == nil:
		s.refuse(w, problem{http.StatusNotFound, "not found", "network " + network.ID + " has no hours of its own"})
	default:
		w.Header().Set("Content-Type", "text/csv; charset=utf-8")
		_, _ = w.Write(csv) // who has gone away cannot be told
	}
}
