package collector

import "net/http"

// route is one door or page. The document openapi.yaml describes each.
type route struct {
	pattern string // as http.ServeMux takes it
	handler http.Handler
}

// routes lists them all.
func (s *Server) routes() []route {
	return []route{
		{"POST /api/v2/write", http.HandlerFunc(s.write)},
		{"GET /api/v1/intervals", http.HandlerFunc(s.intervals)},
		{"GET /api/v1/sites", http.HandlerFunc(s.sites)},
		{"GET /api/v1/export", http.HandlerFunc(s.export)},
		{"POST /api/v1/registry", http.HandlerFunc(s.declare)},
		{"POST /api/v1/networks/{id}/demand", http.HandlerFunc(s.declareDemand)},
		{"GET /api/v1/networks/{id}/demand", http.HandlerFunc(s.networkDemand)},
		{"POST /api/v1/releases", http.HandlerFunc(s.takeRelease)},
		{"GET /api/v1/openapi.yaml", http.HandlerFunc(s.openAPIDocument)},
		{"GET /health", http.HandlerFunc(s.health)},
		{"GET /ping", http.HandlerFunc(s.ping)},
		{"GET /metrics", http.HandlerFunc(s.metrics)},
		{"GET /{$}", s.shown((*visit).indexPage)},
		{"GET /territory/{siren}", s.shown((*visit).territoryPage)},
		{"GET /territory/{siren}/{file}", s.sent((*visit).territoryFile)},
		{"GET /site/{id}", s.shown((*visit).sitePage)},
		{"GET /site/{id}/{file}", s.sent((*visit).siteFile)},
		{"GET /network/{id}", s.shown((*visit).networkPage)},
		{"GET /", s.shown(func(*visit) (*page, error) { return nil, errNoPage })},
	}
}
