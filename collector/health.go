package collector

import (
	"encoding/json"
	"net/http"
	"sync/atomic"

	"thermie/daemon"
)

// meter counts what passes the doors since the start.
type meter struct {
	requests, refused        atomic.Int64 // writes
	lines, rejected, ignored atomic.Int64
}

// health answers GET /health in InfluxDB v2's form: 200 and pass, or 503 and
// fail with the reason.
func (s *Server) health(w http.ResponseWriter, r *http.Request) {
	answer := map[string]any{"name": "thermie", "message": "ready for queries and writes", "status": "pass", "checks": []string{}}
	status := http.StatusOK
	if _, err := s.store.Counts(r.Context()); err != nil {
		answer["message"], answer["status"] = err.Error(), "fail"
		status = http.StatusServiceUnavailable
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(answer) // who has gone away cannot be told
}

// ping answers GET and HEAD /ping, by which InfluxDB clients look for a
// server.
func (s *Server) ping(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("X-Influxdb-Build", "thermie")
	w.WriteHeader(http.StatusNoContent)
}

// metrics answers GET /metrics in Prometheus' text form.
func (s *Server) metrics(w http.ResponseWriter, r *http.Request) {
	c, err := s.store.Counts(r.Context())
	if err != nil {
		http.Error(w, err.Error(), http.StatusServiceUnavailable)
		return
	}
	w.Header().Set("Content-Type", daemon.MetricsType)
	m, fed := &s.meter, s.feeds.Totals()
	var families []daemon.Metric
	for _, one := range []struct {
		name, kind, help string
		value            int64
	}{
		{"write_requests_total", "counter", "Writes asked for.", m.requests.Load()},
		{"write_refused_total", "counter", "Writes answered with an error, in part or whole.", m.refused.Load()},
		{"lines_stored_total", "counter", "Lines stored since the start.", m.lines.Load()},
		{"lines_rejected_total", "counter", "Lines refused since the start.", m.rejected.Load()},
		{"fields_ignored_total", "counter", "Optional fields that this version does not know.", m.ignored.Load()},
		{"feed_readings_total", "counter", "Readings taken from foreign points.", fed.Readings},
		{"feed_replayed_total", "counter", "Readings that came before.", fed.Replayed},
		{"feed_late_total", "counter", "Readings refused: later ones were counted, or another value stood there.", fed.Late},
		{"feed_unmapped_total", "counter", "Fields in no mapping that were left out.", fed.Unmapped},
		{"feed_refused_total", "counter", "Foreign lines refused.", fed.Refused},
		{"feed_rejected_total", "counter", "Lines made of readings that the store refused for good; they are kept in feeds/SITE/rejected.", fed.Rejected},
		{"store_intervals", "gauge", "Intervals kept, one a key.", c.Intervals},
		{"store_pending_lines", "gauge", "Lines in the inbox, not yet folded.", c.Pending},
		{"store_replayed_total", "counter", "Lines that were there already.", c.Replayed},
		{"store_corrected_total", "counter", "Intervals replaced by a higher origin or revision.", c.Corrected},
		{"store_outdated_total", "counter", "Lines ignored, a higher origin or revision being there.", c.Outdated},
		{"store_conflicts_total", "counter", "Lines ignored, another content standing under the same revision.", c.Conflicts},
	} {
		families = append(families, daemon.Metric{Name: one.name, Kind: one.kind, Help: one.help, Values: daemon.Single(float64(one.value))})
	}
	daemon.WriteMetrics(w, "thermie_collector_", families)
}
